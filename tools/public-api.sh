#!/usr/bin/env bash
# Writes the frozen public face of each library anew (src/*/PublicAPI.Unshipped.txt), after a change that was meant to
# change it: look at the difference before committing. Without it such a change fails the build with RS0016 or RS0017.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in TaskGrain.Metrics TaskGrain TaskGrain.Synthesis TaskGrain.Lab; do
    face="src/$project/PublicAPI.Unshipped.txt"
    printf '#nullable enable\n' >"$face"
    found=$(dotnet build "src/$project" -c Release --nologo --no-incremental -v quiet -nodeReuse:false \
        -p:TreatWarningsAsErrors=false -p:BuildProjectReferences=false |
        sed -n "s/.*RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u)
    if [ -n "$found" ]; then
        printf '%s\n' "$found" >>"$face"
    fi
    echo "$face: $(($(wc -l <"$face") - 1)) members"
done
