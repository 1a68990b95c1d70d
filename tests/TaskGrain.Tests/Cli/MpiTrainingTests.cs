using System.Diagnostics;
using System.Globalization;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Training;
using TaskGrain.Training;

namespace TaskGrain.Tests.Cli;

/// <summary>The program under <c>mpirun</c>: processes, Open MPI, signals.</summary>
[Collection(nameof(TrainingCollection))]
public sealed class MpiTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_processes_train_what_one_does_and_a_killed_one_ends_the_run_which_goes_on_with_three()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "several ranks are supported on Linux");
        Assert.SkipUnless(HasMpi(), "there is no mpirun (Debian: openmpi-bin)");
        TinyWorld.Write(_folder.File("store"), training: 8, validation: 4);
        string[] settings = ["training.epochs=2", "model.dropout=0", "machine.precision=float32"];
        Trainer.Run(TrainingRuns.Micro(_folder, "alone", settings));

        // More epochs than it will be given, and killed when the first has left its mark.
        string[] store = ["--store", _folder.File("store")];
        using (Process run = Start(2, "ranks", [.. store, "--epochs", "100000"]))
        {
            Task<string> said = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> told = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            using Process rank = LastRank(Wait(run, _folder.File("ranks/best.safetensors")));
            rank.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(run.ExitCode != 0, await said + await told);
        }

        TrainingState killed = CheckpointStore.ReadState(_folder.File("ranks/last.safetensors"));
        Assert.True(killed.TotalSteps >= 2);
        using (Process rest = Start(3, "ranks", [.. store, "--epochs", $"{killed.Epoch + 1}", "--resume"]))
        {
            Task<string> said = rest.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string told = await rest.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await rest.WaitForExitAsync(TestContext.Current.CancellationToken);
            string messages = await said;
            Assert.True(rest.ExitCode == 0, messages);
            Assert.Contains("3 ranks, 3 of them on this machine", messages, StringComparison.Ordinal);
            Assert.Single(told.Split('\n'), line => line.Contains("ended: all epochs done", StringComparison.Ordinal));
        }

        IReadOnlyList<EpochReport> history = HistoryFiles.Read(_folder.File("ranks"));
        Assert.Equal(killed.Epoch + 1, history.Count);
        Assert.Equal(2 * history.Count, history[^1].Steps);

        // What was learnt before the kill is what one process learns.
        EpochReport alone = HistoryFiles.Read(_folder.File("alone"))[0];
        Assert.Equal(alone.Loss, history[0].Loss, 1e-3);
        Assert.Equal(alone.Validation.ClassLoss!.Value, history[0].Validation.ClassLoss!.Value, 1e-2);
    }

    /// <summary>What a batch job is warned with, on clips that every rank draws for itself.</summary>
    [Fact]
    public async Task The_signal_that_mpirun_hands_on_stops_all_ranks_with_a_checkpoint_to_go_on_from()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "several ranks are supported on Linux");
        Assert.SkipUnless(HasMpi(), "there is no mpirun (Debian: openmpi-bin)");
        const string Clips = "synth:3,clips=8,validation=2,contrasts";
        string messages;
        using (Process run = Start(2, "ranks", "--data", Clips, "--epochs", "100000"))
        {
            Task<string> said = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> told = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Wait(run, _folder.File("ranks/best.safetensors"));
            Process.Start("kill", ["-USR1", $"{run.Id}"]).WaitForExit();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            messages = await said;
            Assert.True(run.ExitCode == 130, messages + await told);
        }

        Assert.Contains("stopped with a checkpoint", messages, StringComparison.Ordinal);
        TrainingState stopped = CheckpointStore.ReadState(_folder.File("ranks/last.safetensors"));
        Assert.True(stopped.TotalSteps >= 2);
        TrainingRequest rest = TrainingRuns.Micro(_folder, "ranks") with
        {
            Store = null,
            Resume = true,
            Generators = DrawnClips.Find,
            Configuration = new ConfigurationLayers().WithSetting($"training.epochs={stopped.Epoch + 1}"),
        };
        TrainingResult ended = Trainer.Run(rest);
        Assert.Equal(2 * (stopped.Epoch + 1), ended.Steps);
    }

    private Process Start(int ranks, string output, params string[] more)
    {
        var start = new ProcessStartInfo("mpirun")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // As root, as in a container, mpirun wants to be told twice.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        string[] words =
        [
            "--oversubscribe",
            "-n",
            ranks.ToString(CultureInfo.InvariantCulture),
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "TaskGrain.Cli.dll"),
            "train",
            "--out",
            _folder.File(output),
            .. more.Contains("--resume") ? Array.Empty<string>() : ["--preset", "micro", "--set", "model.dropout=0"],
            "--precision",
            "float32",
            "--threads",
            "1",
            .. more,
        ];
        Array.ForEach(words, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    /// <summary>Waits for a file of a run; the run must not end before.</summary>
    private static Process Wait(Process run, string file)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!)
        {
            IncludeSubdirectories = true,
        };
        using var there = new ManualResetEventSlim();
        void Look(object sender, FileSystemEventArgs change)
        {
            if (change.FullPath == file)
            {
                there.Set();
            }
        }

        watcher.Created += Look;
        watcher.Renamed += Look;
        watcher.EnableRaisingEvents = true;
        run.EnableRaisingEvents = true;
        run.Exited += (_, _) => there.Set();
        if (!File.Exists(file) && !run.HasExited)
        {
            there.Wait();
        }

        Assert.True(File.Exists(file), "the run ended before its first epoch did");
        return run;
    }

    /// <summary>The last of mpirun's children.</summary>
    private static Process LastRank(Process mpirun)
    {
        string children = File.ReadAllText($"/proc/{mpirun.Id}/task/{mpirun.Id}/children");
        string last = children.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        return Process.GetProcessById(int.Parse(last, CultureInfo.InvariantCulture));
    }

    private static bool HasMpi() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "mpirun")));
}
