using System.Diagnostics;
using System.Globalization;

namespace TaskGrain.Tests.Cli;

public sealed class SynthSignalTests
{
    /// <summary>
    /// Ctrl-C, and a scheduler, signal all processes of a job: ffmpeg, too, which encodes the clip at hand and may be
    /// gone before the program knows that it is to stop.
    /// </summary>
    [Fact]
    public async Task A_signal_that_ends_ffmpeg_first_is_no_failure_of_its_encoding()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends a signal by the kill program");
        using var folder = new TemporaryFolder();
        using Process process = TaskGrainProgram.Start([
            "synth",
            "something",
            "--clips",
            "200",
            "--threads",
            "1",
            "--out",
            folder.File("data"),
        ]);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? encoder;
        do
        {
            Assert.False(process.HasExited, "it ended before it encoded");
            encoder = Encoder(process);
        } while (encoder is null);

        Process.Start("kill", ["-TERM", encoder]).WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{encoder}"), TimeSpan.FromMinutes(1)));
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith("taskgrain: stopped.", (await errors).Trim(), StringComparison.Ordinal);
        Assert.Equal(130, process.ExitCode);
    }

    /// <summary>The ffmpeg that a process has started; null while there is none.</summary>
    private static string? Encoder(Process process)
    {
        try
        {
            return Directory
                .EnumerateDirectories($"/proc/{process.Id}/task")
                .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' '))
                .FirstOrDefault(child =>
                    int.TryParse(child, CultureInfo.InvariantCulture, out _)
                    && File.ReadAllText($"/proc/{child}/comm").Trim() == "ffmpeg"
                );
        }
        catch (IOException)
        {
            // A thread or a child that ended while it was looked at.
            return null;
        }
    }
}
