using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer;

namespace TaskGrain.Tests.Transfer;

/// <summary>Made-up features and clips.</summary>
internal static class TransferData
{
    /// <summary>
    /// Clips whose vectors are noise around a direction of their class's own; strength 0 leaves nothing but noise.
    /// </summary>
    public static (List<FeatureSequence> Clips, List<int> Labels) Constant(
        int classes,
        int perClass,
        double strength,
        ulong seed,
        int dimension = 24,
        int steps = 12
    )
    {
        // The classes' directions are the same for every seed, so that two draws are of one task.
        float[][] centres =
        [
            .. Enumerable.Range(0, classes).Select(label => Gaussian(dimension, new SeededRandom(1000 + (ulong)label))),
        ];
        return Make(classes, perClass, seed, dimension, steps, (label, _, d) => strength * centres[label][d]);
    }

    /// <summary>
    /// Pairs of classes whose vectors are the same in another order: the direction of an even class rises over time and
    /// that of the odd one after it falls, so a single step says nothing about which of the two it is.
    /// </summary>
    public static (List<FeatureSequence> Clips, List<int> Labels) Ordered(
        int classes,
        int perClass,
        ulong seed,
        int dimension = 24,
        int steps = 12
    )
    {
        float[] direction = Gaussian(dimension, new SeededRandom(99));
        return Make(
            classes,
            perClass,
            seed,
            dimension,
            steps,
            (label, time, d) => 3 * (time - 0.5) * (label % 2 == 0 ? 1 : -1) * direction[d]
        );
    }

    public static List<TargetClip> Target(int classes, int train, int test) =>
        [
            .. Enumerable
                .Range(0, classes)
                .SelectMany(label =>
                    Enumerable
                        .Range(0, train + test)
                        .Select(i => new TargetClip($"{label}-{i}", i < train ? Split.Train : Split.Test, label))
                ),
        ];

    public static double Accuracy(FewShotClassifier classifier, List<FeatureSequence> clips, List<int> labels) =>
        classifier
            .Predict(clips)
            .Zip(labels, (row, label) => Array.IndexOf(row, row.Max()) == label ? 1.0 : 0)
            .Average();

    /// <param name="signal">From class, time (0 to 1) and dimension to what the noise is added to.</param>
    private static (List<FeatureSequence> Clips, List<int> Labels) Make(
        int classes,
        int perClass,
        ulong seed,
        int dimension,
        int steps,
        Func<int, double, int, double> signal
    )
    {
        var random = new SeededRandom(seed);
        List<FeatureSequence> clips = [];
        List<int> labels = [];
        for (int label = 0; label < classes; label++)
        {
            for (int i = 0; i < perClass; i++)
            {
                int own = steps - (i % 3); // lengths differ
                float[] values = new float[own * dimension];
                for (int k = 0; k < values.Length; k++)
                {
                    double time = k / dimension / (own - 1.0);
                    values[k] = (float)(signal(label, time, k % dimension) + random.NextGaussian());
                }

                clips.Add(new FeatureSequence(values, own, dimension));
                labels.Add(label);
            }
        }

        return (clips, labels);
    }

    private static float[] Gaussian(int count, SeededRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
}
