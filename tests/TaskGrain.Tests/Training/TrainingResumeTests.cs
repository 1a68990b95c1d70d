using TaskGrain.Training;
using static TaskGrain.Tests.Training.TrainingRuns;

namespace TaskGrain.Tests.Training;

/// <summary>Runs that are stopped, killed or finished, and go on.</summary>
[Collection(nameof(TrainingCollection))]
public sealed class TrainingResumeTests
{
    [Fact]
    public void Stopped_after_any_step_and_resumed_it_reaches_the_weights_of_an_undisturbed_run()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 10, validation: 4);
        string[] settings =
        [
            "granularity=simplified-captions",
            "training.epochs=3",
            "training.schedule.rule=plateau",
            "training.schedule.patience=0",
            "training.schedule.threshold=0.5",
            "training.weightDecay=0.01",
            "training.clipGradients=1",
            "training.maskPadding=true",
        ];
        Trainer.Run(Micro(folder, "undisturbed", settings));

        foreach (int stopAfter in new[] { 1, 2, 3, 5, 8 })
        {
            string run = $"stopped{stopAfter}";
            using var stop = new CancellationTokenSource();
            int steps = 0;
            var observer = new TrainingObserver
            {
                Steps = new Immediate<StepReport>(_ =>
                {
                    if (++steps == stopAfter)
                    {
                        stop.Cancel();
                    }
                }),
            };
            Assert.ThrowsAny<OperationCanceledException>(() =>
                Trainer.Run(Micro(folder, run, settings), observer, stop.Token)
            );
            Assert.Equal(stopAfter, steps);

            Trainer.Run(new TrainingRequest { Out = folder.File(run), Resume = true });

            AssertSame(folder.File("undisturbed"), folder.File(run));
        }
    }

    [Fact]
    public void Resuming_a_finished_run_changes_nothing_and_more_epochs_go_on()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        Trainer.Run(Micro(folder, "long", "training.epochs=3"));
        Trainer.Run(Micro(folder, "short", "training.epochs=2"));
        Dictionary<string, byte[]> before = LastTensors(folder.File("short"));

        TrainingResult again = Trainer.Run(Micro(folder, "short", "training.epochs=2") with { Resume = true });
        Assert.Equal("all epochs done", again.Ended);
        Assert.Equal(before, LastTensors(folder.File("short")));

        Trainer.Run(Micro(folder, "short", "training.epochs=3") with { Resume = true });
        AssertSame(folder.File("long"), folder.File("short"));
    }

    [Fact]
    public void A_run_is_not_overwritten_nor_resumed_as_another()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        Trainer.Run(Micro(folder, "run", "training.epochs=1"));

        Assert.Contains(
            "holds a run already; resume it",
            Message(Micro(folder, "run", "training.epochs=1")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "training.batchSize was 4 and would be 2",
            Message(Micro(folder, "run", "training.batchSize=2") with { Resume = true }),
            StringComparison.Ordinal
        );
        Directory.Delete(folder.File("store"), recursive: true);
        TinyWorld.Write(folder.File("store"), training: 12);
        Assert.Contains(
            "its clips or their labels are not those",
            Message(Micro(folder, "run") with { Resume = true }),
            StringComparison.Ordinal
        );

        static string Message(TrainingRequest request) =>
            Assert.Throws<TaskGrainException>(() => Trainer.Run(request)).Message;
    }

    [Fact]
    public void Resuming_before_the_first_checkpoint_starts_from_the_beginning()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        Directory.CreateDirectory(folder.File("run"));
        File.WriteAllText(folder.File("run/last.safetensors.123-0123456789abcdef0123456789abcdef.tmp"), "half-written");
        File.WriteAllText(folder.File("run/notes.tmp"), "somebody's");

        Trainer.Run(Micro(folder, "run", "training.epochs=1") with { Resume = true });

        Assert.True(File.Exists(folder.File("run/last.safetensors")));
        Assert.Equal(
            ["notes.tmp"],
            Directory.GetFiles(folder.File("run"), "*.tmp").Select(file => Path.GetFileName(file))
        );
    }

    [Fact]
    public void A_run_killed_in_its_first_step_goes_on_as_the_run_it_was()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        string[] settings = ["granularity=simplified-captions", "training.epochs=1", "training.seed=7"];
        bool copied = false;
        var observer = new TrainingObserver
        {
            // What lies on the disk after the first step is what a kill would leave.
            Steps = new Immediate<StepReport>(_ =>
            {
                if (!copied)
                {
                    Directory.CreateDirectory(folder.File("killed"));
                    foreach (string name in new[] { "last.safetensors", "config.json" })
                    {
                        File.Copy(folder.File($"run/{name}"), folder.File($"killed/{name}"));
                    }

                    copied = true;
                }
            }),
        };
        Trainer.Run(Micro(folder, "run", settings), observer);

        Trainer.Run(new TrainingRequest { Out = folder.File("killed"), Resume = true });

        AssertSame(folder.File("run"), folder.File("killed"));
    }
}
