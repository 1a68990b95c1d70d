using TaskGrain.Explain.Reports;
using TaskGrain.Lab.Demo;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Tests.Video;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Tests.Lab.Demo;

public sealed class DemoRunTests
{
    [Fact]
    public void Tells_its_four_parts_leaves_a_report_and_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string clip = FfmpegProgram.Clip(folder.File("mine.mp4"));
        DemoOptions options = Options(folder) with { Clip = clip };
        var told = new List<DemoChapter>();

        DemoReport first = DemoRun.Run(options, story: new Collected(told));
        string best = Path.Combine(options.Folder, "run", "best.safetensors");
        DateTime trained = File.GetLastWriteTimeUtc(best);
        DateTime taught = File.GetLastWriteTimeUtc(first.TaughtModel);
        DemoReport second = DemoRun.Run(options);

        Assert.Equal([first.Known, first.Drawn, first.Learnt, first.Taught], told);

        // Four clips of different categories and the user's own, each with a picture of what spoke for the answer.
        Assert.Equal(174, first.Known.Classes);
        Assert.Equal(4, first.Known.Clips.Select(c => c.Clip.Truth).OfType<string>().Distinct().Count());
        Assert.All(first.Known.Clips.SkipLast(1), c => Assert.Contains(c.Clip.Truth!, DemoWorld.Categories));
        Assert.Equal((clip, null), (first.Known.Clips[^1].Clip.File, first.Known.Clips[^1].Clip.Truth));
        Assert.All(first.Known.Clips, c => Assert.True(File.Exists(c.Overlay), c.Overlay));

        // The model of the beginning is measured among all its categories, the trained one among the twelve.
        Assert.Equal(174, first.Drawn.Before!.Accuracies[0].Classes);
        Assert.Equal(12, first.Learnt.Evaluation.Accuracies[0].Classes);
        Assert.Equal(2, first.Learnt.Evaluation.Captions.Count);
        Assert.Equal(first.Drawn.Before.Clips, first.Learnt.Evaluation.Clips);
        Assert.Equal(options.Base, first.Learnt.From);
        Assert.Equal(options.Base, TrainingOrigin.Of(ModelFile.LoadDescription(first.Model))!.StartedFrom);
        Assert.Equal(first.Known.Clips.Select(c => c.Clip.File), first.Learnt.Again.Select(c => c.Clip.File));
        Assert.Equal([2, 2, 2, 2], first.Taught.Teaching.ClipsPerClass);
        Assert.Equal(8, first.Taught.Teaching.Test!.Clips);

        RunFolder report = RunFolder.Open(options.Folder);
        Assert.NotNull(report.Training);
        Assert.NotNull(report.Evaluation);
        Assert.NotNull(report.Teaching);
        string page = File.ReadAllText(first.Page);
        Assert.All(
            ["mine.mp4", "id=\"opening\"", "id=\"confusion\"", "id=\"teaching\""],
            part => Assert.Contains(part, page)
        );

        // Nothing is trained or taught twice, and the result is the same.
        Assert.Equal(trained, File.GetLastWriteTimeUtc(best));
        Assert.Equal(taught, File.GetLastWriteTimeUtc(second.TaughtModel));
        Assert.Equal(first.Learnt.Evaluation.Accuracies, second.Learnt.Evaluation.Accuracies);
        Assert.Equal(
            first.Learnt.Evaluation.Results.Select(r => r with { Probability = null }),
            second.Learnt.Evaluation.Results.Select(r => r with { Probability = null })
        );
    }

    [Fact]
    public void From_a_model_the_training_takes_its_sizes_and_frames_and_from_scratch_the_presets()
    {
        ModelDescription known = Description();
        var options = new DemoOptions { Folder = "demo" };

        RunConfiguration from = options.Configuration(known).Build();
        RunConfiguration scratch = (options with { FromScratch = true }).Configuration(known).Build();

        Assert.Equal(known.Encoder.Architecture, from.Model.Architecture);
        Assert.Equal(known.Preprocessing.Clip.Frames, from.Clip.Frames);
        Assert.Equal(known.Preprocessing.Frames, options.Frames(known));
        Assert.Equal(new EncoderArchitecture(64, 64), scratch.Model.Architecture);
        Assert.Equal(new FrameFormat(84, 84, 12), (options with { FromScratch = true }).Frames(known));
        Assert.All([from, scratch], run => Assert.Equal(Granularity.SimplifiedCaptions, run.Granularity));
    }

    [Fact]
    public void A_folder_with_another_demo_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DemoRun.Run(Options(folder), cancel: stopped.Token));

        var fault = Assert.Throws<TaskGrainException>(() => DemoRun.Run(Options(folder) with { FromScratch = true }));

        Assert.Contains("other settings", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_said_at_once()
    {
        var options = new DemoOptions
        {
            Folder = " ",
            Clips = 3,
            Clip = "no-such-file.mp4",
        };

        var fault = Assert.Throws<TaskGrainException>(() => DemoRun.Run(options));

        Assert.Contains("a folder is needed", fault.Message, StringComparison.Ordinal);
        Assert.Contains("not 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-file.mp4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_cannot_be_read_is_known_before_the_work_begins()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mine.mp4"), "no video");

        var fault = Assert.Throws<TaskGrainException>(() =>
            DemoRun.Run(Options(folder) with { Clip = folder.File("mine.mp4") })
        );

        Assert.Contains("mine.mp4", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("demo")));
    }

    /// <summary>A demo that begins with a small untrained model of all categories.</summary>
    private static DemoOptions Options(TemporaryFolder folder)
    {
        string known = folder.File("known.safetensors");
        if (!File.Exists(known))
        {
            using var model = new VideoModel(Description());
            ModelFile.Save(known, model);
        }

        return new DemoOptions
        {
            Folder = folder.File("demo"),
            Clips = 48,
            KitchenClips = 2,
            Preset = RunPreset.Micro,
            Base = known,
            Machine = new MachineOptions
            {
                Device = "cpu",
                Threads = 1,
                Precision = Precision.Float32,
            },
        };
    }

    private static ModelDescription Description()
    {
        var encoder = new EncoderOptions
        {
            Architecture = EncoderArchitecture.Parse("M(16-16)"),
            LstmHidden = 8,
            FeatureSize = 16,
            CropSize = 56,
            FinalPool = 1,
        };
        var vocabulary = new Vocabulary(["<GO>", "<END>", "[Something]", "picking", "up", "paper", "camera"]);
        return new ModelDescription
        {
            Encoder = encoder,
            Preprocessing = new Preprocessing
            {
                Frames = new FrameFormat(64, 64, 4),
                Clip = new ClipSamplerOptions { Frames = 8, CropSize = encoder.CropSize },
            },
            Granularity = Granularity.Captions,
            Taxonomy = Taxonomy.SomethingSomething,
            Classifier = ClassifierPooling.MeanFeatures,
            Decoder = new CaptionDecoderOptions
            {
                Words = vocabulary.Count,
                FeatureSize = encoder.FeatureSize,
                Embedding = 8,
                Hidden = 12,
                Layers = 1,
            },
            Vocabulary = vocabulary,
            CaptionLength = 3,
        };
    }

    private sealed class Collected(List<DemoChapter> chapters) : IProgress<DemoChapter>
    {
        public void Report(DemoChapter value) => chapters.Add(value);
    }
}
