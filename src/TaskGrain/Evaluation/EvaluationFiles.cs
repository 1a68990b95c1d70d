using System.Globalization;
using System.Text;
using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Evaluation;

/// <summary>An evaluation as files: for programs, for people, and clip by clip.</summary>
internal static class EvaluationFiles
{
    /// <summary>The file that holds the report for programs.</summary>
    public const string ReportName = "report.json";

    /// <summary>The file that holds a line a clip.</summary>
    public const string ClipsName = "predictions.csv";

    private const string ConfusionName = "confusion.csv";

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

        AtomicFile.WriteText(Next(ReportName), ToJson(report) + "\n");
        AtomicFile.WriteText(Next("report.md"), EvaluationText.Document(report));
        AtomicFile.WriteText(Next(ClipsName), Predictions(report));
        if (report.Confusion is { } confusion)
        {
            confusion.WriteCsv(Next(ConfusionName));
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

    /// <summary>Reads an evaluation back, without the groups of its classes, which no file holds.</summary>
    /// <param name="folder">Where <see cref="Write"/> wrote it.</param>
    /// <returns>The evaluation with its clips, and with its confusion matrix where it has one.</returns>
    /// <exception cref="TaskGrainException">A file is missing or damaged.</exception>
    public static EvaluationReport Read(string folder)
    {
        string path = Path.Combine(folder, ReportName);
        try
        {
            EvaluationReport report =
                JsonSerializer.Deserialize<EvaluationReport>(File.ReadAllText(path), TaskGrainJson.Readable)
                ?? throw new JsonException("it is empty");
            path = Path.Combine(folder, ClipsName);
            ClipResult[] results = [.. Csv.Read(File.ReadAllText(path)).Skip(1).Select(ClipOf)];
            path = Path.Combine(folder, ConfusionName);
            ConfusionMatrix? confusion = File.Exists(path) ? ConfusionMatrix.FromCsv(File.ReadAllText(path)) : null;
            return report with { Results = results, Confusion = confusion };
        }
        catch (Exception fault)
            when (fault is IOException or JsonException or FormatException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: this evaluation cannot be read: {fault.Message}", fault);
        }
    }

    private static ClipResult ClipOf(IReadOnlyList<string> fields) =>
        fields is [var id, var truth, var predicted, var probability, var trueCaption, var caption]
            ? new ClipResult(
                id,
                truth,
                predicted.Length > 0 ? predicted : null,
                probability.Length > 0 ? double.Parse(probability, CultureInfo.InvariantCulture) : null,
                trueCaption.Length > 0 ? trueCaption : null,
                trueCaption.Length > 0 ? caption : null
            )
            : throw new FormatException($"a clip has {fields.Count} fields and not 6");

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
