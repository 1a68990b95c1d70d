using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TorchSharp;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>
/// Measures what can be told of a clip's category without watching it: by chance, by its first, middle or last frame,
/// by the names of its objects. The lower, the more of the rest is motion (the paper's own ratio on real data: 13.3
/// percent by the middle frame to 50.4 by the film, Tables 1 and 3).
/// </summary>
internal static class GeneratorStudy
{
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
        GuessRow Row(Glimpse seen, GuessMethod method, int[] guesses) =>
            new(seen, method, ClassificationMetrics.CountRight(guesses, truth), truth.Length, categories.Length);
        var rows = new List<GuessRow>
        {
            new(Glimpse.Nothing, GuessMethod.Chance, Right: null, truth.Length, categories.Length),
        };
        var byFrame = new List<int[]>();
        Glimpse[] glimpses = [Glimpse.FirstFrame, Glimpse.MiddleFrame, Glimpse.LastFrame];
        for (int which = 0; which < glimpses.Length; which++)
        {
            Glimpse seen = glimpses[which];
            progress?.Report(new WorkProgress("learning", which, 4, "baselines", 0, GuessText.Seen(seen)));
            int[] nearest = FrameNeighbours.Guess(frames, which, options.FrameSize, labels, training);
            rows.Add(Row(seen, GuessMethod.NearestNeighbour, nearest));
            using torch.Tensor pixels = Pixels(frames, which, options.FrameSize);
            byFrame.Add(
                FrameNetwork.Guess(
                    pixels,
                    labels,
                    training,
                    categories.Length,
                    options.Epochs,
                    options.Seed,
                    cancellation
                )
            );
            rows.Add(Row(seen, GuessMethod.SmallNetwork, byFrame[^1]));
        }

        progress?.Report(new WorkProgress("learning", 3, 4, "baselines", 0, GuessText.Seen(Glimpse.Words)));
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
        rows.Add(Row(Glimpse.Words, GuessMethod.LinearClassifier, byWords));
        progress?.Report(new WorkProgress("learning", 4, 4, "baselines", 0));
        Taxonomy official = WorldGenerator.TaxonomyOf(SyntheticWorld.Something);
        return new GeneratorStudyReport
        {
            Options = options,
            Categories = categories.Length,
            Rows = rows,
            PerCategory =
            [
                .. Enumerable
                    .Range(0, categories.Length)
                    .Select(at => new CategoryGuesses(
                        options.Categories.Count > 0
                            ? generator.Taxonomy.Categories[at]
                            : official.Categories[categories[at]],
                        truth.Count(label => label == at),
                        RightOf(byFrame[0], truth, at),
                        RightOf(byFrame[1], truth, at),
                        RightOf(byFrame[2], truth, at),
                        RightOf(byWords, truth, at)
                    ))
                    .OrderByDescending(row => row.Share(row.Middle))
                    .ThenByDescending(row => row.Share(row.Last)),
            ],
        };
    }

    private static int RightOf(int[] guesses, int[] truth, int category) =>
        guesses.Zip(truth).Count(pair => pair.First == category && pair.Second == category);

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
}
