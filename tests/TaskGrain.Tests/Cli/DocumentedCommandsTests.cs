using System.CommandLine;
using System.Text.RegularExpressions;
using TaskGrain.Cli;

namespace TaskGrain.Tests.Cli;

/// <summary>The commands that README and docs show are commands of the program.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string> Pages()
    {
        var pages = new TheoryData<string>();
        string? root = TestData.SourceRoot();
        if (root is not null)
        {
            string[] files =
            [
                "README.md",
                "CONTRIBUTING.md",
                .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md").Select(file => Relative(root, file)),
                .. Directory
                    .EnumerateFiles(Path.Combine(root, "models"), "*.md", SearchOption.AllDirectories)
                    .Select(file => Relative(root, file)),
            ];
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                pages.Add(file);
            }
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_that_a_page_shows_is_understood(string page)
    {
        Command root = CommandTree.Create();
        foreach ((string line, bool block) in Commands(File.ReadAllText(Path.Combine(TestData.SourceRoot()!, page))))
        {
            if (!block || IsSynopsis(line))
            {
                AssertOptionsExist(root, line);
            }
            else
            {
                // The reader's files are not here.
                string[] errors =
                [
                    .. root.Parse(Words(line))
                        .Errors.Select(error => error.Message)
                        .Where(message => !message.Contains("cannot be read", StringComparison.Ordinal)),
                ];
                Assert.True(errors.Length == 0, $"{page}: '{line}' -> {string.Join("; ", errors)}");
            }
        }
    }

    [Fact]
    public void Commands_are_found_in_code_blocks_and_within_sentences()
    {
        const string Page = """
            Run `taskgrain bench data`, or `./taskgrain demo`:

            ```
            ./taskgrain pack --data "my clips" --store store # once
              taskgrain train --store store \
                --out run
            ```
            """;

        Assert.Equal(
            [
                ("pack --data \"my clips\" --store store", true),
                ("train --store store --out run", true),
                ("bench data", false),
                ("demo", false),
            ],
            Commands(Page)
        );
        Assert.Equal(["pack", "--data", "my clips"], Words("pack --data \"my clips\""));
    }

    /// <summary>The commands on a page, and whether they stand in a block to be run, not within a sentence.</summary>
    private static IEnumerable<(string Line, bool Block)> Commands(string page)
    {
        string joined = ContinuedLine().Replace(page.Replace("\r", "", StringComparison.Ordinal), " ");
        return CommandLine()
            .Matches(joined)
            .Select(match => (Written: match.Groups["rest"].Value, Block: true))
            .Concat(
                InlineCommand().Matches(joined).Select(match => (Written: match.Groups["rest"].Value, Block: false))
            )
            .Select(found => (Line: Comment().Replace(found.Written, "").Trim(), found.Block))
            .Where(found => found.Line.Length > 0 && found.Line.Split(' ')[0] is not ("test" or "COMMAND"));
    }

    /// <summary>Whether a line says what may be written, not what is.</summary>
    private static bool IsSynopsis(string line) =>
        line.AsSpan().ContainsAny("[]|…")
        || Placeholder().IsMatch(line)
        || line.Contains(" ...", StringComparison.Ordinal);

    private static void AssertOptionsExist(Command root, string line)
    {
        Command command = root;
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (command.Subcommands.FirstOrDefault(child => child.Name == word) is not { } child)
            {
                break;
            }

            command = child;
        }

        Assert.True(command != root, $"'{line}' names no command");
        string[] known = [.. command.Options.Select(option => option.Name), "--help", "--version"];
        Assert.All(
            OptionName().Matches(line).Select(match => match.Value),
            option => Assert.True(known.Contains(option), $"'{line}': {command.Name} has no {option}")
        );
    }

    private static string[] Words(string line) =>
        [.. Word().Matches(line).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal))];

    private static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex ContinuedLine();

    [GeneratedRegex(@"^[ \t]*(\./)?taskgrain (?<rest>[^\n]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"(?<!`)`(\./)?taskgrain (?<rest>[^`\n]+)`(?!`)", RegexOptions.ExplicitCapture)]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<=\s)(?!DATA\b|FILE\b|FOLDER\b|MODEL\b|RUN\b|STORE\b)[A-Z]{1,}\b")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex OptionName();

    [GeneratedRegex("(\"[^\"]*\"|[^\\s\"])+")]
    private static partial Regex Word();
}
