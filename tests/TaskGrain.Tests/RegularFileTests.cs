using System.Diagnostics;
using TaskGrain.Metrics;
using TaskGrain.Models;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Tests;

public sealed class RegularFileTests
{
    [Fact]
    public void Pipes_and_devices_are_told_from_files_and_folders()
    {
        using var folder = new TemporaryFolder();
        Pipe(folder.File("pipe"));
        File.WriteAllText(folder.File("empty"), "");
        File.CreateSymbolicLink(folder.File("link"), folder.File("pipe"));
        File.CreateSymbolicLink(folder.File("loop"), folder.File("loop"));

        Assert.Equal(
            [true, true, true, false, false, false, false, false],
            new[] { "pipe", "link", "/dev/zero", "empty", ".", "none", "loop", "" }.Select(name =>
                RegularFile.IsSpecial(name.Length == 0 ? "" : folder.File(name))
            )
        );
    }

    public static TheoryData<string, Action<string>> Readers =>
        new()
        {
            { "a model", path => ModelFile.LoadDescription(path) },
            { "a video", path => VideoReader.Read(path, FrameFormat.Paper) },
            { "a configuration", path => new ConfigurationLayers().WithFile(path) },
            { "captions", path => CaptionCorpus.Read([path], path) },
            { "captions in JSON", path => CaptionCorpus.Read([path + ".json"], path + ".json") },
            { "a vocabulary", path => TaskGrain.Labels.Vocabulary.ReadWords(path) },
            { "paraphrases", path => ParaphraseTable.Load(path) },
        };

    [Theory]
    [MemberData(nameof(Readers), DisableDiscoveryEnumeration = true)]
    public void A_pipe_is_refused_where_a_file_is_read(string what, Action<string> read)
    {
        using var folder = new TemporaryFolder();
        Pipe(folder.File("pipe"));
        Pipe(folder.File("pipe.json"));

        var fault = Assert.Throws<TaskGrainException>(() => read(folder.File("pipe")));

        Assert.True(
            fault.Message.Contains("is not a regular file", StringComparison.Ordinal),
            $"{what}: {fault.Message}"
        );
    }

    private static void Pipe(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are made with mkfifo, and told apart on Linux");
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
