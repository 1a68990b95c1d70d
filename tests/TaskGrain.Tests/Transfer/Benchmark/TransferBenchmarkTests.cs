using SkiaSharp;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Tests.Training;
using TaskGrain.Tests.Transfer.Features;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Tests.Transfer.Benchmark;

public sealed class TransferBenchmarkTests : IDisposable
{
    private const int Classes = 3;

    private static readonly string[] Names = ["one", "two", "three"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<FeatureStore> _stores = [];

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void Measures_every_source_classifier_and_number_of_shots_on_the_same_draws()
    {
        TransferResults results = Run("out", [Source("noise", 0), Source("signal", 1)], Options);

        Assert.Equal(2 * 2 * 3, results.Rows.Count);
        Assert.All(results.Rows, row => Assert.Equal((3, 30), (row.Right.Count, row.TestClips)));
        Assert.True(results.Row("signal", ClassifierKind.LogisticRegression, ShotCount.Full).Mean > 0.9);
        Assert.InRange(results.Row("noise", ClassifierKind.LogisticRegression, ShotCount.Full).Mean, 0.1, 0.6);
        Assert.Equal((12, 4, 30), (results.TrainClips, results.FullShots, results.TestClips));

        // One pair of sources for each classifier and number of shots; one pair of classifiers for each source and
        // number.
        Assert.Equal((6, 6), (results.SourceComparisons.Count, results.ClassifierComparisons.Count));
        TransferComparison best = results.SourceComparisons.First(test =>
            test.First.Classifier == ClassifierKind.LogisticRegression && test.Shots == ShotCount.Full
        );
        Assert.Equal(
            ("signal", "noise", ClassifierKind.LogisticRegression),
            (best.First.Source, best.Second.Source, best.Second.Classifier)
        );
        Assert.Equal(
            results.Row("signal", ClassifierKind.LogisticRegression, ShotCount.Full).Mean
                - results.Row("noise", ClassifierKind.LogisticRegression, ShotCount.Full).Mean,
            best.Difference,
            1e-12
        );
        Assert.All(
            ["transfer.md", "transfer.json", "figure5.png", "figure5.svg"],
            name => Assert.True(new FileInfo(_folder.File($"out/{name}")).Length > 500)
        );
        Assert.Contains("| signal |", File.ReadAllText(_folder.File("out/transfer.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_after_a_kill_and_ends_as_if_there_had_been_none()
    {
        TransferSource[] sources = [Source("noise", 0), Source("signal", 1)];
        TransferResults whole = Run("whole", sources, Options);
        using var stop = new CancellationTokenSource();
        var stopper = new Immediate<WorkProgress>(report =>
        {
            if (report.Done == 7)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Run("parts", sources, Options, stopper, stop.Token));
        File.AppendAllText(_folder.File("parts/cells.jsonl"), """{"key":"abc","sour"""); // the line a kill tore

        TransferResults parts = Run("parts", sources, Options);

        Assert.Equal(TransferReport.ToJson(whole), TransferReport.ToJson(parts));
    }

    [Fact]
    public void More_sources_shots_or_runs_make_only_what_is_new()
    {
        TransferSource noise = Source("noise", 0),
            signal = Source("signal", 1);
        Run("out", [noise], Options with { Runs = 2 });
        string[] before = File.ReadAllLines(_folder.File("out/cells.jsonl"));

        TransferResults results = Run("out", [noise, signal], Options);

        string[] after = File.ReadAllLines(_folder.File("out/cells.jsonl"));
        Assert.Equal(before, after[..before.Length]);
        Assert.Equal(results.Rows.Sum(row => row.Right.Count), after.Length);
    }

    [Fact]
    public void As_many_shots_as_there_are_clips_are_the_full_set_and_run_once()
    {
        TransferResults results = Run(
            "out",
            [Source("signal", 1)],
            Options with
            {
                Shots = [new ShotCount(4), ShotCount.Full],
            }
        );

        Assert.Equal(
            results.Row("signal", ClassifierKind.Mlp, new ShotCount(4)).Right,
            results.Row("signal", ClassifierKind.Mlp, ShotCount.Full).Right
        );
        Assert.Equal(2 * 3, File.ReadAllLines(_folder.File("out/cells.jsonl")).Length);
    }

    [Fact]
    public void Another_training_or_seed_is_another_run()
    {
        TransferSource[] sources = [Source("signal", 1)];
        TransferOptions one = Options with { Shots = [new ShotCount(2)], Classifiers = [ClassifierKind.Mlp], Runs = 1 };
        Run("out", sources, one);
        Run("out", sources, one with { Seed = 2 });
        Run("out", sources, one with { Training = kind => Fast(kind) with { MaxUpdates = 30 } });
        Run("out", sources, one with { Threads = 2 }); // the same run

        Assert.Equal(3, File.ReadAllLines(_folder.File("out/cells.jsonl")).Length);
    }

    [Fact]
    public void Clips_that_a_source_lacks_are_left_out_for_all()
    {
        TransferResults results = Run(
            "out",
            [Source("signal", 1), Source("partial", 1, skip: "0-5")],
            Options with
            {
                Runs = 1,
            }
        );

        Assert.Equal((1, 29), (results.LeftOut, results.TestClips));
        Assert.Empty(results.SourceComparisons); // a single run has no pairs to test
        Assert.All(results.Rows, row => Assert.Null(row.HalfWidth));
    }

    [Fact]
    public void A_damaged_line_is_named()
    {
        TransferSource[] sources = [Source("signal", 1)];
        Directory.CreateDirectory(_folder.File("out"));
        File.WriteAllText(_folder.File("out/cells.jsonl"), "{\"key\":1}\n");

        Assert.Contains(
            "line 1",
            Assert.Throws<TaskGrainException>(() => Run("out", sources, Options)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("random", "random", null, true)]
    [InlineData("random=m.safetensors", "random", "m.safetensors", true)]
    [InlineData("FG actions=a=b.safetensors", "FG actions", "a=b.safetensors", false)]
    public void Sources_are_named_in_words(string text, string name, string? path, bool untrained) =>
        Assert.Equal(new SourceChoice(name, path, untrained), SourceChoice.Parse(text));

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("=m.safetensors")]
    [InlineData("name=")]
    public void Other_words_are_no_source(string text) =>
        Assert.Throws<TaskGrainException>(() => SourceChoice.Parse(text));

    private static TransferOptions Options =>
        new()
        {
            Classifiers = [ClassifierKind.LogisticRegression, ClassifierKind.Mlp],
            Shots = [new ShotCount(1), new ShotCount(2), ShotCount.Full],
            Runs = 3,
            Training = Fast,
        };

    private static FewShotOptions Fast(ClassifierKind kind) =>
        FewShotOptions.For(kind) with
        {
            MlpHidden = 32,
            MaxUpdates = 40,
            Components = 12,
            DefaultUpdates = 20,
        };

    private TransferResults Run(
        string output,
        IReadOnlyList<TransferSource> sources,
        TransferOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    ) => TransferBenchmark.Run("made up", Names, sources, options, _folder.File(output), progress, cancel);

    [Fact]
    public void The_figure_has_a_panel_for_each_classifier()
    {
        TransferResults results = Run("out", [Source("noise", 0), Source("signal", 1)], Options);

        using SKBitmap picture = SKBitmap.Decode(_folder.File("out/figure5.png"));
        int panels = results.Classifiers.Count;
        int width = picture.Width / panels;
        var orange = SKColor.Parse("#E69F00"); // the second source's
        for (int panel = 0; panel < panels; panel++)
        {
            int coloured = Enumerable
                .Range(panel * width, width)
                .Sum(x => Enumerable.Range(0, 800).Count(y => picture.GetPixel(x, y) == orange));
            Assert.True(coloured > 100, $"panel {panel + 1} of {panels} has {coloured} pixels of the second source");
        }
    }

    [Fact]
    public void The_targets_clips_as_they_are_now_decide_what_is_train_and_test()
    {
        TransferSource[] sources = [Source("signal", 1)];
        List<TargetClip> now = TransferData.Target(Classes, train: 4, test: 10);
        now.RemoveAll(clip => clip.Id == "0-5"); // deleted since
        now[now.FindIndex(clip => clip.Id == "1-0")] = new TargetClip("1-0", Split.Test, 1); // moved to the test split
        now.Add(new TargetClip("2-99", Split.Test, 2)); // new, without features

        TransferResults results = TransferBenchmark.Run(
            "made up",
            Names,
            sources,
            Options,
            _folder.File("out"),
            present: now
        );

        Assert.Equal((11, 30, 1), (results.TrainClips, results.TestClips, results.LeftOut));
    }

    [Fact]
    public void A_training_clip_with_the_pixels_of_a_test_clip_is_left_out()
    {
        TransferSource[] sources =
        [
            Source(
                "signal",
                1,
                content: id =>
                    id is "0-0" or "2-7" or "0-1" or "0-2" ? (id is "0-0" or "2-7" ? "same" : "shots alike") : id
            ),
        ];

        TransferResults results = TransferBenchmark.Run("made up", Names, sources, Options, _folder.File("out"));

        Assert.Equal((11, 30, 1), (results.TrainClips, results.TestClips, results.Copies));
        Assert.Contains(
            "1 training clips were left out because a test clip has the same pixels",
            File.ReadAllText(_folder.File("out/transfer.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_two_names_share_a_folder()
    {
        string[] names = ["random", "FG & SO", "FG + SO", "fg", "FG", "..", "Ä", "Ö", "FG___SO"];

        string[] folders = [.. names.Select(TransferStudy.FolderName)];

        Assert.Equal("random", folders[0]);
        Assert.Equal(names.Length, folders.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(folders, folder => Assert.Matches("^[A-Za-z0-9_-]+$", folder));
    }

    /// <summary>Four training and ten test clips a class.</summary>
    private TransferSource Source(
        string name,
        double strength,
        string? skip = null,
        Func<string, string>? content = null
    )
    {
        string folder = _folder.File($"features-{name}");
        using (var writer = FeatureStoreWriter.OpenOrCreate(folder, FeatureStoreTests.Info(name, 24)))
        {
            var (clips, labels) = TransferData.Constant(Classes, 14, strength, seed: 3);
            for (int i = 0; i < clips.Count; i++)
            {
                string id = $"{labels[i]}-{i % 14}";
                if (id != skip)
                {
                    writer.Append(
                        new FeatureEntry
                        {
                            Id = id,
                            Split = i % 14 < 4 ? Split.Train : Split.Test,
                            Label = Names[labels[i]],
                            Content = content?.Invoke(id),
                        },
                        clips[i]
                    );
                }
            }
        }

        _stores.Add(FeatureStore.Open(folder));
        return new TransferSource(name, _stores[^1]);
    }
}
