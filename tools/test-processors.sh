#!/usr/bin/env bash
# Runs the tests as other processors would compute: libtorch's two kernel libraries are told which instructions to use.
# A line for each setting. Arguments go to the test program, such as: -namespace TaskGrain.Tests.Models
set -uo pipefail
cd "$(dirname "$0")/.."
log=artifacts/test-processors.log
settings=(none ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 ATEN_CPU_CAPABILITY=default)
has() { grep -qw "$1" /proc/cpuinfo; }
has avx512f && settings+=(ONEDNN_MAX_CPU_ISA=AVX512_CORE)
has avx512_bf16 && settings+=(ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16)
has amx_bf16 && settings+=(ONEDNN_MAX_CPU_ISA=AVX512_CORE_AMX)

mkdir -p artifacts
: >"$log"
failed=0
for setting in "${settings[@]}"; do
    variables=()
    [ "$setting" = none ] || variables=("$setting")
    start=$SECONDS
    echo "== $setting" >>"$log"
    result=$(env "${variables[@]}" ./taskgrain test "$@" 2>&1 | tee -a "$log" | tail -1)
    case $result in *' 0 failed, '*) ;; *) failed=1 ;; esac
    printf '%-36s %s in %s s\n' "$setting" "$result" $((SECONDS - start))
done
if [ "$failed" != 0 ]; then echo "some failed; their output is in $log" >&2; fi
exit $failed
