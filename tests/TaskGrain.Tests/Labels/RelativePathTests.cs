using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("a.webm", false, false)]
    [InlineData("train/a b/c.webm", false, false)]
    [InlineData("a..b/..c/d...", false, false)]
    [InlineData("", true, true)]
    [InlineData("..", true, true)]
    [InlineData("../a.webm", true, true)]
    [InlineData("a/../../b.webm", true, true)]
    [InlineData("a/..", true, true)]
    [InlineData("/etc/passwd", true, true)]
    [InlineData("a\0.webm", true, true)]
    [InlineData(@"a\b.webm", false, false)]
    [InlineData(@"a\..\..\secret\s.webm", false, true)]
    [InlineData(@"\\server\share\s.webm", false, true)]
    [InlineData(@"\s.webm", false, true)]
    [InlineData("C:/s.webm", false, true)]
    [InlineData("c:s.webm", false, true)]
    [InlineData("12:30.webm", false, true)]
    [InlineData(".. /s.webm", false, true)]
    [InlineData(@"a\.. .\s.webm", false, true)]
    public void A_path_that_leads_out_is_told_by_each_systems_rules(string path, bool linux, bool windows)
    {
        Assert.Equal(linux, RelativePath.Leaves(path, windows: false));
        Assert.Equal(windows, RelativePath.Leaves(path, windows: true));
    }

    [Fact]
    public void A_record_that_leads_out_of_its_data_set_is_not_opened()
    {
        using var folder = new TemporaryFolder();
        var clip = new Annotation
        {
            Id = "1",
            Split = Split.Train,
            Media = "../secret.webm",
        };
        var data = new DataSet("a", Taxonomy.Flat(["a"]), [clip], folder: folder.Path);

        string message = Assert.Throws<TaskGrainException>(() => data.MediaPath(clip)).Message;

        Assert.Contains("'../secret.webm' leads out", message, StringComparison.Ordinal);
    }
}
