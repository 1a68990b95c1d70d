using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// A page of results in Markdown: what was asked, what was found, and everything it takes to find it again.
/// </summary>
public sealed class StudyPage
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="question">What the study asks, a sentence or two.</param>
    public StudyPage(string title, string question) => _text.Append($"# {title}\n\n{question}\n\n");

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Markdown.</param>
    /// <returns>This page.</returns>
    public StudyPage Paragraph(string text)
    {
        _text.Append(text).Append("\n\n");
        return this;
    }

    /// <summary>Adds a table.</summary>
    /// <param name="columns">Headings; one that ends in <c>&gt;</c> is aligned to the right.</param>
    /// <param name="rows">Cells.</param>
    /// <returns>This page.</returns>
    public StudyPage Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var table = new MarkdownTable([.. columns]);
        foreach (string[] row in rows)
        {
            table.Add(row);
        }

        _text.Append(table).Append('\n');
        return this;
    }

    /// <summary>Adds how the results came about: command, seeds, configuration, program, machine and time.</summary>
    /// <param name="command">The command that makes the page again.</param>
    /// <param name="workspace">What the study was made with.</param>
    /// <param name="trainingSeconds">Seconds that the models of the page took to train, in all.</param>
    /// <param name="runs">Runs of each model; null for as many as the options say.</param>
    /// <returns>This page.</returns>
    public StudyPage Origin(string command, StudyWorkspace workspace, double trainingSeconds, int? runs = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        StudyOptions options = workspace.Options;
        int repeats = runs ?? options.Repeats;
        RunConfiguration run = workspace.Configuration;
        return Paragraph("## How it was made")
            .Paragraph(
                $"""
                - command: `{command}`
                - data: {options.Clips} generated clips of {(
                    options.Categories.Count == 0 ? "all categories" : $"{options.Categories.Count} categories"
                )}, seed {options.Seed}, {options.ValidationShare:P0} for validation and {options.TestShare:P0} for test; models are chosen on the validation split, every number is measured on the test split
                - models: {run.Model.Architecture}, {run.Clip.Frames} frames (every {run.Clip.FrameStride}.) of {run.Clip.CropSize}×{run.Clip.CropSize}, {run.Training.Epochs} epochs of batches of {run.Training.BatchSize}, Adam {run.Training.LearningRate}, {(
                    repeats == 1
                        ? "one run each, training seed 1"
                        : $"{repeats} runs each, training seeds 1 to {repeats}"
                )}{Settings(options)}
                - training time of all models on this page: {TimeSpan.FromSeconds(trainingSeconds):h\:mm\:ss}
                - program: TaskGrain {Program()}
                - machine: {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, bfloat16 in hardware: {(
                    ProcessorFeatures.BFloat16 ? "yes" : "no"
                )}
                - finished: {DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC
                """
            );
    }

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.WriteText(path, _text.ToString().TrimEnd() + "\n");

    /// <summary>
    /// A mean with its interval, in percent: <c>12.3 ± 1.0</c>; the interval is missing for a single run.
    /// </summary>
    /// <param name="values">One value a run, in [0, 1].</param>
    /// <returns>The text.</returns>
    internal static string Percent(IReadOnlyList<double> values)
    {
        MeanInterval interval = MeanInterval.Of(values);
        return interval.Runs > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Mean:0.0} ± {100 * interval.HalfWidth:0.0}")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Mean:0.0}");
    }

    /// <summary>The headings over rows of <see cref="Comparison"/>.</summary>
    internal static string[] ComparisonColumns { get; } = ["comparison", "difference>", "95% interval>", "p (t test)>"];

    /// <summary>A row that compares two series run by run, in percentage points.</summary>
    /// <param name="name">What is compared.</param>
    /// <param name="first">One value a run, in [0, 1].</param>
    /// <param name="second">The values of the same runs.</param>
    /// <returns>Difference, interval and p-value; for a single run the difference alone.</returns>
    internal static string[] Comparison(string name, IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] a = [.. first],
            b = [.. second];
        if (a.Length < 2)
        {
            return [name, Percent(a[0] - b[0]), "one run", ""];
        }

        PairedTest test = PairedTest.Of(a, b);
        return
        [
            name,
            Percent(test.Difference.Mean),
            $"{Percent(test.Difference.Low)} to {Percent(test.Difference.High)}",
            test.StudentP.ToString("0.0000", CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>A share in percent with a decimal.</summary>
    internal static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}");

    private static string Settings(StudyOptions options) =>
        options.Settings.Count == 0 ? "" : $"; set over the preset: {string.Join(", ", options.Settings)}";

    private static string Program() =>
        typeof(StudyPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";
}
