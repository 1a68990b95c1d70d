using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Tests.Video;
using TaskGrain.Video;

namespace TaskGrain.Tests.Cli;

public sealed class PackCommandTests
{
    [Fact]
    public void A_folder_of_classes_is_packed_checked_and_added_to()
    {
        using var folder = new TemporaryFolder();
        Data(folder);
        File.WriteAllText(folder.File("data/pushing/broken.webm"), "no video");
        string[] pack = ["pack", "--data", folder.File("data"), "--store", folder.File("store"), "--size", "32"];

        var (exit, output, errors) = TaskGrainProgram.Run([.. pack, "--json"]);

        Assert.True(exit == 0, errors);
        Assert.Contains("broken.webm: not a video file", errors, StringComparison.Ordinal);
        using (JsonDocument report = JsonDocument.Parse(output))
        {
            Assert.Equal(4, report.RootElement.GetProperty("added").GetInt32());
            Assert.Equal(
                "pushing/broken.webm",
                report.RootElement.GetProperty("failures")[0].GetProperty("id").GetString()
            );
        }

        using (LabelledStore store = LabelledStore.Open(folder.File("store")))
        {
            Assert.Equal(new FrameFormat(32, 32, 12), store.Frames.Format);
            Assert.Equal(
                4,
                store.DataSet.Annotations.Count(annotation => store.Frames.TryIndexOf(annotation.Id, out _))
            );
        }

        (exit, output, errors) = TaskGrainProgram.Run([.. pack, "--verify", "--quiet"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("0 added, 4 there before, 1 failed", output, StringComparison.Ordinal);
        Assert.Contains("4 clips, 0 damaged", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_names_the_clip_with_a_flipped_byte_and_fails()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.File("store"), 4).Dispose();
        string shard = folder.File("store/frames-00000.bin");
        byte[] bytes = File.ReadAllBytes(shard);
        bytes[SomeFrames.Format.BytesPerFrame * 4] ^= 1;
        File.WriteAllBytes(shard, bytes);

        var (exit, output, _) = TaskGrainProgram.Run("pack", "--verify", "--store", folder.File("store"));

        Assert.Equal(1, exit);
        Assert.Contains("'clip1' is damaged", output, StringComparison.Ordinal);
        Assert.Contains("4 clips, 1 damaged", output, StringComparison.Ordinal);

        (exit, output, _) = TaskGrainProgram.Run("pack", "--verify", "--store", folder.File("store"), "--json");
        Assert.Equal(1, exit);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal("clip1", report.RootElement.GetProperty("problems")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void Wrong_usage_and_bad_input_have_their_exit_codes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, TaskGrainProgram.Run("pack", "--store", folder.File("store")).ExitCode);
        Assert.Equal(2, TaskGrainProgram.Run("pack", "--data", folder.Path).ExitCode);

        var (exit, _, errors) = TaskGrainProgram.Run("pack", "--verify", "--store", folder.File("none"));
        Assert.Equal(1, exit);
        Assert.Contains("no frame store", errors, StringComparison.Ordinal);

        Data(folder);
        (exit, _, errors) = TaskGrainProgram.Run(
            "pack",
            "--data",
            folder.File("data"),
            "--store",
            folder.File("store"),
            "--jpeg",
            "0"
        );
        Assert.Equal(2, exit);
        Assert.Contains("--jpeg 0: give a whole number from 1 to 100", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("store")));
    }

    private static void Data(TemporaryFolder folder)
    {
        foreach (string kind in (string[])["poking", "pushing"])
        {
            Directory.CreateDirectory(folder.File($"data/{kind}"));
            FfmpegProgram.Clip(folder.File($"data/{kind}/a.webm"), "12", "0.5", "-c:v", "libvpx");
            File.Copy(folder.File($"data/{kind}/a.webm"), folder.File($"data/{kind}/b.webm"));
        }
    }
}
