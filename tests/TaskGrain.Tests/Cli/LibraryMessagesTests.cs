using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace TaskGrain.Tests.Cli;

public sealed partial class LibraryMessagesTests
{
    /// <summary>
    /// Who uses the library from C# has no command line: its messages name values and properties, and the command line
    /// names its options itself.
    /// </summary>
    [Theory]
    [InlineData("TaskGrain.dll", 1000)]
    [InlineData("TaskGrain.Metrics.dll", 100)]
    [InlineData("TaskGrain.Synthesis.dll", 100)]
    public void No_text_of_the_library_names_an_option(string assembly, int leastTexts)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly));
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        var texts = new List<string>();
        UserStringHandle at = MetadataTokens.UserStringHandle(1);
        while (!at.IsNil)
        {
            texts.Add(metadata.GetUserString(at));
            at = metadata.GetNextHandle(at);
        }

        Assert.True(texts.Count >= leastTexts, $"{texts.Count} texts were found");
        Assert.DoesNotContain(texts, text => AnOption().IsMatch(text));
    }

    [GeneratedRegex(@"(^|[\s(])--[a-z]")]
    private static partial Regex AnOption();
}
