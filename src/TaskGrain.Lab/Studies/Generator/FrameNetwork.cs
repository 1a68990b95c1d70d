using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>
/// The baselines' classifiers: a small convolutional network for one frame, a linear one for words. Both are trained
/// with Adam on cross-entropy.
/// </summary>
internal static class FrameNetwork
{
    private const int Batch = 64;

    /// <summary>Trains on some rows and guesses the others.</summary>
    /// <param name="inputs">(N, 3, H, W), float32, or (N, words) for the linear one.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="training">The first so many rows are for training, the rest are guessed.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="seed">First weights and order.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>The guessed class of every row after the training ones.</returns>
    public static int[] Guess(
        Tensor inputs,
        int[] labels,
        int training,
        int classes,
        int epochs,
        ulong seed,
        CancellationToken cancellation
    )
    {
        using var scope = NewDisposeScope();
        bool image = inputs.dim() == 4;
        manual_seed((long)(seed >> 1));
        using nn.Module<Tensor, Tensor> network = image ? Convolutional(classes) : nn.Linear(inputs.shape[1], classes);
        using var optimizer = optim.Adam(network.parameters(), image ? 2e-3 : 5e-3, weight_decay: image ? 1e-4 : 1e-5);
        Tensor targets = tensor(labels.Select(label => (long)label).ToArray());
        var random = new SeededRandom(seed);
        int[] order = [.. Enumerable.Range(0, training)];
        network.train();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            foreach (int[] rows in order.Chunk(Batch))
            {
                if (rows.Length < 2)
                {
                    continue;
                }

                cancellation.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                Tensor index = tensor(rows.Select(row => (long)row).ToArray());
                optimizer.zero_grad();
                Tensor loss = nn.functional.cross_entropy(network.call(inputs[index]), targets[index]);
                loss.backward();
                optimizer.step();
            }
        }

        network.eval();
        using var still = no_grad();
        var guesses = new List<int>();
        for (int from = training; from < labels.Length; from += Batch)
        {
            using var step = NewDisposeScope();
            Tensor best = network.call(inputs[from..Math.Min(labels.Length, from + Batch)]).argmax(1);
            guesses.AddRange(best.data<long>().Select(guess => (int)guess));
        }

        return [.. guesses];
    }

    private static Sequential Convolutional(int classes)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        int channels = 3;
        foreach (int next in (ReadOnlySpan<int>)[16, 32, 64])
        {
            layers.Add(($"conv{next}", nn.Conv2d(channels, next, 3, padding: 1)));
            layers.Add(($"norm{next}", nn.BatchNorm2d(next)));
            layers.Add(($"relu{next}", nn.ReLU()));
            layers.Add(($"pool{next}", nn.MaxPool2d(2)));
            channels = next;
        }

        layers.Add(("spread", nn.AdaptiveAvgPool2d(3)));
        layers.Add(("flat", nn.Flatten()));
        layers.Add(("drop", nn.Dropout(0.3)));
        layers.Add(("classes", nn.Linear(9 * channels, classes)));
        return nn.Sequential(layers);
    }
}
