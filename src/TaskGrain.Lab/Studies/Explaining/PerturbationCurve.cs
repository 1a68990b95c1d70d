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
/// <param name="Order">In what order places are taken: <c>map</c>, <c>centre</c> or <c>random</c>.</param>
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

    /// <summary>Side of the blocks that are taken in random order, in pixels: a map's places are not single pixels.</summary>
    private const int Block = 8;

    /// <summary>Area under a curve, by trapezia; 0 to 1.</summary>
    public static double Area(IReadOnlyList<double> curve) =>
        Enumerable.Range(0, curve.Count - 1).Sum(i => (curve[i] + curve[i + 1]) / 2) / (curve.Count - 1);

    /// <summary>Measures one clip.</summary>
    /// <param name="session">The model.</param>
    /// <param name="frames">The clip.</param>
    /// <param name="map">The map for its likeliest class.</param>
    /// <param name="target">The class.</param>
    /// <param name="random">Draws the random order.</param>
    /// <returns>By order: the clip's deletion and insertion.</returns>
    public static Dictionary<string, (double[] Deletion, double[] Insertion)> Measure(
        InferenceSession session,
        VideoFrames frames,
        SaliencyMap map,
        int target,
        SeededRandom random
    )
    {
        StepPlan plan = StepPlan.Middle(frames, session.Preprocessing.Clip);
        byte[] whole = plan.Pixels(frames, plan.Windows[0]);
        byte[] blank = Blank(whole, plan.Frames.Length, map.Width);
        int[] frameOf = FrameOf(plan.Frames);
        float[] values = map.ToArray();
        int places = map.Width * map.Height;
        var orders = new Dictionary<string, Func<int, int, double>>(StringComparer.Ordinal)
        {
            ["map"] = (step, place) => -values[(frameOf[step] * places) + place],
            ["centre"] = (_, place) => FromMiddle(place, map.Width),
            ["random"] = RandomBlocks(plan.Frames.Length, map.Width, random),
        };
        double full = Probability(session, whole, 1, target)[0];
        double none = Probability(session, blank, 1, target)[0];
        return orders.ToDictionary(
            order => order.Key,
            order =>
            {
                int[] ranked = Ranked(plan.Frames.Length, places, order.Value);
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

    private static int[] Ranked(int steps, int places, Func<int, int, double> key)
    {
        int[] all = [.. Enumerable.Range(0, steps * places)];
        double[] keys = [.. all.Select(at => key(at / places, at % places))];
        return [.. all.OrderBy(at => keys[at])];
    }

    private static double FromMiddle(int place, int side)
    {
        double x = (place % side) - ((side - 1) / 2.0);
        double y = (place / side) - ((side - 1) / 2.0);
        return (x * x) + (y * y);
    }

    private static Func<int, int, double> RandomBlocks(int steps, int side, SeededRandom random)
    {
        int blocks = (side + Block - 1) / Block;
        double[] keys = [.. Enumerable.Range(0, steps * blocks * blocks).Select(_ => random.NextDouble())];
        return (step, place) => keys[(((step * blocks) + (place / side / Block)) * blocks) + (place % side / Block)];
    }

    // What is taken away becomes the clip's mean picture, blurred: neither motion nor detail, and no new edge.
    private static byte[] Blank(byte[] clip, int steps, int side)
    {
        int size = side * side * 3;
        double[] mean = new double[size];
        for (int i = 0; i < clip.Length; i++)
        {
            mean[i % size] += clip[i] / (double)steps;
        }

        int radius = side / 4;
        double[] blurred = Blur(Blur(mean, side, radius, 3), side, radius, 3 * side);
        byte[] blank = new byte[clip.Length];
        for (int i = 0; i < clip.Length; i++)
        {
            blank[i] = (byte)Math.Clamp(Math.Round(blurred[i % size]), 0, 255);
        }

        return blank;
    }

    // The mean along one direction; beyond the border nothing counts.
    private static double[] Blur(double[] picture, int side, int radius, int stride)
    {
        double[] blurred = new double[picture.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            int at = i / stride % side;
            int low = Math.Max(0, at - radius);
            int high = Math.Min(side - 1, at + radius);
            for (int other = low; other <= high; other++)
            {
                blurred[i] += picture[i + ((other - at) * stride)] / (high - low + 1);
            }
        }

        return blurred;
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
