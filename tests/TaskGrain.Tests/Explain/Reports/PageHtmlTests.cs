using System.Text.Json;
using System.Text.RegularExpressions;
using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Explain.Reports;

public sealed partial class PageHtmlTests
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\"&{0}\0";

    [Fact]
    public void A_hostile_name_stays_a_name()
    {
        EvaluationReport evaluation = SomeReports.Evaluation([Hostile, "b"], (Hostile, 0, 1), ("2", 1, 0));

        string html = SomeReports.Html(evaluation);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', html);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;alert(1)", html, StringComparison.Ordinal);

        // The scripts are the page's two, and the data holds the name as it is.
        Assert.Equal(2, ScriptStart().Count(html));
        using JsonDocument data = JsonDocument.Parse(ClipsOf(html));
        Assert.Equal(Hostile, data.RootElement.GetProperty("names")[0].GetString());
        Assert.Equal(Hostile, data.RootElement.GetProperty("clips")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void Ids_are_unique_and_what_is_linked_to_is_there()
    {
        using var world = new TinyWorld();
        string html = SomeReports.Html(SomeReports.Of(world), world);

        string[] ids = [.. Id().Matches(html).Select(match => match.Groups[1].Value)];

        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("confusion", ids);
        Assert.Empty(Anchor().Matches(html).Select(match => match.Groups[1].Value).Except(ids));
    }

    [Fact]
    public void The_page_needs_nothing_from_anywhere()
    {
        using var world = new TinyWorld();
        string html = SomeReports.Html(SomeReports.Of(world), world);

        Assert.DoesNotContain("http://", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.All(
            Source().Matches(html),
            match => Assert.StartsWith("data:image/", match.Groups[1].Value, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Pictures_have_words_and_headings_of_tables_a_scope()
    {
        using var world = new TinyWorld();
        string html = SomeReports.Html(SomeReports.Of(world), world);

        string[] pictures = [.. Picture().Matches(html).Select(match => match.Value)];
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.Matches("alt=\"[^\"]+\"", picture));
        Assert.All(
            TableHeading().Matches(html),
            match => Assert.Contains("scope=", match.Value, StringComparison.Ordinal)
        );
        Assert.Contains("aria-live=\"polite\"", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<h1>"));
    }

    [Fact]
    public void Cells_say_in_words_what_they_count()
    {
        string html = SomeReports.Html(SomeReports.Evaluation(["a", "b"], ("1", 0, 1), ("2", 0, 0), ("3", 1, 1)));

        Assert.Contains("id=\"cell-0-1\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"1 of 2 clips of a taken for b\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"1 of 1 clips of b recognised\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"cell-1-0\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_page_stays_under_15_megabytes()
    {
        // As many clips as a page holds the words of, over as many classes as Something-Something has.
        string[] names = [.. Taxonomy.SomethingSomething.Categories];
        var options = new ReportOptions();
        EvaluationReport evaluation = SomeReports.Evaluation(
            names,
            [
                .. Enumerable
                    .Range(0, options.MostClips + 5000)
                    .Select(i => ($"{i}", i % names.Length, i * 7 % names.Length)),
            ]
        );

        long words = SomeReports.Html(evaluation).Length;

        // Base64 writes three bytes as four letters.
        Assert.InRange(words + (options.PictureBytes * 4 / 3), 1_000_000, 15_000_000);
    }

    [Fact]
    public void Pictures_keep_to_the_room_they_are_given()
    {
        using var world = new TinyWorld();
        string[] ids = [.. world.Data.Annotations.Select(clip => clip.Id)];
        var all = new ReportPictures(world.Labelled, explainer: null, bytes: 1_000_000);
        int whole = ids.Sum(id => all.Small(id)!.Jpeg.Length);

        var half = new ReportPictures(world.Labelled, explainer: null, bytes: whole / 2);
        FrameStrip[] drawn = [.. ids.Select(half.Small).OfType<FrameStrip>()];

        Assert.InRange(drawn.Length, 1, ids.Length - 1);
        Assert.InRange(drawn.Sum(strip => strip.Jpeg.Length), 1, whole / 2);
        Assert.All(drawn, strip => Assert.Equal((8, 64, 64), (strip.Frames, strip.Width, strip.Height)));
        Assert.Null(all.Small("no such clip"));
    }

    private static string ClipsOf(string html) => Clips().Match(html).Groups[1].Value;

    [GeneratedRegex("<script")]
    private static partial Regex ScriptStart();

    [GeneratedRegex("<script type=\"application/json\" id=\"clips\">(.*?)</script>")]
    private static partial Regex Clips();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex(" href=\"#([^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex(" src(?:set)?=\"([^\"]+)\"")]
    private static partial Regex Source();

    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Picture();

    [GeneratedRegex("<th[ >][^>]*>")]
    private static partial Regex TableHeading();
}
