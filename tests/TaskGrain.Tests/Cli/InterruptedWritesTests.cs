using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Tests.Cli;

/// <summary>Full disks and kills: what is written is whole, and the same command goes on to the same end.</summary>
public sealed class InterruptedWritesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string[] Extract =>
        [
            "extract",
            "--model",
            TestData.File("formats-1/run/best.safetensors"),
            "--store",
            TestData.File("formats-1/store"),
            "--rate",
            "3",
            "--precision",
            "float32",
            "--out",
        ];

    private static string[] Transfer =>
        [
            "transfer",
            "--sources",
            "base=" + TestData.File("formats-1/features"),
            "--target",
            TestData.File("formats-1/store"),
            "--shots",
            "1",
            "2",
            "--classifiers",
            "logistic",
            "--runs",
            "4",
            "--quiet",
            "--out",
        ];

    private static string[] Synth =>
        ["synth", "something", "--clips", "6", "--size", "24", "--fps", "2", "--threads", "1", "--quiet", "--store"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_frame_store_on_a_full_disk_keeps_whole_clips_and_goes_on()
    {
        Assert.Equal(0, TaskGrainProgram.Run([.. Synth, _folder.File("whole")]).ExitCode);

        (int exit, string errors) = TaskGrainProgram.RunOnFullDisk(60, [.. Synth, _folder.File("store")]);

        AssertOneLine(exit, errors);
        using (FrameStore partial = FrameStore.Open(_folder.File("store")))
        {
            Assert.InRange(partial.Count, 1, 5);
            Assert.Empty(partial.Verify());
        }

        Assert.Equal(0, TaskGrainProgram.Run([.. Synth, _folder.File("store")]).ExitCode);
        AssertSame("frames-00000.bin", "index.bin");
    }

    [Fact]
    public void Features_on_a_full_disk_are_whole_clips_and_go_on()
    {
        Assert.Equal(0, TaskGrainProgram.Run([.. Extract, _folder.File("whole")]).ExitCode);

        // The 2,048th byte lies in the middle of the sixth clip's vectors.
        (int exit, string errors) = TaskGrainProgram.RunOnFullDisk(2, [.. Extract, _folder.File("store"), "--quiet"]);

        AssertOneLine(exit, errors);
        using (FeatureStore partial = FeatureStore.Open(_folder.File("store")))
        {
            Assert.Equal(["2", "4", "5", "8", "6"], partial.Entries.Select(entry => entry.Id));
            Assert.Equal(14, partial.Read(4).Steps);
        }

        Assert.Equal(0, TaskGrainProgram.Run([.. Extract, _folder.File("store"), "--resume"]).ExitCode);
        AssertSame("index.jsonl", "vectors.bin");
    }

    [Fact]
    public void A_benchmark_on_a_full_disk_keeps_whole_cells_and_goes_on()
    {
        Assert.Equal(0, TaskGrainProgram.Run([.. Transfer, _folder.File("whole")]).ExitCode);

        (int exit, string errors) = TaskGrainProgram.RunOnFullDisk(1, [.. Transfer, _folder.File("store")]);

        AssertOneLine(exit, errors);
        string[] partial = File.ReadAllLines(_folder.File("store/cells.jsonl"));
        Assert.InRange(partial.Length, 1, 4);
        Assert.All(partial, line => Assert.EndsWith("}", line));

        Assert.Equal(0, TaskGrainProgram.Run([.. Transfer, _folder.File("store"), "--resume"]).ExitCode);
        Assert.Equal(partial, File.ReadAllLines(_folder.File("store/cells.jsonl"))[..partial.Length]);
        AssertSame("transfer.json");
    }

    [Fact]
    public void A_set_killed_while_it_is_rendered_ends_as_one_that_was_not()
    {
        string[] synth = ["synth", "something", "--size", "24", "--fps", "2", "--threads", "2", "--quiet"];
        Run([.. synth, "--clips", "40", "--store", _folder.File("whole")]);

        // Some clips are committed before, so that the killed run has something to begin after.
        Run([.. synth, "--clips", "6", "--store", _folder.File("store")]);
        string[] more = [.. synth, "--clips", "40", "--store", _folder.File("store")];
        Assert.True(
            Tests.Cli.Kill.AfterChanges(() => TaskGrainProgram.Start(more), _folder.File("store"), changes: 12),
            "the program ended before it was killed"
        );
        using (FrameStore partial = FrameStore.Open(_folder.File("store")))
        {
            Assert.InRange(partial.Count, 6, 39);
            Assert.Empty(partial.Verify());
        }

        Run(more);
        AssertSame("frames-00000.bin", "index.bin", "generator.json");
    }

    /// <summary>The real thing: the programs, killed with -9 wherever they are, then run to their ends.</summary>
    [Fact]
    public void Extraction_and_benchmark_killed_at_any_moment_go_on()
    {
        string model = _folder.File("model.safetensors");
        using (VideoModel tiny = TinyModels.Create())
        {
            ModelFile.Save(model, tiny);
        }

        string clips = _folder.File("clips");
        string features = _folder.File("features");
        string cells = _folder.File("transfer/cells.jsonl");
        Run(["synth", "something", "--clips", "60", "--size", "64", "--contrasts", "--store", clips]);
        string[] extract = ["extract", "--model", model, "--store", clips, "--out", features, "--resume", "--quiet"];
        int before = 0;
        foreach (int milliseconds in (int[])[900, 1500, 2100])
        {
            Kill(extract, milliseconds);
            if (FeatureStore.Exists(features))
            {
                before = CheckFeatures(features, before);
            }
        }

        Run(extract);
        Assert.Equal(60, CheckFeatures(features, before));

        string[] transfer =
        [
            "transfer",
            "--sources",
            $"tiny={features}",
            "--target",
            clips,
            "--out",
            _folder.File("transfer"),
            "--classifiers",
            "logistic",
            "mlp",
            "--shots",
            "1",
            "--runs",
            "8",
            "--resume",
            "--quiet",
        ];
        before = 0;
        foreach (int milliseconds in (int[])[1000, 1600])
        {
            Kill(transfer, milliseconds);
            if (File.Exists(cells))
            {
                before = CheckCells(cells, before);
            }
        }

        Run(transfer);
        Assert.Equal(16, CheckCells(cells, before));
    }

    private static int CheckFeatures(string folder, int before)
    {
        using FeatureStore store = FeatureStore.Open(folder);
        Assert.True(store.Entries.Count >= before);
        Assert.All(Enumerable.Range(0, store.Entries.Count), i => store.Read(i));
        return store.Entries.Count;
    }

    private static int CheckCells(string path, int before)
    {
        using var log = new CellLog(path);
        Assert.True(log.Count >= before);
        return log.Count;
    }

    private static void Run(string[] arguments)
    {
        var (exit, _, errors) = TaskGrainProgram.Run(arguments);
        Assert.True(exit == 0, errors);
    }

    private static void Kill(string[] arguments, int milliseconds)
    {
        using Process process = TaskGrainProgram.Start(arguments);
        process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private static void AssertOneLine(int exit, string errors)
    {
        Assert.Equal(1, exit);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("taskgrain: ", line);
        Assert.DoesNotContain("fault of the program", line);
    }

    private void AssertSame(params string[] names) =>
        Assert.All(
            names,
            name =>
                Assert.Equal(
                    File.ReadAllBytes(_folder.File($"whole/{name}")),
                    File.ReadAllBytes(_folder.File($"store/{name}"))
                )
        );
}
