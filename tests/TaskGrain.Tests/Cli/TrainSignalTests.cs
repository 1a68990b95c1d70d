using System.Diagnostics;
using TaskGrain.Tests.Training;

namespace TaskGrain.Tests.Cli;

[Collection(nameof(TrainingCollection))]
public sealed class TrainSignalTests
{
    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("USR1")]
    public async Task A_signal_ends_a_training_with_a_checkpoint_to_go_on_from(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends a signal by the kill program");
        Assert.SkipWhen(signal == "HUP" && HangUpIsIgnored(), "started under nohup, which is to be respected");
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8, validation: 4);
        string run = folder.File("run");
        string last = Path.Combine(run, "last.safetensors");
        using Process process = TaskGrainProgram.Start(
            "train",
            "--store",
            folder.File("store"),
            "--out",
            run,
            "--preset",
            "micro",
            "--epochs",
            "100000"
        );
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        // The first checkpoint is written before the first step; the second of the first epochs' ends shows it running.
        using var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true };
        var running = new TaskCompletionSource();
        watcher.Created += (_, change) => Note(change.FullPath);
        watcher.Renamed += (_, change) => Note(change.FullPath);
        watcher.EnableRaisingEvents = true;
        if (File.Exists(Path.Combine(run, "best.safetensors")))
        {
            running.TrySetResult();
        }

        await Task.WhenAny(running.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.False(process.HasExited);
        DateTime before = File.GetLastWriteTimeUtc(last);
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("stopped with a checkpoint", await errors, StringComparison.Ordinal);
        Assert.True(File.GetLastWriteTimeUtc(last) > before);

        void Note(string path)
        {
            if (path.EndsWith("best.safetensors", StringComparison.Ordinal))
            {
                running.TrySetResult();
            }
        }
    }

    private static bool HangUpIsIgnored()
    {
        string mask = File.ReadLines("/proc/self/status")
            .Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 1) != 0;
    }
}
