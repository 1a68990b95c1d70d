using System.Globalization;
using System.Text;
using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// A page of results in Markdown: what was asked, what was found, and everything it takes to find it again.
/// </summary>
internal sealed class StudyPage
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="question">What the study asks, a sentence or two.</param>
    public StudyPage(string title, string question) => _text.Append($"# {title}\n\n{question}\n\n");

    /// <summary>Adds a paragraph of Markdown.</summary>
    public StudyPage Paragraph(string text)
    {
        _text.Append(text).Append("\n\n");
        return this;
    }

    /// <summary>Adds a table.</summary>
    public StudyPage Table(IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new MarkdownTable(columns);
        foreach (IReadOnlyList<string> row in rows)
        {
            table.Add(row);
        }

        _text.Append(table).Append('\n');
        return this;
    }

    /// <summary>Adds how the results came about.</summary>
    /// <param name="origin">Command, seeds, configuration, program and machine.</param>
    /// <param name="runs">Runs of each model.</param>
    /// <param name="trainingSeconds">Seconds that the models of the page took to train, in all.</param>
    public StudyPage Origin(StudyOrigin origin, int runs, double trainingSeconds) =>
        Paragraph("## How it was made").Paragraph(origin.ToMarkdown(runs, trainingSeconds));

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.WriteText(path, ToString());

    /// <summary>The page's Markdown.</summary>
    public override string ToString() => _text.ToString().TrimEnd() + "\n";

    /// <summary>
    /// A mean with its interval, in percent: <c>12.3 ± 1.0</c>; the interval is missing for a single run.
    /// </summary>
    /// <param name="values">One value a run, in [0, 1].</param>
    public static string Mean(IEnumerable<double> values)
    {
        MeanInterval interval = MeanInterval.Of([.. values]);
        return interval.Runs > 1
            ? $"{Percent.Of(interval.Mean)} ± {Percent.Of(interval.HalfWidth)}"
            : Percent.Of(interval.Mean);
    }

    /// <summary>A number that is no share, such as a ratio or CIDEr.</summary>
    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
