#!/usr/bin/env bash
# Measures training and inference on a GPU beside PyTorch on the same card, in under 4 minutes, on a bare machine: a
# driver, Python's PyTorch, and a package made by tools/publish-portable.sh.
#
#   benchmarks/gpu.sh portable.tar.xz OUT
#
# Leaves OUT/gpu.md (tables in Markdown) and the logs. Everything is measured with device synchronisation.
set -euo pipefail
package=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
tar -xJf "$package" -C "$work"
export TASKGRAIN_LIBTORCH=${TASKGRAIN_LIBTORCH:-$(python3 -c 'import torch, os; print(os.path.dirname(torch.__file__) + "/lib")')}
program=$work/TaskGrain.Cli
chmod +x "$program"

section() { printf '\n## %s\n\n' "$1"; }

# compare ARCHITECTURE FRAMES CROP BATCH
compare() {
    section "$1, $2 frames of $3×$3, training in batches of $4"
    timeout 60 python3 "$here/pytorch_reference.py" --device cuda --bfloat16 --rounds 2 \
        --architecture "$1" --frames "$2" --crop "$3" --batch "$4"
    echo
    timeout 90 "$program" bench model --device cuda --rounds 2 --network float32 bfloat16 \
        --architecture "$1" --frames "$2" --crop "$3" --batch "$4" --quiet
}

# train ARCHITECTURE NAME OPTIONS…: clips a second of real epochs, data included
train() {
    local architecture=$1 name=$2
    shift 2
    "$program" train --store "$work/store" --preset study --granularity action-categories --architecture "$architecture" \
        --batch 64 --set clip.frames=16 --set clip.frameStride=1 --epochs 2 --device cuda --out "$work/$name" "$@" \
        >"$out/train-$name.log" 2>&1
    python3 - "$work/$name/history.json" "$architecture, $name" <<'PY'
import json, sys
last = json.load(open(sys.argv[1]))[-1]
print(f"| {sys.argv[2]} | {last['clipsPerSecond']:.0f} | {100 * last['waitShare']:.1f}% |")
PY
}

{
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader
    compare "M(256-256)" 48 96 32
    compare "M(64-64)" 16 64 32

    section "Training runs, 16 frames of 64×64, batches of 64, data included"
    "$program" synth something --clips 6000 --seed 1 --store "$work/store" --size 84 --fps 4 --validation 0.05 --quiet
    echo "| run | clips/s | waiting for data |"
    echo "|---|---|---|"
    train "M(64-64)" "loader" --set machine.dataOnDevice=off --set training.loaderThreads=6
    train "M(64-64)" "on the device" --set machine.dataOnDevice=on
    train "M(256-256)" "on the device" --set machine.dataOnDevice=on
} 2>"$out/errors.log" | tee "$out/gpu.md"
