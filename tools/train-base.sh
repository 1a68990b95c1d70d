#!/usr/bin/env bash
# Makes the shipped model `base` again: renders clips, trains with the recipe below, evaluates, and leaves the weights,
# the histories, the configuration and the figures for the card (tools/ship-model.cs then halves the weights). On a bare GPU machine (a driver and
# Python's PyTorch) it takes a package made by tools/publish-portable.sh.
#
#   tools/train-base.sh --minutes 9 [--package portable.tar.xz] [--out FOLDER] [--seed N] [--device cuda]
#
# The time is what everything together may take: a part is kept for the evaluation, and the number of epochs of the second part
# follows from the speed of the first.
set -euo pipefail
minutes=9 package='' out=base-out seed=1 device=cuda
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=$2 ;;
        --package) package=$2 ;;
        --out) out=$2 ;;
        --seed) seed=$2 ;;
        --device) device=$2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done

SECONDS=0
budget=$((minutes * 60))
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "$package" ]; then
    mkdir "$work/program"
    tar -xJf "$package" -C "$work/program"
    chmod +x "$work/program/TaskGrain.Cli"
    taskgrain() { "$work/program/TaskGrain.Cli" "$@"; }
    export TASKGRAIN_LIBTORCH=${TASKGRAIN_LIBTORCH:-$(python3 -c 'import torch, os; print(os.path.dirname(torch.__file__) + "/lib")')}
else
    taskgrain() { "$(dirname "$0")/../taskgrain" "$@"; }
fi

say() { printf '%4d s  %s\n' "$SECONDS" "$1" | tee -a "$out/log.txt"; }

render() { # CLIPS STORE SEED SHARES…
    taskgrain synth something --clips "$1" --seed "$3" --store "$2" --size 84 --fps 4 "${@:4}" --quiet
}

# 16 frames at 4 a second of 64×64 pixels. Varying speed and colours (clip.speedJitter, clip.colourJitter) was tried and
# did not help on real gestures: docs/results/gpu.md.
common=(--preset study --architecture "M(256-256)" --batch 64 --set clip.frames=16 --set clip.frameStride=1
    --set captions.rareCount=5 --set training.loaderThreads=7
    --device "$device")

# A thirtieth of the clips for each of validation and test. A first set trains categories, on the device, while the large one is drawn.
shares=(--validation 0.0333333333333333 --test 0.0333333333333333)
first=20000
render "$first" "$work/first" "$seed" "${shares[@]}"
say "drawn: $first clips"
large=90000
render "$large" "$work/large" "$((seed + 1))" "${shares[@]}" &
renderer=$!
taskgrain train --store "$work/first" --granularity action-categories "${common[@]}" --learning-rate 0.0007 --epochs 20 \
    --out "$work/r1" >>"$out/train.log" 2>&1
say "first part: 20 epochs of $first clips"
wait "$renderer"
say "drawn: $large clips"

# What is left, less the evaluation, in epochs of the large set at the speed just seen.
speed=$(python3 -c "import json;print(json.load(open('$work/r1/history.json'))[-1]['clipsPerSecond'])")
epochs=$(awk -v left=$((budget - SECONDS - 45)) -v n="$large" -v v="$speed" \
    'BEGIN { e = int(left / (1.04 * n / v + 3)); print e < 1 ? 1 : e }')
say "at $speed clips/s there is time for $epochs epochs"
taskgrain train --store "$work/large" --granularity captions "${common[@]}" --learning-rate 0.0006 --lambda 0.1 \
    --set machine.dataOnDevice=off --epochs "$epochs" --from "$work/r1/last.safetensors" --out "$work/r2" \
    >>"$out/train.log" 2>&1
say "second part: $epochs epochs of $large clips"
cp "$work/r2/best.safetensors" "$out/model.safetensors"
cp "$work/r2/config.json" "$out/config.json"
cp "$work/r1/history.json" "$out/history-first-part.json"
cp "$work/r2/history.json" "$out/history.json"
taskgrain eval --store "$work/large" --model "$out/model.safetensors" --device "$device" --split test --no-neighbours \
    --batch 64 --out "$out/evaluation" >"$out/evaluation.txt" 2>&1
say "evaluated"
