using System.Text;
using TaskGrain.Metrics;

namespace TaskGrain.Tests.Metrics;

public sealed class CocoCaptionFilesTests
{
    [Theory]
    [InlineData("[{\"image_id\":1,\"caption\":\"caf\u00e9\"}]")] // written as Latin-1
    [InlineData("[{\"image_id\":1,\"caption\":\"\\ud83d\"}]")] // half of a surrogate pair
    public void Text_that_is_not_UTF_8_is_named(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("references.json"), """{"annotations":[{"image_id":1,"caption":"a cup"}]}""");
        File.WriteAllBytes(folder.File("hypotheses.json"), Encoding.Latin1.GetBytes(json));

        var fault = Assert.Throws<TaskGrainException>(() =>
            CocoCaptionFiles.Read([folder.File("references.json")], folder.File("hypotheses.json"))
        );

        Assert.Contains("hypotheses.json, entry[0]: the text is not UTF-8", fault.Message, StringComparison.Ordinal);
    }
}
