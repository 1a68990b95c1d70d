using System.Text.Json;
using TaskGrain.Cli.Terminal;

namespace TaskGrain.Tests.Cli.Terminal;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain.webm", "plain.webm")]
    [InlineData("日本 é 🎬 λ", "日本 é 🎬 λ")]
    [InlineData("a\u001b[2Jb", "a\\x1b[2Jb")]
    [InlineData("a\u009b31mb", "a\\x9b31mb")]
    [InlineData("a\r\nb\tc", "a\\r\\nb\\tc")]
    [InlineData("bell\a", "bell\\x07")]
    [InlineData("\u202Etxt", "\\u202etxt")]
    [InlineData("two\u2028lines", "two\\u2028lines")]
    [InlineData(@"C:\new\x1b", @"C:\new\x1b")]
    public void A_line_shows_what_would_steer_a_terminal(string text, string shown) =>
        Assert.Equal(shown, VisibleText.Line(text));

    [Fact]
    public void Lines_keep_their_breaks_and_tabs() => Assert.Equal("a\n\tb\\x1b", VisibleText.Lines("a\n\tb\u001b"));

    [Fact]
    public void What_stands_in_braces_is_made_visible_and_the_programs_own_words_are_not()
    {
        string name = "x\n\u001b[31m";
        VisibleLine line = $"two\nlines: {name,-14}|{0.5,6:0.00}|{name}";

        Assert.Equal("two\nlines: x\\n\\x1b[31m   |  0.50|x\\n\\x1b[31m", line.ToString());
    }

    [Fact]
    public void Names_of_files_reach_the_terminal_visibly_and_json_exactly()
    {
        using var folder = new TemporaryFolder();
        string name = "a\u001b[31m\nred \u009b.webm";
        Directory.CreateDirectory(folder.File("data/pushing"));
        File.WriteAllText(folder.File("data/pushing/a.webm"), "a");
        File.WriteAllText(folder.File($"data/pushing/{name}"), "");

        var text = InProcess.Run("check", folder.File("data"), "--decode", "none", "--quiet");
        var json = InProcess.Run("check", folder.File("data"), "--decode", "none", "--quiet", "--json");

        Assert.DoesNotContain(text.Output, character => char.IsControl(character) && character != '\n');
        Assert.Contains(@"a\x1b[31m\nred \x9b.webm", text.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(json.Output);
        Assert.Contains(
            report.RootElement.GetProperty("problems").EnumerateArray(),
            problem =>
                problem.ToString().Contains("red", StringComparison.Ordinal)
                && problem
                    .EnumerateObject()
                    .Any(p =>
                        p.Value.ValueKind == JsonValueKind.String
                        && p.Value.GetString()!.Contains(name, StringComparison.Ordinal)
                    )
        );
        Assert.DoesNotContain('\u001b', json.Output);
    }

    [Fact]
    public void A_name_in_a_message_stays_on_its_one_line()
    {
        var (exit, output, errors) = InProcess.Run("check", "no\u001b]0;title\a\nsuch\\folder");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(@"no\x1b]0;title\x07\nsuch\folder", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }
}
