using System.Globalization;
using System.Text;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>One way to guess a clip's category, and how often it is right.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="Correct">Test clips guessed right.</param>
/// <param name="Total">Test clips.</param>
public sealed record StudyRow(string Name, int Correct, int Total)
{
    /// <summary>Part guessed right, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>95% confidence interval (Wilson).</summary>
    public (double Low, double High) Interval
    {
        get
        {
            const double Z = 1.959964;
            double n = Total,
                p = Accuracy,
                z2 = Z * Z;
            double middle = (p + (z2 / (2 * n))) / (1 + (z2 / n));
            double half = Z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n))) / (1 + (z2 / n));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }
}

/// <summary>How often one frame gives a category away.</summary>
/// <param name="Category">The category's text.</param>
/// <param name="First">Part of its test clips recognised by the first frame alone.</param>
/// <param name="Middle">The same, middle frame.</param>
/// <param name="Last">The same, last frame.</param>
/// <param name="Words">The same, object words.</param>
/// <param name="Total">Its test clips.</param>
public sealed record TemplateRow(string Category, double First, double Middle, double Last, double Words, int Total);

/// <summary>What can be told of a clip's category without watching it.</summary>
public sealed record GeneratorStudyReport
{
    /// <summary>What was measured.</summary>
    public required GeneratorStudyOptions Options { get; init; }

    /// <summary>Number of categories.</summary>
    public required int Categories { get; init; }

    /// <summary>The baselines.</summary>
    public required IReadOnlyList<StudyRow> Rows { get; init; }

    /// <summary>Every category, the one that its middle frame gives away most first.</summary>
    public required IReadOnlyList<TemplateRow> Templates { get; init; }

    /// <summary>The report as a Markdown page.</summary>
    /// <returns>The page.</returns>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append("# What one frame or the objects' names tell of a generated clip\n\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"`taskgrain synth study --clips {Options.Clips} --seed {Options.Seed} --size {Options.FrameSize} "
                    + $"--epochs {Options.Epochs}{(Options.Categories.Count > 0 ? " (with the categories below)" : "")}`: "
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"{Categories} categories, {Options.Clips} clips, of which a fifth tests. Intervals are 95% "
                    + $"(Wilson).\n\n"
            )
            .Append("| what is looked at | accuracy | interval |\n|---|---|---|\n");
        foreach (StudyRow row in Rows)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {100 * row.Accuracy:0.0}% | {100 * row.Interval.Low:0.0} to "
                    + $"{100 * row.Interval.High:0.0} |\n"
            );
        }

        page.Append(
                "\n## Category by category\n\nPart of each category's test clips that the small network recognises "
                    + "by one frame, and the linear classifier by the words; the most recognisable first.\n\n"
            )
            .Append(
                "| category | first frame | middle frame | last frame | words | test clips "
                    + "|\n|---|---|---|---|---|---|\n"
            );
        foreach (TemplateRow row in Templates)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Category} | {row.First:P0} | {row.Middle:P0} | {row.Last:P0} | {row.Words:P0} | "
                    + $"{row.Total} |\n"
            );
        }

        return page.ToString();
    }
}
