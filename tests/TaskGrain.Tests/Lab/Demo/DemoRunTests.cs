using TaskGrain.Lab.Demo;
using TaskGrain.Runtime;
using TaskGrain.Training;

namespace TaskGrain.Tests.Lab.Demo;

public sealed class DemoRunTests
{
    [Fact]
    public void Goes_from_nothing_to_predictions_and_a_page_and_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string clip = TaskGrain.Tests.Video.FfmpegProgram.Clip(folder.File("mine.mp4"));
        DemoOptions options = Options(folder) with { Clip = clip };
        var notes = new List<string>();

        DemoReport first = DemoRun.Run(options, notes: new Collected(notes));
        string best = Path.Combine(options.Folder, "run", "best.safetensors");
        DateTime trained = File.GetLastWriteTimeUtc(best);
        DemoReport second = DemoRun.Run(options);

        Assert.NotEmpty(notes);
        Assert.Equal(12, first.Evaluation.Accuracies[0].Classes);
        Assert.NotEmpty(first.Evaluation.Captions);
        Assert.Equal(10, first.Samples.Count);
        Assert.Equal(first.Samples.Count, first.Samples.Select(s => s.Truth).Distinct().Count());
        Assert.Equal(4, first.Predictions.Count);
        Assert.Equal((clip, null), (first.Predictions[^1].File, first.Predictions[^1].Truth));
        Assert.All(first.Predictions.SkipLast(1), p => Assert.Contains(p.Truth!, DemoCategories.All));
        string page = File.ReadAllText(first.Page);
        Assert.Contains("mine.mp4", page, StringComparison.Ordinal);
        foreach (
            string file in new[] { "samples.png", "training.svg", "evaluation/confusion.png", "evaluation/report.json" }
        )
        {
            Assert.True(File.Exists(Path.Combine(options.Folder, file)), file);
        }

        // Nothing is generated or trained twice, and the result is the same.
        Assert.Equal(trained, File.GetLastWriteTimeUtc(best));
        Assert.Equal(Path.Combine(options.Folder, "model.safetensors"), second.Model);
        Assert.Equal(first.Evaluation.Accuracies, second.Evaluation.Accuracies);
        Assert.Equal(
            first.Evaluation.Results.Select(r => r with { Probability = null }),
            second.Evaluation.Results.Select(r => r with { Probability = null })
        );
        Assert.All(
            first.Evaluation.Results.Zip(second.Evaluation.Results),
            pair => Assert.Equal(pair.First.Probability!.Value, pair.Second.Probability!.Value, 1e-5)
        );
    }

    [Fact]
    public void A_folder_with_another_demo_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DemoRun.Run(Options(folder), cancel: stopped.Token));

        var fault = Assert.Throws<TaskGrainException>(() => DemoRun.Run(Options(folder) with { Seed = 2 }));

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

    private static DemoOptions Options(TemporaryFolder folder) =>
        new()
        {
            Folder = folder.File("demo"),
            Clips = 60,
            Preset = RunPreset.Micro,
            Machine = new MachineOptions
            {
                Device = "cpu",
                Threads = 1,
                Precision = Precision.Float32,
            },
        };

    private sealed class Collected(List<string> notes) : IProgress<string>
    {
        public void Report(string value) => notes.Add(value);
    }
}
