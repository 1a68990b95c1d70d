namespace TaskGrain.Tests.Cli;

public sealed class ReproduceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_runs_with_nothing_but_its_size_given_and_writes_its_page()
    {
        string page = _folder.File("pages/precision.md");

        var (exit, output, errors) = TaskGrainProgram.Run(
            "reproduce",
            "precision",
            "--out",
            _folder.File("studies"),
            "--page",
            page,
            "--quiet",
            "--demo-categories",
            "--preset",
            "micro",
            "--clips",
            "100",
            "--repeats",
            "1",
            "--set",
            "training.epochs=1",
            "--set",
            "machine.threads=1"
        );

        Assert.True(exit == 0, errors);
        Assert.Equal(page, output.Trim());
        Assert.Contains("reproduce precision --out", File.ReadAllText(page), StringComparison.Ordinal);
    }

    // 20 clips are refused before anything is made, in words about clips and nothing else: the defaults are sound.
    [Theory]
    [InlineData("generator")]
    [InlineData("captions")]
    [InlineData("transfer")]
    [InlineData("precision")]
    public void The_defaults_of_every_study_are_sound(string study)
    {
        var (exit, _, errors) = TaskGrainProgram.Run(
            "reproduce",
            study,
            "--out",
            _folder.File("studies"),
            "--clips",
            "20",
            "--quiet"
        );

        Assert.Equal(2, exit);
        Assert.Equal("taskgrain: study: a study on 20 clips decides nothing; take at least 100.", errors.Trim());
        Assert.False(Directory.Exists(_folder.File("studies")));
    }

    [Fact]
    public void Two_sets_of_categories_are_wrong_usage() =>
        Assert.Equal(
            2,
            TaskGrainProgram
                .Run("reproduce", "captions", "--out", _folder.Path, "--contrasts", "--demo-categories")
                .ExitCode
        );
}
