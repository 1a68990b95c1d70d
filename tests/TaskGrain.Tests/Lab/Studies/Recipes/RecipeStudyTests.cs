using TaskGrain.Lab.Studies.Recipes;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Transfer.Teaching;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Lab.Studies.Recipes;

/// <summary>The whole study with models that hardly learn and clips that any encoder tells apart.</summary>
public sealed class RecipeStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_that_was_stopped_goes_on_makes_nothing_twice_and_leaves_others_their_runs()
    {
        RecipeOptions options = Options();
        using (var stop = new CancellationTokenSource())
        {
            // After the first run, as Ctrl-C would.
            var study = new RecipeStudy(options, Out, notes: new Listener(_ => stop.Cancel()));
            Assert.ThrowsAny<OperationCanceledException>(() => study.Run(stop.Token));
        }

        Assert.Equal(["start_s1.json"], Measurements());
        byte[] first = File.ReadAllBytes(_folder.File("out/measurements/start_s1.json"));

        var rest = new RecipeStudy(options, Out);
        using (FolderLock.Take(_folder.File("out/locks/colours_s1"), "run of the study"))
        {
            // Another process makes this one.
            rest.Run(CancellationToken.None);
            Assert.Equal(["none_s1.json", "start_s1.json"], Measurements());
        }

        rest.Run(CancellationToken.None);

        Assert.Equal(["colours_s1.json", "none_s1.json", "start_s1.json"], Measurements());
        Assert.Equal(first, File.ReadAllBytes(_folder.File("out/measurements/start_s1.json")));
        Assert.Empty(Directory.GetDirectories(_folder.File("out/work")));
        Assert.All(
            rest.Measurements,
            one =>
            {
                // Two classes of three clips; those of the test split are not among them.
                Assert.Equal(4, one.Real.Count);
                Assert.All(one.Real, cell => Assert.Equal(6, cell.Tested));
                Assert.True(one.GeneratedTested > 0);
                Assert.InRange(one.Score, 0.8, 1);
            }
        );
        Assert.Equal(2, rest.Real.Origin("", "", default).LeftForTest);
    }

    [Fact]
    public void Models_that_are_there_are_measured_in_another_way_without_another_training()
    {
        RecipeOptions options = Options();
        var study = new RecipeStudy(options, Out);
        study.Run(CancellationToken.None);
        IReadOnlyList<RecipeMeasurement> first = study.Measurements;

        var again = new RecipeStudy(options with { Shots = [new(1)], Draws = 2 }, Out);
        Assert.Empty(again.Measurements);
        DateTime trained = File.GetLastWriteTimeUtc(_folder.File("out/models/colours_s1.safetensors"));
        again.Run(CancellationToken.None);

        Assert.Equal(trained, File.GetLastWriteTimeUtc(_folder.File("out/models/colours_s1.safetensors")));
        Assert.Equal(first.Select(one => one.GeneratedRight), again.Measurements.Select(one => one.GeneratedRight));
        Assert.All(
            again.Measurements,
            one => Assert.All(one.Real, cell => Assert.Equal((1, 2), (cell.Shots.Clips, cell.Right.Count)))
        );
        ColouredClips.Clip(_folder.File("clips/train/red/more.mp4"), colour: 0, seed: 77);
        Assert.Empty(new RecipeStudy(options with { Shots = [new(1)], Draws = 2 }, Out).Measurements);
    }

    [Fact]
    public void A_folder_that_was_begun_otherwise_is_refused()
    {
        RecipeOptions options = Options();
        _ = new RecipeStudy(options, Out);

        string Fault(RecipeOptions other) =>
            Assert.Throws<TaskGrainException>(() => new RecipeStudy(other, Out)).Message;

        Assert.Contains("clips '40', and '44'", Fault(options with { Clips = 44 }), StringComparison.Ordinal);
        Assert.Contains(
            "training.epochs=2",
            Fault(options with { Settings = ["training.epochs=2"] }),
            StringComparison.Ordinal
        );
        _ = new RecipeStudy(options with { Seeds = 2, Recipes = RecipeOptions.Parse("hands") }, Out);
    }

    private string Out => _folder.File("out");

    private string[] Measurements() =>
        [.. Directory.GetFiles(_folder.File("out/measurements")).Select(file => Path.GetFileName(file)).Order()];

    private RecipeOptions Options()
    {
        ColouredClips.Folder(_folder.File("clips/train"), classes: 2, clips: 3);
        Directory.CreateDirectory(_folder.File("clips/test/red"));
        Directory.CreateDirectory(_folder.File("clips/test/blue"));
        ColouredClips.Clip(_folder.File("clips/test/red/9.mp4"), colour: 0, seed: 9);
        ColouredClips.Clip(_folder.File("clips/test/blue/9.mp4"), colour: 1, seed: 10);
        return new RecipeOptions
        {
            Data = _folder.File("clips"),
            Recipes = RecipeOptions.Parse("colours"),
            Seeds = 1,
            Clips = 40,
            Categories = [.. Contrasts.Categories.Take(4)],
            Draws = 1,
            Shots = [new(2), ShotCount.Full],
            Classifiers = [ClassifierKind.Average],
            Preset = RunPreset.Micro,
            Settings = ["training.epochs=1", "training.batchSize=8"],
            Machine = ["machine.device=cpu", "machine.threads=1"],
        };
    }

    private sealed class Listener(Action<string> told) : IProgress<string>
    {
        public void Report(string value) => told(value);
    }
}
