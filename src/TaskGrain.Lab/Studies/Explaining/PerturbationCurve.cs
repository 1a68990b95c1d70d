using TaskGrain.Explain;
using TaskGrain.Inference;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>
/// How a class's probability falls when the most salient places of a clip are taken away first, and how it rises when
/// they are the first to be given.
/// </summary>
/// <param name="Order">In what order places are taken.</param>
/// <param name="Deletion">A clip's probabilities when 0, 10 … 100% are taken away, a row a clip.</param>
/// <param name="Insertion">The same when 0, 10 … 100% are given.</param>
internal sealed record PerturbationCurve(
    string Order,
    IReadOnlyList<IReadOnlyList<double>> Deletion,
    IReadOnlyList<IReadOnlyList<double>> Insertion
)
{
    /// <summary>Steps from nothing to everything.</summary>
    public const int Steps = 10;

    /// <summary>The order of a clip's own map, the most salient places first.</summary>
    public const string Own = "the map's order";

    /// <summary>Side of the blocks in which places that a map leaves equal follow each other, in pixels.</summary>
    private const int Block = 8;

    /// <summary>Area under a curve, by trapezia; 0 to 1.</summary>
    public static double Area(IReadOnlyList<double> curve) =>
        Enumerable.Range(0, curve.Count - 1).Sum(i => (curve[i] + curve[i + 1]) / 2) / (curve.Count - 1);

    /// <summary>Measures one clip.</summary>
    /// <param name="session">The model.</param>
    /// <param name="frames">The clip.</param>
    /// <param name="map">The map for its likeliest class.</param>
    /// <param name="other">The map of another clip: it is as rough as the clip's own and knows nothing of it.</param>
    /// <param name="target">The class.</param>
    /// <param name="random">Draws the order of places that a map leaves equal.</param>
    /// <returns>By order: the clip's deletion and insertion.</returns>
    public static Dictionary<string, (double[] Deletion, double[] Insertion)> Measure(
        InferenceSession session,
        VideoFrames frames,
        SaliencyMap map,
        SaliencyMap other,
        int target,
        SeededRandom random
    )
    {
        StepPlan plan = StepPlan.Middle(frames, session.Preprocessing.Clip);
        byte[] whole = plan.Pixels(frames, plan.Windows[0]);
        int steps = plan.Frames.Length;
        byte[] blank = Still(whole, steps);
        double[] own = OfSteps(map, FrameOf(plan.Frames));
        double[] strange = OfSteps(other, [.. Enumerable.Range(0, steps).Select(step => step * other.Frames / steps)]);
        int side = map.Width;
        double[] blocks = RandomBlocks(steps, side, random);
        var orders = new Dictionary<string, Func<int, double>>(StringComparer.Ordinal)
        {
            [Own] = at => -own[at],
            ["least salient first"] = at => own[at],
            ["another clip's map"] = at => -strange[at],
            ["middle first"] = at => FromMiddle(at % (side * side), side),
        };
        double full = Probability(session, whole, 1, target)[0];
        double none = Probability(session, blank, 1, target)[0];
        return orders.ToDictionary(
            order => order.Key,
            order =>
            {
                int[] ranked = Ranked(order.Value, blocks);
                return (
                    Curve(session, whole, blank, ranked, target, full, none),
                    Curve(session, blank, whole, ranked, target, none, full)
                );
            },
            StringComparer.Ordinal
        );
    }

    // From one clip to another, the places in their order.
    private static double[] Curve(
        InferenceSession session,
        byte[] from,
        byte[] to,
        int[] ranked,
        int target,
        double first,
        double last
    )
    {
        byte[] batch = new byte[(Steps - 1) * from.Length];
        for (int i = 1; i < Steps; i++)
        {
            Span<byte> clip = batch.AsSpan((i - 1) * from.Length, from.Length);
            from.CopyTo(clip);
            foreach (int place in ranked.AsSpan(0, (int)((long)ranked.Length * i / Steps)))
            {
                to.AsSpan(3 * place, 3).CopyTo(clip[(3 * place)..]);
            }
        }

        return [first, .. Probability(session, batch, Steps - 1, target), last];
    }

    private static double[] Probability(InferenceSession session, byte[] clips, int count, int target)
    {
        using var scope = NewDisposeScope();
        ScoreMatrix scores = session.Scores(session.Features(clips, count))!;
        return [.. Enumerable.Range(0, count).Select(clip => (double)scores.Row(clip)[target])];
    }

    private static int[] Ranked(Func<int, double> key, double[] blocks)
    {
        int[] all = [.. Enumerable.Range(0, blocks.Length)];
        double[] keys = [.. all.Select(key)];
        return [.. all.OrderBy(at => keys[at]).ThenBy(at => blocks[at])];
    }

    private static double[] OfSteps(SaliencyMap map, int[] frames)
    {
        int size = map.Width * map.Height;
        float[] values = map.ToArray();
        return [.. frames.SelectMany(frame => values.Skip(frame * size).Take(size)).Select(value => (double)value)];
    }

    private static double FromMiddle(int place, int side)
    {
        double x = (place % side) - ((side - 1) / 2.0);
        double y = (place / side) - ((side - 1) / 2.0);
        return (x * x) + (y * y);
    }

    private static double[] RandomBlocks(int steps, int side, SeededRandom random)
    {
        int blocks = (side + Block - 1) / Block;
        double[] keys = [.. Enumerable.Range(0, steps * blocks * blocks).Select(_ => random.NextDouble())];
        return
        [
            .. Enumerable
                .Range(0, steps * side * side)
                .Select(at =>
                {
                    int place = at % (side * side);
                    int row = (at / (side * side) * blocks) + (place / side / Block);
                    return keys[(row * blocks) + (place % side / Block)];
                }),
        ];
    }

    // What is taken away becomes the clip's mean picture: what stands still stays, and what moves is gone. A grey or
    // blurred picture instead would flicker at every border, which a model of motion answers to.
    private static byte[] Still(byte[] clip, int steps)
    {
        int size = clip.Length / steps;
        double[] mean = new double[size];
        for (int i = 0; i < clip.Length; i++)
        {
            mean[i % size] += clip[i] / (double)steps;
        }

        byte[] still = new byte[clip.Length];
        for (int i = 0; i < clip.Length; i++)
        {
            still[i] = (byte)Math.Round(mean[i % size]);
        }

        return still;
    }

    // Repeats of a frame, which a short clip is padded with, are one frame of the maps.
    private static int[] FrameOf(int[] numbers)
    {
        int[] frames = new int[numbers.Length];
        for (int step = 1; step < numbers.Length; step++)
        {
            frames[step] = frames[step - 1] + (numbers[step] == numbers[step - 1] ? 0 : 1);
        }

        return frames;
    }
}
