using System.Globalization;
using TaskGrain.Evaluation;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>The page of real clips, from the study's result alone.</summary>
internal static class RealPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="name">What the clips are called.</param>
    /// <param name="result">What was found.</param>
    /// <param name="options">What it was made with.</param>
    /// <param name="command">The command that makes the page again.</param>
    /// <param name="finished">When, UTC.</param>
    public static StudyPage Of(string name, RealResult result, RealOptions options, string command, DateTime finished)
    {
        RealRow[] ways = [.. result.Rows.Where(row => !row.Giveaway)];
        RealRow[] giveaways = [.. result.Rows.Where(row => row.Giveaway)];
        string groups = result.Groups is { } count ? $", {count} groups" : "";
        string perClass = $"{result.ClipsPerClass.Min()} to {result.ClipsPerClass.Max()} a class";
        StudyPage page = new StudyPage(
            $"Real clips: {name}",
            $"{result.Classes} classes, {result.ClipsPerClass.Sum()} clips ({perClass}{groups}), learned from a few "
                + "clips "
                + "a class on frozen features."
        );
        if (options.About is { } about)
        {
            page.Paragraph(about);
        }

        return page.Paragraph("## What teach reaches")
            .Table(Columns(options), [.. ways.Where(IsPlain).Select(row => Cells(row, options))])
            .Paragraph(
                $"Percent of {result.Rows[0].Cells[0].Tested} tested clips; guessing has "
                    + $"{Percent.Of(1.0 / result.Classes)}. "
                    + $"{Sentence(result.Split)}. With a number of shots: mean and 95% interval of the mean "
                    + "(Student's t) "
                    + $"over {options.Draws} draws of the shots, the same for every row. With all clips there is one "
                    + "draw: "
                    + "the interval is Wilson's over the tested clips. Regularisation is chosen inside the shots, "
                    + "and so "
                    + $"is everything in the row *{RealStudy.Chosen}* (with one shot nothing can be chosen by "
                    + "holding out: "
                    + "it takes all sources and the timeline). Test clips are never looked at."
            )
            .Paragraph("## What gives the classes away")
            .Table(Columns(options), [.. giveaways.Select(row => Cells(row, options))])
            .Paragraph(
                "The same clips told apart by what has nothing to do with what happens in them: an encoder with random "
                    + "weights, the middle frame alone (its colours, and what an image network sees in it where "
                    + "there is "
                    + "one), the clips' length and file size. Where these do nearly as well as the sources above, the "
                    + "classes are told by how they were recorded."
            )
            .Paragraph("## Sources together")
            .Table(Columns(options), [.. ways.Where(row => !IsPlain(row)).Select(row => Cells(row, options))])
            .Paragraph(string.Join("\n", Origin(result, options, command, finished)));
    }

    private static bool IsPlain(RealRow row) => !row.Source.Contains(" + ", StringComparison.Ordinal);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static TableColumn[] Columns(RealOptions options) =>
        ["source", "classifier", .. options.Shots.Select(shots => Number(shots is null ? "all" : $"{shots} a class"))];

    private static string[] Cells(RealRow row, RealOptions options) =>
        [
            row.Source == RealStudy.Chosen ? $"**{row.Source}**" : row.Source,
            row.Classifier,
            .. row.Cells.Zip(options.Shots, (cell, shots) => Cell(cell, isDrawn: shots is not null)),
        ];

    private static string Cell(RealCell cell, bool isDrawn)
    {
        if (!isDrawn)
        {
            return $"{Percent.Of((double)cell.Right[0] / cell.Tested)} "
                + $"({Percent.Of(Interval.Wilson(cell.Right[0], cell.Tested))})";
        }

        return StudyPage.Mean(cell.Right.Select(right => (double)right / cell.Tested));
    }

    private static IEnumerable<string> Origin(RealResult result, RealOptions options, string command, DateTime finished)
    {
        yield return "## How it was made\n";
        yield return $"- command: `{command}`";
        yield return $"- seed {options.Teaching.Seed}; {options.Draws} draws; clips left out: "
            + $"{result.Problems.Count(problem => problem.LeftOut)}";
        yield return $"- program: TaskGrain {StudyOrigin.ThisProgram}";
        yield return $"- machine: {StudyOrigin.ThisMachine}";
        yield return $"- time: {TimeSpan.FromSeconds(result.Seconds):h\\:mm\\:ss}, finished "
            + $"{finished.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
    }
}
