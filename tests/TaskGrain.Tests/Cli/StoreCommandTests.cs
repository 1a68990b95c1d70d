namespace TaskGrain.Tests.Cli;

public sealed class StoreCommandTests
{
    [Fact]
    public void Parts_are_made_and_joined_from_the_command_line()
    {
        using var folder = new TemporaryFolder();
        string[] synth = ["synth", "kitchenware", "--clips", "3", "--size", "16", "--fps", "1", "--quiet"];
        foreach (string number in (string[])["1", "2"])
        {
            var (made, _, said) = InProcess.Run([.. synth, "--store", folder.File(number), "--shard", $"{number}/2"]);
            Assert.True(made == 0, said);
        }

        var (exit, output, errors) = InProcess.Run(
            "store",
            "merge",
            folder.File("1"),
            folder.File("2"),
            "--out",
            folder.File("store")
        );

        Assert.True(exit == 0, errors);
        Assert.Contains("store: 3 clips from 2 parts", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_videos_are_joined_by_the_same_command()
    {
        using var folder = new TemporaryFolder();
        foreach (string number in (string[])["1", "2"])
        {
            var (made, _, said) = InProcess.Run([
                "synth",
                "kitchenware",
                "--clips",
                "2",
                "--out",
                folder.File(number),
                "--shard",
                $"{number}/2",
            ]);
            Assert.True(made == 0, said);
        }

        var (exit, output, errors) = InProcess.Run([
            "store",
            "merge",
            folder.File("1"),
            folder.File("2"),
            "--out",
            folder.File("data"),
        ]);

        Assert.True(exit == 0, errors);
        Assert.Contains("data: 2 clips from 2 parts", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("data/2.webm")));
    }

    [Fact]
    public void A_shard_that_is_none_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        var (exit, _, errors) = InProcess.Run("synth", "something", "--store", folder.File("s"), "--shard", "3/2");
        Assert.Equal(2, exit);
        Assert.Contains("--shard 3/2: give a part", errors, StringComparison.Ordinal);
    }
}
