namespace TaskGrain.Tests.Layout;

/// <summary>What no formatter holds: a formatter leaves strings and comments alone.</summary>
public sealed class SourceFilesTests
{
    private const int LongestLine = 120;

    [Fact]
    public void No_line_of_a_source_file_is_longer_than_120_characters()
    {
        string? root = TestData.SourceRoot();
        Assert.SkipWhen(root is null, "the sources are not on this machine");
        string[] files =
        [
            .. new[] { "src", "tests", "tools" }.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(root!, folder), "*.cs", SearchOption.AllDirectories)
            ),
        ];

        Assert.True(files.Length > 300, $"only {files.Length} source files under {root}");
        Assert.Empty(
            from file in files
            from line in File.ReadLines(file).Index()
            where line.Item.Length > LongestLine
            select $"{Path.GetRelativePath(root!, file)}:{line.Index + 1} has {line.Item.Length} characters"
        );
    }
}
