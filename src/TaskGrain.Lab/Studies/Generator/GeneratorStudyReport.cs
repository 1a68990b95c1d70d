using System.Globalization;
using TaskGrain.Evaluation;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>What can be told of a clip's category without watching it.</summary>
internal sealed record GeneratorStudyReport
{
    /// <summary>What was measured.</summary>
    public required GeneratorStudyOptions Options { get; init; }

    /// <summary>Number of categories.</summary>
    public required int Categories { get; init; }

    /// <summary>The baselines.</summary>
    public required IReadOnlyList<GuessRow> Rows { get; init; }

    /// <summary>Every category, the one that its middle frame gives away most first.</summary>
    public required IReadOnlyList<CategoryGuesses> PerCategory { get; init; }

    /// <summary>The report as a Markdown page.</summary>
    /// <returns>The page.</returns>
    public string ToMarkdown() =>
        new StudyPage(
            "What one frame or the objects' names tell of a generated clip",
            $"`taskgrain synth study --clips {Options.Clips} --seed {Options.Seed} --size {Options.FrameSize} "
                + $"--epochs {Options.Epochs}{(Options.Categories.Count > 0 ? " (with the categories below)" : "")}`: "
                + $"{Categories} categories, {Options.Clips} clips, of which a fifth tests. Percent; intervals are 95% "
                + "(Wilson)."
        )
            .Table(
                ["what is looked at", Number("accuracy"), Number("interval")],
                Rows.Select(row =>
                    new[]
                    {
                        GuessText.Of(row),
                        Percent.Of(row.Accuracy),
                        row.Interval is { } interval ? Percent.Of(interval) : "",
                    }
                )
            )
            .Paragraph("## Category by category")
            .Paragraph(
                "Percent of each category's test clips that the small network recognises by one frame, and the linear "
                    + "classifier by the words; the most recognisable first."
            )
            .Table(
                [
                    "category",
                    Number("first frame"),
                    Number("middle frame"),
                    Number("last frame"),
                    Number("words"),
                    Number("test clips"),
                ],
                PerCategory.Select(row =>
                    new[]
                    {
                        row.Category,
                        Share(row, row.First),
                        Share(row, row.Middle),
                        Share(row, row.Last),
                        Share(row, row.Words),
                        row.Clips.ToString(CultureInfo.InvariantCulture),
                    }
                )
            )
            .ToString();

    private static string Share(CategoryGuesses row, int right) =>
        row.Share(right) is { } share ? Percent.Of(share) : "";
}
