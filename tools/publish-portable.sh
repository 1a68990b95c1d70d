#!/usr/bin/env bash
# Packs the command line for a bare Linux machine (x86-64) that has a GPU driver and a Python with PyTorch and nothing
# else: no .NET, no FFmpeg, no network. libtorch is left out; that machine's PyTorch has one for its GPU. ONNX Runtime's
# library is left out too, which only sources in ONNX files need: the package is to stay below 45 MB.
#
#   tools/publish-portable.sh [OUT.tar.xz]        (artifacts/portable.tar.xz without it)
#
# There:  tar -xJf portable.tar.xz -C taskgrain
#         export TASKGRAIN_LIBTORCH=$(python3 -c 'import torch, os; print(os.path.dirname(torch.__file__) + "/lib")')
#         taskgrain/TaskGrain.Cli doctor
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-artifacts/portable.tar.xz}
folder=artifacts/portable
rm -rf "$folder"
mkdir -p "$(dirname "$out")"
dotnet publish src/TaskGrain.Cli -c Release -r linux-x64 --self-contained true -v quiet -nodeReuse:false -o "$folder"
tar -C "$folder" --exclude='libtorch*.so' --exclude='libc10.so' --exclude='libgomp*' --exclude='*.pdb' --exclude='*.xml' \
    --exclude='libonnxruntime*' --exclude='models' -cf - . | xz -T0 -2 >"$out"
bytes=$(stat -c %s "$out")
most=45000000
printf '%s: %d.%d MB\n' "$out" $((bytes / 1000000)) $((bytes / 100000 % 10))
if [ "$bytes" -gt "$most" ]; then
    printf 'the package has more than %d MB; leave out what that machine does not need, or compress it more\n' \
        $((most / 1000000)) >&2
    exit 1
fi
