using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TorchSharp;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>
/// Measures what can be told of a clip's category without watching it: by chance, by its first, middle or last frame,
/// by the names of its objects. The lower, the more of the rest is motion (the paper's own ratio on real data: 13.3
/// percent by the middle frame to 50.4 by the film, Tables 1 and 3).
/// </summary>
public static class GeneratorStudy
{
    private const int NeighbourSize = 12;

    /// <summary>Runs the study.</summary>
    /// <param name="options">How many clips, of which size.</param>
    /// <param name="progress">Told while clips are rendered and networks trained.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The report.</returns>
    /// <exception cref="TaskGrainException">The options are faulty.</exception>
    public static GeneratorStudyReport Run(
        GeneratorStudyOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var generator = new WorldGenerator(
            new SynthesisOptions
            {
                Clips = options.Clips,
                Seed = options.Seed,
                Categories = options.Categories,
                Threads = options.Threads,
            }
        );
        int[] categories =
            options.Categories.Count > 0
                ? [.. Enumerable.Range(0, options.Categories.Count)]
                : [.. WorldGenerator.CategoriesOf(SyntheticWorld.Something)];
        var frames = new byte[options.Clips][];
        var labels = new int[options.Clips];
        var words = new string[options.Clips][];
        var work = new ClipWork<bool>("rendering", options.Clips, options.Threads, progress, cancellation)
        {
            IsDone = _ => false,
            Make = index =>
            {
                SyntheticClip clip = generator.Clip(index);
                int last = clip.FrameCount - 1;
                frames[index] = clip.RenderFrames(options.FrameSize, options.FrameSize, 0, last / 2, last);
                labels[index] = Array.IndexOf(categories, clip.Annotation.Category);
                words[index] =
                [
                    .. clip.Annotation.Placeholders.SelectMany(phrase => CaptionWords.Split(phrase)),
                    $"#{clip.Annotation.Placeholders.Count}",
                ];
                return true;
            },
        };
        work.Run();

        int training = options.Clips * 4 / 5;
        int[] truth = labels[training..];
        var rows = new List<StudyRow>
        {
            new("nothing (chance)", (int)Math.Round((double)truth.Length / categories.Length), truth.Length),
        };
        var guesses = new List<int[]>();
        string[] names = ["first frame", "middle frame", "last frame"];
        for (int which = 0; which < 3; which++)
        {
            progress?.Report(new WorkProgress("learning", which, 4, "baselines", 0, names[which]));
            int[] nearest = Nearest(frames, which, options.FrameSize, labels, training);
            rows.Add(new($"{names[which]}, nearest neighbour", Right(nearest, truth), truth.Length));
            using torch.Tensor pixels = Pixels(frames, which, options.FrameSize);
            int[] guess = FrameNetwork.Guess(
                pixels,
                labels,
                training,
                categories.Length,
                options.Epochs,
                options.Seed,
                cancellation
            );
            guesses.Add(guess);
            rows.Add(new($"{names[which]}, small network", Right(guess, truth), truth.Length));
        }

        progress?.Report(new WorkProgress("learning", 3, 4, "baselines", 0, "object words"));
        using torch.Tensor bag = Bag(words, training);
        int[] byWords = FrameNetwork.Guess(
            bag,
            labels,
            training,
            categories.Length,
            options.Epochs,
            options.Seed,
            cancellation
        );
        rows.Add(new("bag of object words, linear classifier", Right(byWords, truth), truth.Length));
        progress?.Report(new WorkProgress("learning", 4, 4, "baselines", 0));
        Taxonomy official = WorldGenerator.TaxonomyOf(SyntheticWorld.Something);
        return new GeneratorStudyReport
        {
            Options = options,
            Categories = categories.Length,
            Rows = rows,
            Templates =
            [
                .. Enumerable
                    .Range(0, categories.Length)
                    .Select(at => new TemplateRow(
                        options.Categories.Count > 0
                            ? generator.Taxonomy.Categories[at]
                            : official.Categories[categories[at]],
                        Part(guesses[0], truth, at),
                        Part(guesses[1], truth, at),
                        Part(guesses[2], truth, at),
                        Part(byWords, truth, at),
                        truth.Count(label => label == at)
                    ))
                    .OrderByDescending(row => row.Middle)
                    .ThenByDescending(row => row.Last),
            ],
        };
    }

