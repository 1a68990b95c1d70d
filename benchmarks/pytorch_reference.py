#!/usr/bin/env python3
"""The encoder in PyTorch, written the plain way, measured as `taskgrain bench model` and `bench stream` measure.

Needs a Python with torch and nothing else:

    python3 benchmarks/pytorch_reference.py --batch 4 --rounds 3
    python3 benchmarks/pytorch_reference.py --device cuda

--bfloat16 adds what a PyTorch user can switch on: autocast, channels-last and, on a GPU, cuDNN's benchmark mode.
Prints the medians as a table in Markdown, with --json as JSON.
"""

import argparse
import contextlib
import json
import os
import platform
import statistics
import time

import torch
from torch import nn

CLASSES = 174
STEPS_ON_GPU = 20  # a GPU works behind the host's back: a sample is a run of steps and one wait at its end


def channel(features, frames, crop):
    """Six convolutions with batch norm and ReLU (Figure 2); kernels of 3 frames or of 1."""
    width = features // 8
    layers = []
    for inputs, outputs, padding, pool in (
        (3, width, 1, 2),
        (width, 2 * width, 1, 2),
        (2 * width, 4 * width, 1, 2),
        (4 * width, 8 * width, 0, 1),
        (8 * width, 8 * width, 0, 1),
        (8 * width, 8 * width, 0, crop // 8 - 6),
    ):
        layers += [
            nn.Conv3d(inputs, outputs, (frames, 3, 3), padding=(frames // 2, padding, padding)),
            nn.BatchNorm3d(outputs),
            nn.ReLU(),
        ]
        if pool > 1:
            layers.append(nn.MaxPool3d((1, pool, pool)))
    return nn.Sequential(*layers)


class Encoder(nn.Module):
    """(N, 3, T, crop, crop) -> (N, T, 1024)."""

    def __init__(self, features3d, features2d, crop):
        super().__init__()
        self.channels = nn.ModuleList(
            [channel(n, frames, crop) for n, frames in ((features2d, 1), (features3d, 3)) if n > 0]
        )
        self.lstm = nn.LSTM(features3d + features2d, 512, batch_first=True, bidirectional=True)
        self.projection = nn.Linear(1024, 1024)
        self.dropout = nn.Dropout(0.5)

    def forward(self, clips):
        features = torch.cat([c(clips).flatten(2).transpose(1, 2) for c in self.channels], -1)
        sequence, _ = self.lstm(features)
        return self.dropout(torch.relu(self.projection(sequence)))


def measure(step, repeats, device):
    times = []
    run = STEPS_ON_GPU if device.type == "cuda" else 1
    for i in range(repeats + 1):
        start = time.perf_counter()
        for _ in range(run):
            step()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        if i > 0:  # the first one warms up
            times.append(1000 * (time.perf_counter() - start) / run)
    return times


def run(options, device, fast):
    features3d, features2d = (int(n) for n in options.architecture.strip("M()").split("-"))
    encoder = Encoder(features3d, features2d, options.crop).to(device)
    classifier = nn.Linear(1024, CLASSES).to(device)
    torch.backends.cudnn.benchmark = fast
    layout = torch.channels_last_3d if fast else torch.contiguous_format
    encoder = encoder.to(memory_format=layout)
    precision = torch.autocast(device.type, torch.bfloat16) if fast else contextlib.nullcontext()

    def clips(count):
        return torch.rand(count, 3, options.frames, options.crop, options.crop, device=device).contiguous(memory_format=layout)

    adam = torch.optim.Adam([*encoder.parameters(), *classifier.parameters()])
    batch = clips(options.batch)
    labels = torch.randint(0, CLASSES, (options.batch,), device=device)

    def train():
        adam.zero_grad()
        with precision:
            loss = nn.functional.cross_entropy(classifier(encoder(batch).mean(1)).float(), labels)
        loss.backward()
        adam.step()

    single = clips(1)

    @torch.no_grad()
    def infer():
        with precision:
            encoder(single)

    encoder.train()
    training = measure(train, 2, device)
    encoder.eval()
    return {"training step": training, "inference, whole clips": measure(infer, 5, device)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--architecture", default="M(256-256)")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--frames", type=int, default=48)
    parser.add_argument("--crop", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--bfloat16", action="store_true", help="also autocast to bfloat16, channels-last")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads or os.cpu_count())
    device = torch.device(options.device)
    variants = {"PyTorch, plain": False, **({"PyTorch, autocast, channels-last": True} if options.bfloat16 else {})}
    times = {}
    for _ in range(options.rounds):
        for name, fast in variants.items():
            for task, measured in run(options, device, fast).items():
                times.setdefault((task, name), []).extend(measured)

    rows = [
        {
            "task": task,
            "network": name,
            "batch": options.batch if task == "training step" else 1,
            "milliseconds": statistics.median(measured),
            "fastest": min(measured),
        }
        for (task, name), measured in times.items()
    ]
    for row in rows:
        row["clipsPerSecond"] = 1000 * row["batch"] / row["milliseconds"]
    machine = (
        f"PyTorch {torch.__version__}, Python {platform.python_version()}, {device}, "
        f"{torch.get_num_threads()} threads. {options.architecture}, {options.frames} frames of {options.crop}×{options.crop}; "
        f"medians over {options.rounds} rounds."
    )
    if options.json:
        print(json.dumps({"machine": machine, "rows": rows}, indent=2, ensure_ascii=False))
        return
    print(machine + "\n")
    print("| task | network | clips | ms, median (fastest) | clips/s |\n|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['task']} | {row['network']} | {row['batch']} | "
            f"{row['milliseconds']:.1f} ({row['fastest']:.1f}) | {row['clipsPerSecond']:.2f} |"
        )


if __name__ == "__main__":
    main()
