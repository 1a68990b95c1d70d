using System.Globalization;
using System.Text;
using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Evaluation;

/// <summary>An evaluation as files: for programs, for people, and clip by clip.</summary>
internal static class EvaluationFiles
{
    /// <summary>
    /// Writes <c>report.json</c>, <c>report.md</c> and <c>predictions.csv</c>, and for a model with a classifier
    /// <c>confusion.csv</c> and <c>confusion.png</c>.
    /// </summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="folder">Where; made when missing, files of the same names are replaced.</param>
    /// <returns>The files written, in that order.</returns>
    public static IReadOnlyList<string> Write(EvaluationReport report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new List<string>();
        string Next(string name)
        {
            files.Add(Path.Combine(folder, name));
            return files[^1];
        }

        AtomicFile.WriteText(Next("report.json"), ToJson(report) + "\n");
        AtomicFile.WriteText(Next("report.md"), EvaluationText.Document(report));
        AtomicFile.WriteText(Next("predictions.csv"), Predictions(report));
        if (report.Confusion is { } confusion)
        {
            confusion.WriteCsv(Next("confusion.csv"));
            new ConfusionMatrixPlot(confusion, report.GroupOf)
            {
                Title = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Architecture} on {report.Data}, {report.Split.Name()}: "
                        + $"{Percent.Fine((double)confusion.Correct / confusion.Samples)}% of "
                        + $"{confusion.Samples} clips right"
                ),
            }.WritePng(Next("confusion.png"));
        }

        return files;
    }

    /// <summary>
    /// The evaluation for programs: camelCase, methods and grains by their names, counts, and shares in [0, 1]; a
    /// metric that was not computed is <c>"NaN"</c>.
    /// </summary>
    /// <param name="report">The evaluation.</param>
    /// <returns>JSON.</returns>
    public static string ToJson(EvaluationReport report) => JsonSerializer.Serialize(report, TaskGrainJson.Readable);

    private static string Predictions(EvaluationReport report)
    {
        var text = new StringBuilder("clip,true,predicted,probability,true caption,caption\n");
        foreach (ClipResult r in report.Results)
        {
            string probability = r.Probability?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
            text.AppendJoin(
                    ',',
                    Csv.Field(r.Id),
                    Csv.Field(r.Truth),
                    Csv.Field(r.Predicted),
                    probability,
                    Csv.Field(r.TrueCaption),
                    Csv.Field(r.Caption)
                )
                .Append('\n');
        }

        return text.ToString();
    }
}
