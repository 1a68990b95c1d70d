using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class DataSetFileTests
{
    [Fact]
    public void A_saved_data_set_comes_back_whole()
    {
        using var folder = new V2Folder();
        folder.Train(
            Some.Record("1", Some.HoldingTemplate, "café \"crème\""),
            "bad",
            Some.Record("2", Some.HoldingTemplate, "cup").With("label", "other")
        );
        folder.Test(new { id = "3x" });
        folder.Video("3x");
        DataSet data = folder.Open();
        string file = Path.Combine(folder.Path, "dataset.json");
        data.Save(file);
        DataSet back = DataSet.Load(file);

        Assert.Equal(data.Name, back.Name);
        Assert.Equal(data.Folder, back.Folder);
        Assert.Equal(data.LeftOut, back.LeftOut);
        Assert.Equal(data.Annotations, back.Annotations);
        Assert.Equal(data.Problems, back.Problems);
        Assert.Equal(data.Taxonomy.Categories, back.Taxonomy.Categories);
        Assert.Equal(data.Taxonomy.CategoryGroups, back.Taxonomy.CategoryGroups);
    }

    [Theory]
    [InlineData("{}", "not a data set")]
    [InlineData("[1", "not a data set")]
    [InlineData(
        """{"taskgrainDataSet":9,"name":"a","taxonomy":{"categories":[],"groups":[],"categoryGroups":[]},"""
            + """ "leftOut":0,"problems":[],"annotations":[]}""",
        "format 9"
    )]
    [InlineData(
        """{"taskgrainDataSet":1,"name":"a","taxonomy":{"categories":["a"],"groups":["a"],"categoryGroups":[7]},"""
            + """ "leftOut":0,"problems":[],"annotations":[]}""",
        "not a data set"
    )]
    [InlineData(
        """{"taskgrainDataSet":1,"name":"a","taxonomy":{"categories":["a"],"groups":["a"],"categoryGroups":[0]},"""
            + """ "leftOut":0,"problems":[],"annotations":"""
            + """[{"id":"1","split":"train","category":5,"placeholders":[]}]}""",
        "category 5"
    )]
    [InlineData("""{"taskgrainDataSet":1,"nmae":"a"}""", "not a data set")]
    [InlineData(
        """{"taskgrainDataSet":1,"name":"a","taxonomy":{"categories":[null],"groups":["a"],"categoryGroups":[0]},"""
            + """ "leftOut":0,"problems":[],"annotations":[]}""",
        "not a data set"
    )]
    public void A_file_of_another_kind_is_refused_by_name(string content, string words)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("dataset.json"), content);
        string message = Assert.Throws<TaskGrainException>(() => DataSet.Load(folder.File("dataset.json"))).Message;
        Assert.Contains("dataset.json", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"id":"1","split":"train"},{"id":"2","split":"train"},{"id":"1","split":"test"}""",
        "clip 1 is there twice"
    )]
    [InlineData("""{"id":"1","split":"train"},null""", "annotation 2 is null")]
    [InlineData("""{"id":"","split":"train"}""", "annotation 1 is without an id")]
    [InlineData("""{"id":"1","split":"train","category":-2}""", "category -2")]
    [InlineData("""{"id":"1","split":"train","category":0,"placeholders":["a","b"]}""", "2 placeholders")]
    [InlineData("""{"id":"1","split":"train","category":0,"placeholders":[null]}""", "null")]
    [InlineData("""{"id":"1","split":"train","media":"../secret/s.webm"}""", "'../secret/s.webm', which leads out")]
    [InlineData("""{"id":"1","split":"train","media":"/etc/s.webm"}""", "'/etc/s.webm', which leads out")]
    public void A_record_that_cannot_be_is_named_with_its_value(string annotations, string words)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("dataset.json"), Content(0, annotations));
        string message = Assert.Throws<TaskGrainException>(() => DataSet.Load(folder.File("dataset.json"))).Message;
        Assert.StartsWith(folder.File("dataset.json"), message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_count_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("dataset.json"), Content(-1, ""));
        string message = Assert.Throws<TaskGrainException>(() => DataSet.Load(folder.File("dataset.json"))).Message;
        Assert.Contains("leftOut is -1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "no such file",
            Assert.Throws<TaskGrainException>(() => DataSet.Load(folder.File("dataset.json"))).Message,
            StringComparison.Ordinal
        );
    }

    private static string Content(int leftOut, string annotations) =>
        $$"""
            {"taskgrainDataSet":1,"name":"a",
            "taxonomy":{"categories":["Moving [something]"],"groups":["a"],"categoryGroups":[0]},
            "leftOut":{{leftOut}},"problems":[],"annotations":[{{annotations}}]}
            """;
}
