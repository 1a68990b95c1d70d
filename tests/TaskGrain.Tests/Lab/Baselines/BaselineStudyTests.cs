using System.Text.Json;
using TaskGrain.Inference.Features;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Tests.Lab.Baselines;

/// <summary>The whole comparison on a tiny world, whose features are the brightness of a few squares.</summary>
public sealed class BaselineStudyTests : IDisposable
{
    private const int Side = 4;
    private readonly TinyWorld _world = new(trainPerCategory: 6, validationPerCategory: 2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Both_tables_come_out_with_the_papers_figures_and_the_weights_beside_them()
    {
        BaselineStudyOptions options = Options(encoders: 1);

        BaselineReport report = Run(options);

        Assert.Equal(
            [
                "MLP 8, single middle frame",
                "MLP 8, averaged over 10 frames",
                "LSTM 8, 10 steps",
                "TRN, 4 frames, multi-scale",
            ],
            report.Accuracies.Where(row => row.Source == "squares").Select(row => row.Name)
        );
        Assert.Equal(2, report.Accuracies.First(row => row.Source == "squares").Accuracy.Runs);
        Assert.Contains(report.Accuracies, row => row.Source is null && row.Name == "M(16-16), trained here");
        Assert.Equal(3, report.Differences.Count);
        Assert.Equal((18, 6, 3), (report.TrainingClips, report.Clips, report.Classes));
        Assert.Equal(
            ["LSTM 8 and caption decoder", "template baseline on the LSTM"],
            report.Captions.Where(row => row.Source == "squares").Select(row => row.Name)
        );

        var workspace = new StudyWorkspace(options.Study);
        string page = BaselinePage.Of(report, options, StudyOrigin.Now("taskgrain baselines x", workspace)).ToString();
        foreach (string text in (string[])[page, BaselineText.Tables(report)])
        {
            Assert.Contains("13.29", text, StringComparison.Ordinal); // Table 3
            Assert.Contains("31.83", text, StringComparison.Ordinal); // Table 4
            Assert.Equal(2, text.Split("- squares: brightness of sixteen squares, frozen").Length - 1);
        }

        Assert.Contains("- command: `taskgrain baselines x`", page, StringComparison.Ordinal);
        string json = JsonSerializer.Serialize(report, TaskGrainJson.Readable);
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal(10, read.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal("middleFrame", read.RootElement.GetProperty("runs")[0].GetProperty("method").GetString());
    }

    [Fact]
    public void A_second_call_trains_only_what_is_new()
    {
        Run(Options(seeds: 1));
        string[] files = Directory.GetFiles(_folder.File("out/runs"));
        Assert.Equal(5, files.Length);
        Dictionary<string, DateTime> before = files.ToDictionary(file => file, File.GetLastWriteTimeUtc);

        BaselineReport again = Run(Options(seeds: 2));

        Assert.Equal(10, again.Runs.Count);
        Assert.All(before, pair => Assert.Equal(pair.Value, File.GetLastWriteTimeUtc(pair.Key)));

        BaselineStudyOptions other = Options(seeds: 1);
        Run(other with { Training = other.Training with { Units = 9 } });
        Assert.Equal(15, Directory.GetFiles(_folder.File("out/runs")).Length);
    }

    [Fact]
    public void Seeds_that_are_kept_one_by_one_make_the_same_comparison()
    {
        BaselineReport whole = Run(Options(seeds: 2));

        BaselineSeed[] seeds =
        [
            .. new[] { 1, 2 }.Select(seed => BaselineStudy.RunSeed(Options(), seed, null, CancellationToken.None)),
        ];
        BaselineReport joined = BaselineReport.Of(seeds);

        Assert.Equal(seeds[0].Data, seeds[1].Data);
        Assert.Equal((18, 6, 3), (joined.TrainingClips, joined.Clips, joined.Classes));
        Assert.Equal(BaselineText.AccuracyRows(whole), BaselineText.AccuracyRows(joined));
        Assert.Equal(BaselineText.CaptionRows(whole), BaselineText.CaptionRows(joined));
    }

    [Fact]
    public void Other_frames_or_labels_make_another_hash()
    {
        string Hash()
        {
            using var data = BaselineData.Open(Options(), null, default);
            return data.Hash(default);
        }

        string before = Hash();
        Assert.Equal(before, Hash());
        Annotation first = _world.Data.Annotations[0];
        TaskGrain.Data.LabelledStore.WriteAnnotations(
            _world.StoreFolder,
            new DataSet(
                "relabelled",
                TinyWorld.Taxonomy,
                [first with { Category = 1 }, .. _world.Data.Annotations.Skip(1)]
            )
        );
        Assert.NotEqual(before, Hash());
    }

    [Fact]
    public void A_source_that_is_not_there_is_said_before_anything_is_made()
    {
        BaselineStudyOptions options = Options() with { Sources = [SourceChoice.Parse("vgg=nowhere.safetensors")] };

        var fault = Assert.Throws<TaskGrainException>(() => Run(options));

        Assert.Contains("nowhere.safetensors (vgg)", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void Clips_without_a_validation_split_are_refused()
    {
        BaselineStudyOptions options = Options();
        var training = new DataSet("half", TinyWorld.Taxonomy, [.. _world.Data.Of(Split.Train)]);
        TaskGrain.Data.LabelledStore.WriteAnnotations(_world.StoreFolder, training);

        var fault = Assert.Throws<TaskGrainException>(() => Run(options));

        Assert.Contains("no clip of the validation split", fault.Message, StringComparison.Ordinal);
    }

    private static BaselineReport Run(BaselineStudyOptions options) =>
        BaselineStudy.Run(options, progress: null, notes: null, CancellationToken.None);

    private BaselineStudyOptions Options(int seeds = 2, int encoders = 0) =>
        new()
        {
            Study = new StudyOptions
            {
                Folder = _folder.File("out"),
                Preset = RunPreset.Micro,
                Settings = ["training.epochs=1"],
            },
            Data = _world.StoreFolder,
            Sources = [new SourceChoice("squares", Features(), Untrained: false)],
            EncoderRuns = encoders,
            Seeds = seeds,
            Split = Split.Validation,
            Training = new BaselineOptions
            {
                Frames = TinyWorld.FramesPerClip,
                Units = 8,
                RelationFrames = 4,
                RelationUnits = 8,
                Epochs = 2,
                BatchSize = 6,
            },
        };

    /// <summary>Brightness of 4×4 squares of every frame, as a feature store.</summary>
    private string Features()
    {
        string folder = _folder.File("features");
        if (FeatureStore.Exists(folder))
        {
            return folder;
        }

        var info = new FeatureSourceInfo
        {
            Kind = FeatureSourceKind.FrameBackbone,
            Description = "brightness of sixteen squares",
            Identity = "squares",
            Dimension = Side * Side,
            VectorsPerSecond = 12,
            Frames = TinyWorld.Format,
        };
        using FeatureStoreWriter writer = FeatureStoreWriter.OpenOrCreate(folder, info);
        foreach (Annotation annotation in _world.Data.Annotations)
        {
            VideoFrames frames = _world.Frames(annotation.Id);
            float[] values = new float[frames.Count * Side * Side];
            int square = TinyWorld.Format.Width / Side;
            for (int i = 0; i < frames.Count; i++)
            {
                ReadOnlySpan<byte> pixels = frames.Frame(i);
                for (int p = 0; p < pixels.Length; p++)
                {
                    int x = p / 3 % TinyWorld.Format.Width / square;
                    int y = p / 3 / TinyWorld.Format.Width / square;
                    values[(i * Side * Side) + (y * Side) + x] += pixels[p];
                }
            }

            var entry = new FeatureEntry { Id = annotation.Id, Split = annotation.Split };
            writer.Append(entry, new FeatureSequence(values, frames.Count, Side * Side));
        }

        return folder;
    }
}
