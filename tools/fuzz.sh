#!/usr/bin/env bash
# Mutated inputs for one of the program's doors, as long as you like:
#   tools/fuzz.sh TARGET [ROUNDS] [SEED] [FOLDER]
# TARGET is video, frames, annotations, captions, store, model or weights. Rounds run in processes of 500, so that a crash of the process
# costs no more than one of them: its input is kept too. Findings lie in FOLDER/findings; the exit code is 1 when there
# are any.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
target=${1:?name a target, such as video or frames}
rounds=${2:-2000}
seed=${3:-1}
folder=${4:-$here/artifacts/fuzz/$target}
chunk=500

dotnet build "$here/tests/TaskGrain.Fuzz" -c Release -v quiet --nologo -nodeReuse:false >&2
mkdir -p "$folder"
failed=0
first=0
while [ "$first" -lt "$rounds" ]; do
    count=$((rounds - first < chunk ? rounds - first : chunk))
    status=0
    nice dotnet "$here/artifacts/bin/TaskGrain.Fuzz/release/TaskGrain.Fuzz.dll" \
        "$target" "$folder" "$seed" "$first" "$count" || status=$?
    next=$((first + count))
    case $status in
        0) ;;
        1) failed=1 ;;
        2) exit 2 ;;
        *)
            read -r _ _ round <"$folder/round.txt"
            echo "$target, seed $seed, round $round: the process ended with code $status"
            mkdir -p "$folder/findings"
            cp -R "$folder/current" "$folder/findings/$target-$seed-$round-crash"
            failed=1
            next=$((round + 1))
            ;;
    esac
    first=$next
done
exit $failed
