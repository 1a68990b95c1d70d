#!/usr/bin/env bash
# Writes docs/results/performance.md: every benchmark on this machine, one after the other. Nothing else should run.
# Takes about fifteen minutes on two cores. Set PYTHON to a Python with torch to have PyTorch measured too.
set -euo pipefail
cd "$(dirname "$0")/.."
page=docs/results/performance.md
python=${PYTHON:-python3}
mkdir -p "$(dirname "$page")"
draft=$(mktemp)
trap 'rm -f "$draft"' EXIT

# What was measured on other machines and by hand stays: everything from the line that says so.
kept=$(sed -n '/^<!-- What follows is kept/,$p' "$page" 2>/dev/null || true)

# A command's table under a heading, with the command above it.
section() {
    printf '## %s\n\n`%s`\n\n' "$1" "${*:2}"
    "${@:2}" 2>/dev/null
    printf '\n'
}

# Output that is text, not Markdown.
plain() {
    printf '## %s\n\n`%s`\n\n```\n' "$1" "${*:2}"
    "${@:2}" 2>/dev/null
    printf '```\n\n'
}

{
    printf '# Measured speed\n\nMade by `benchmarks/performance_page.sh` on %s, commit %s. What the rows mean: [performance](../performance.md).\n\n' \
        "$(date -u +%Y-%m-%d)" "$(git rev-parse --short HEAD)"
    section 'Training and inference' ./taskgrain bench model --batch 4 --rounds 3 --quiet
    section 'Memory of training with 8 clips' ./taskgrain bench model --batch 8 --rounds 1 --network float32 bfloat16 --quiet
    section 'Streaming' ./taskgrain bench stream --rounds 3 --quiet
    if "$python" -c 'import torch' 2>/dev/null; then
        section 'The same network in PyTorch' "$python" benchmarks/pytorch_reference.py --batch 4 --rounds 3 --bfloat16
    fi
    plain 'Loading and decoding' ./taskgrain bench data --quiet
    plain 'Rendering into a store' ./taskgrain bench synth --quiet
    plain 'Frozen image features' ./taskgrain bench features --quiet
    plain 'Caption metrics' ./taskgrain bench metrics --quiet
    if [ -n "$kept" ]; then printf '%s\n' "$kept"; fi
} > "$draft"
cp "$draft" "$page"
echo "wrote $page"
