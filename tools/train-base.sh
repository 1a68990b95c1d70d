#!/usr/bin/env bash
# Makes the shipped model `base` again: renders clips, trains with a recipe, evaluates, and leaves the weights, the
# histories, the configuration and the figures for the card (tools/ship-model.cs then halves the weights). On a bare
# GPU machine (a driver and Python's PyTorch) it takes a package made by tools/publish-portable.sh.
#
#   tools/train-base.sh --minutes 9 [--recipe FILE] [--package portable.tar.xz] [--out FOLDER] [--seed N]
#       [--device cuda]
#
# The recipe is tools/base-recipe.json where none is named: two parts, the first of categories, the second of captions
# and categories, each with the clips it draws, what they vary (taskgrain synth --vary) and how it learns.
# The time is what everything together may take: a part is kept for the evaluation, and the number of epochs of the
# second part follows from the speed of the first.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
minutes=9 package='' out=base-out seed=1 device=cuda recipe=$here/base-recipe.json
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=$2 ;;
        --package) package=$2 ;;
        --out) out=$2 ;;
        --seed) seed=$2 ;;
        --device) device=$2 ;;
        --recipe) recipe=$2 ;;
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
    taskgrain() { "$here/../taskgrain" "$@"; }
fi

say() { printf '%4d s  %s\n' "$SECONDS" "$1" | tee -a "$out/log.txt"; }

# A value of the recipe, by its path: first clips.
of() { python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2:]:
    value = value[key]
print(value)' "$recipe" "$@"; }

render() { # PART STORE SEED: a thirtieth of the clips for each of validation and test
    taskgrain synth something --clips "$(of "$1" clips)" --seed "$3" --store "$2" --size "$(of frameSize)" \
        --fps "$(of framesPerSecond)" --vary "$(of "$1" vary)" \
        --validation 0.0333333333333333 --test 0.0333333333333333 --quiet
}

common=(--preset "$(of preset)" --architecture "$(of architecture)" --batch "$(of batch)"
    --set "clip.frames=$(of frames)" --set clip.frameStride=1 --set captions.rareCount=5
    --set "training.loaderThreads=$(($(nproc) > 7 ? 7 : $(nproc)))" --device "$device")
learn() { # PART OPTIONS…
    taskgrain train --granularity "$(of "$1" granularity)" --learning-rate "$(of "$1" learningRate)" "${common[@]}" \
        "${@:2}" >>"$out/train.log" 2>&1
}

cp "$recipe" "$out/recipe.json"
# The first set trains, on the device, while the large one is drawn.
render first "$work/first" "$seed"
say "drawn: $(of first clips) clips"
render second "$work/large" "$((seed + 1))" &
renderer=$!
learn first --store "$work/first" --epochs "$(of first epochs)" --out "$work/r1"
say "first part: $(of first epochs) epochs of $(of first clips) clips"
wait "$renderer"
say "drawn: $(of second clips) clips"

# What is left, less the evaluation, in epochs of the large set at the speed just seen.
speed=$(python3 -c "import json;print(json.load(open('$work/r1/history.json'))[-1]['clipsPerSecond'])")
epochs=$(awk -v left=$((budget - SECONDS - 45)) -v n="$(of second clips)" -v v="$speed" \
    'BEGIN { e = int(left / (1.04 * n / v + 3)); print e < 1 ? 1 : e }')
say "at $speed clips/s there is time for $epochs epochs"
learn second --store "$work/large" --lambda "$(of second lambda)" --set machine.dataOnDevice=off --epochs "$epochs" \
    --from "$work/r1/last.safetensors" --out "$work/r2"
say "second part: $epochs epochs of $(of second clips) clips"
cp "$work/r2/best.safetensors" "$out/model.safetensors"
cp "$work/r2/config.json" "$out/config.json"
cp "$work/r1/history.json" "$out/history-first-part.json"
cp "$work/r2/history.json" "$out/history.json"
# On clips like those of either part: the first are the generator's own where only the second varies them.
for set in first large; do
    taskgrain eval --store "$work/$set" --model "$out/model.safetensors" --device "$device" --split test \
        --no-neighbours --batch "$(of batch)" --out "$out/evaluation-$set" >"$out/evaluation-$set.txt" 2>&1
done
say "evaluated"
