using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Training;
using TaskGrain.Training;

namespace TaskGrain.Tests.Cli;

[Collection(nameof(TrainingCollection))]
public sealed class TrainCommandTests
{
    private static readonly string[] Settings =
    [
        "granularity=captions",
        "training.epochs=5",
        "training.checkpointSteps=2",
        "clip.flip=true",
        "training.schedule.rule=plateau",
        "training.schedule.patience=0",
    ];

    /// <summary>
    /// The process is really killed (SIGKILL), wherever it happens to be: in a step, a checkpoint, a validation.
    /// </summary>
    [Fact]
    public void Killed_again_and_again_and_resumed_it_reaches_the_weights_of_an_undisturbed_run()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 24, validation: 8);
        Trainer.Run(TrainingRuns.Micro(folder, "undisturbed", Settings));

        string run = folder.File("run");
        string[] first =
        [
            "train",
            "--store",
            folder.File("store"),
            "--out",
            run,
            "--preset",
            "micro",
            "--resume",
            "--quiet",
            .. Settings.SelectMany(s => new[] { "--set", s }),
        ];
        Directory.CreateDirectory(run);
        foreach (int changes in new[] { 3, 17, 10, 29 })
        {
            Assert.True(
                Kill.AfterChanges(() => TaskGrainProgram.Start(first), run, changes),
                $"the run ended before it had changed its files {changes} times"
            );
        }

        var (exit, _, errors) = TaskGrainProgram.Run("train", "--out", run, "--resume");

        Assert.True(exit == 0, errors);
        TrainingRuns.AssertSame(folder.File("undisturbed"), run);
    }

    [Fact]
    public void A_run_on_drawn_clips_that_is_killed_goes_on_with_the_clips_it_would_have_had()
    {
        const string Clips = "synth:3,clips=12,validation=3,contrasts";
        string[] settings = ["training.epochs=2", "training.checkpointSteps=1", "training.loaderThreads=2"];
        using var folder = new TemporaryFolder();
        Trainer.Run(
            TrainingRuns.Micro(folder, "undisturbed", settings) with
            {
                Store = Clips,
                Generators = DrawnClips.Find,
            }
        );
        string run = folder.File("run");
        Directory.CreateDirectory(run);
        string[] first =
        [
            "train",
            "--data",
            Clips,
            "--out",
            run,
            "--preset",
            "micro",
            "--quiet",
            .. settings.SelectMany(s => new[] { "--set", s }),
        ];
        Assert.True(Kill.AfterChanges(() => TaskGrainProgram.Start(first), run, changes: 25), "the run ended before");
        Assert.True(CheckpointStore.HoldsRun(run), "the run was killed before its first checkpoint");

        // The run knows its clips by itself.
        string[] more = ["train", "--out", run, "--resume", "--set", "training.loaderThreads=5"];
        var (exit, _, errors) = TaskGrainProgram.Run(more);

        Assert.True(exit == 0, errors);
        TrainingRuns.AssertSame(folder.File("undisturbed"), run);
    }

    [Theory]
    [InlineData("names no generated clips: the seed is a whole number", "--data", "synth:x")]
    [InlineData("a data set is packed first (taskgrain pack", "--data", "videos")]
    [InlineData("name one of --store (packed clips) and --data", "--data", "synth:1", "--store", "store")]
    public void Data_that_is_not_the_generator_s_is_refused_from_the_line_alone(string reason, params string[] words)
    {
        using var folder = new TemporaryFolder();
        var (exit, output, errors) = InProcess.Run(["train", "--out", folder.File("run"), .. words]);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public void Json_is_all_there_is_on_standard_output()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 4);
        File.WriteAllText(folder.File("run.json"), """{ "preset": "micro", "training": { "epochs": 9 } }""");

        var (exit, output, errors) = TaskGrainProgram.Run(
            "train",
            "--store",
            folder.File("store"),
            "--out",
            folder.File("run"),
            "--config",
            folder.File("run.json"),
            "--granularity",
            "action-groups",
            "--architecture",
            "M(8-0)",
            "--epochs",
            "1",
            "--batch",
            "2",
            "--seed",
            "7",
            "--learning-rate",
            "1e-3",
            "--clip-gradients",
            "1",
            "--precision",
            "float32",
            "--device",
            "cpu",
            "--threads",
            "1",
            "--json",
            "--quiet"
        );

        Assert.Equal((0, ""), (exit, errors));
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("epochs").GetInt32());
        Assert.True(File.Exists(json.RootElement.GetProperty("bestModel").GetString()));
        RunConfiguration written = TrainingOrigin
            .Of(ModelFile.LoadDescription(folder.File("run/best.safetensors")))!
            .Configuration;
        Assert.Equal(
            (7UL, 2, 1e-3, 1.0),
            (
                written.Training.Seed,
                written.Training.BatchSize,
                written.Training.LearningRate,
                written.Training.ClipGradients
            )
        );
        Assert.Equal("M(8-0)", written.Model.Architecture.ToString());
    }

    [Theory]
    [InlineData(2, "needs a store to train on: --store FOLDER", "--preset", "micro")]
    [InlineData(2, "there is no preset 'huge'; there are micro, demo, study and paper", "--preset", "huge")]
    [InlineData(2, "no lambda; write a number such as 0.1", "--lambda", "much")]
    [InlineData(2, "unknown key 'training.epoch'; valid in 'training' are", "--set", "training.epoch=3")]
    [InlineData(2, "no granularity is called 'verbs'", "--granularity", "verbs")]
    [InlineData(1, "there is no such configuration file", "--config", "/nowhere/run.json")]
    [InlineData(1, "there is no frame store here", "--store", "/nowhere")]
    public void What_cannot_be_done_is_said_with_its_exit_code(int expected, string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var (exit, output, errors) = TaskGrainProgram.Run(["train", "--out", folder.File("run"), .. arguments]);

        Assert.Equal((expected, ""), (exit, output));
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("run")));
    }
}
