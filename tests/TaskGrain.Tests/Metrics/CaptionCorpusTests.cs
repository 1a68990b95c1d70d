using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class CaptionCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_files_hold_one_caption_a_line()
    {
        CaptionCorpus corpus = CaptionCorpus.Read(
            [Write("a.txt", "a cup\r\ntwo\tzwei\r\n\r\n"), Write("b.txt", "the cup\n2\nnothing")],
            Write("h.txt", "\uFEFFcup\n[Something] two\n\n")
        );
        Assert.Equal(["1", "2", "3"], corpus.Ids);
        Assert.Equal(["cup", "[Something] two", ""], corpus.Hypotheses);
        Assert.Equal(
            [
                ["a cup", "the cup"],
                ["two", "zwei", "2"],
                ["", "nothing"],
            ],
            corpus.References
        );
    }

    [Fact]
    public void COCO_files_are_joined_by_image()
    {
        string references = Write(
            "r.json",
            """{"info":{},"images":[{"id":7}],"annotations":[{"id":1,"image_id":7,"caption":"a cup"},"""
                + """{"id":2,"image_id":"x","caption":"pen"},{"id":3,"image_id":7,"caption":"cup"}]}"""
        );
        CaptionCorpus corpus = CaptionCorpus.Read(
            [references],
            Write("h.json", """[{"image_id":"x","caption":"a pen"},{"image_id":7,"caption":"the cup","score":1}]""")
        );
        Assert.Equal(["x", "7"], corpus.Ids);
        Assert.Equal(["a pen", "the cup"], corpus.Hypotheses);
        Assert.Equal(
            [
                ["pen"],
                ["a cup", "cup"],
            ],
            corpus.References
        );
    }

    [Theory]
    [InlineData("r.txt", "one\n", "h.txt", "one\ntwo\n", "has 1 lines", "has 2")]
    [InlineData("r.txt", "", "h.txt", "", "h.txt: the file is empty")]
    [InlineData("r.json", "{}", "h.txt", "one", "one is COCO JSON", "r.json")]
    [InlineData("r.json", "{\"annotations\":[\n{]}", "h.json", "[]", "r.json, line 2, byte 2: not JSON")]
    [InlineData(
        "r.json",
        "{\"annotation\":[]}",
        "h.json",
        "[]",
        "r.json: expected {\"annotations\"",
        "found an object with annotation"
    )]
    [InlineData(
        "r.json",
        "{\"annotations\":[{\"image_id\":1}]}",
        "h.json",
        "[]",
        "r.json, annotations[0]: caption (text) is missing"
    )]
    [InlineData("r.json", "{\"annotations\":[]}", "h.json", "[]", "h.json: there is no caption")]
    [InlineData("r.json", "{\"annotations\":[]}", "h.json", "{}", "h.json: expected [{\"image_id\"")]
    [InlineData(
        "r.json",
        "{\"annotations\":[{\"image_id\":1,\"caption\":\"a\"}]}",
        "h.json",
        "[]",
        "no caption for 1 of 1 images",
        "such as 1"
    )]
    [InlineData(
        "r.json",
        "{\"annotations\":[{\"image_id\":1,\"caption\":\"a\"}]}",
        "h.json",
        "[{\"image_id\":2,\"caption\":\"a\"}]",
        "h.json, entry[0]: image 2 has no reference"
    )]
    [InlineData(
        "r.json",
        "{\"annotations\":[{\"image_id\":1,\"caption\":\"a\"}]}",
        "h.json",
        "[{\"image_id\":1,\"caption\":\"a\"},{\"image_id\":1,\"caption\":\"b\"}]",
        "h.json, entry[1]: image 1 has a caption already"
    )]
    [InlineData(
        "r.json",
        "{\"annotations\":[{\"image_id\":1,\"caption\":\"a\"}]}",
        "h.json",
        "[7]",
        "h.json, entry[0]: image_id (a number or text) is missing"
    )]
    public void What_does_not_fit_is_named_with_its_place(
        string referenceFile,
        string references,
        string hypothesisFile,
        string hypotheses,
        params string[] said
    )
    {
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            CaptionCorpus.Read([Write(referenceFile, references)], Write(hypothesisFile, hypotheses))
        );
        Assert.All(said, words => Assert.Contains(words, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_and_missing_files_are_named()
    {
        string latin = _folder.File("latin.txt");
        File.WriteAllBytes(latin, [(byte)'a', (byte)'\n', 0xE9, (byte)'\n']);
        Assert.Contains("latin.txt, line 2: not UTF-8", Fault(latin), StringComparison.Ordinal);
        Assert.Contains("absent.txt", Fault(_folder.File("absent.txt")), StringComparison.Ordinal);
        Assert.Contains("absent.json", Fault(_folder.File("absent.json")), StringComparison.Ordinal);

        string Fault(string file) => Assert.Throws<TaskGrainException>(() => CaptionCorpus.Read([file], file)).Message;
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