    private static int Right(int[] guesses, int[] truth) => guesses.Zip(truth).Count(pair => pair.First == pair.Second);

    private static double Part(int[] guesses, int[] truth, int category)
    {
        int all = truth.Count(label => label == category);
        return all == 0
            ? 0
            : guesses.Zip(truth).Count(pair => pair.First == category && pair.Second == category) / (double)all;
    }

    /// <summary>(N, 3, size, size), float32, each channel with mean 0 and deviation near 1.</summary>
    private static torch.Tensor Pixels(byte[][] frames, int which, int size)
    {
        int plane = size * size;
        float[] values = new float[frames.Length * plane * 3];
        Parallel.For(
            0,
            frames.Length,
            clip =>
            {
                ReadOnlySpan<byte> from = frames[clip].AsSpan(which * plane * 3, plane * 3);
                for (int i = 0; i < plane; i++)
                {
                    for (int c = 0; c < 3; c++)
                    {
                        values[(((clip * 3) + c) * plane) + i] = (from[(3 * i) + c] - 118f) / 60f;
                    }
                }
            }
        );
        return torch.tensor(values, [frames.Length, 3, size, size]);
    }

    /// <summary>(N, words), float32: 1 where a word of the training clips occurs.</summary>
    private static torch.Tensor Bag(string[][] words, int training)
    {
        Dictionary<string, int> known = words
            .Take(training)
            .SelectMany(list => list)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select((word, at) => (word, at))
            .ToDictionary(pair => pair.word, pair => pair.at, StringComparer.Ordinal);
        float[] values = new float[words.Length * known.Count];
        for (int clip = 0; clip < words.Length; clip++)
        {
            foreach (string word in words[clip])
            {
                if (known.TryGetValue(word, out int at))
                {
                    values[(clip * known.Count) + at] = 1;
                }
            }
        }

        return torch.tensor(values, [words.Length, known.Count]);
    }

    /// <summary>
    /// The label of the nearest training frame: squared distance of small pictures, each with its mean taken off.
    /// </summary>
    private static int[] Nearest(byte[][] frames, int which, int size, int[] labels, int training)
    {
        float[][] small = new float[frames.Length][];
        Parallel.For(
            0,
            frames.Length,
            clip => small[clip] = Shrink(frames[clip].AsSpan(which * size * size * 3, size * size * 3), size)
        );
        int[] guesses = new int[frames.Length - training];
        Parallel.For(
            training,
            frames.Length,
            test =>
            {
                float best = float.MaxValue;
                for (int clip = 0; clip < training; clip++)
                {
                    float distance = Distance(small[test], small[clip]);
                    if (distance < best)
                    {
                        (best, guesses[test - training]) = (distance, labels[clip]);
                    }
                }
            }
        );
        return guesses;
    }

    private static float Distance(float[] a, float[] b)
    {
        var sum = System.Numerics.Vector<float>.Zero;
        int width = System.Numerics.Vector<float>.Count,
            i = 0;
        for (; i + width <= a.Length; i += width)
        {
            var difference = new System.Numerics.Vector<float>(a, i) - new System.Numerics.Vector<float>(b, i);
            sum += difference * difference;
        }

        float rest = System.Numerics.Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            rest += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return rest;
    }

    private static float[] Shrink(ReadOnlySpan<byte> frame, int size)
    {
        float[] result = new float[NeighbourSize * NeighbourSize * 3];
        Span<float> mean = stackalloc float[3];
        for (int y = 0; y < NeighbourSize; y++)
        {
            for (int x = 0; x < NeighbourSize; x++)
            {
                int px = ((2 * x) + 1) * size / (2 * NeighbourSize),
                    py = ((2 * y) + 1) * size / (2 * NeighbourSize);
                for (int c = 0; c < 3; c++)
                {
                    float v = frame[(((py * size) + px) * 3) + c];
                    result[(((y * NeighbourSize) + x) * 3) + c] = v;
                    mean[c] += v / (NeighbourSize * NeighbourSize);
                }
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] -= mean[i % 3];
        }

        return result;
    }
}
