using System.Globalization;
using System.Text;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Evaluation;

/// <summary>An evaluation for people: tables in the form of the paper's Tables 1, 2 and 6 to 8, in Markdown.</summary>
internal static class EvaluationText
{
    private const int HardestClasses = 5;

    /// <summary>The short form: the tables and what should be known about them.</summary>
    /// <param name="report">The evaluation.</param>
    /// <returns>Markdown that is aligned as plain text too.</returns>
    public static string Summary(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Architecture} ({Millions(report.Parameters)} parameters), trained on {report.TrainedOn.Name()}; "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Data}, {report.Split.Name()} split, {report.Clips} clips. Percent; 95% intervals over clips.\n"
        );
        if (report.Accuracies.Count > 0)
        {
            text.Append('\n').Append(AccuracyTable(report.Accuracies));
        }

        if (report.Captions.Count > 0)
        {
            text.Append('\n').Append(CaptionTable(report));
        }

        foreach (string note in report.Notes)
        {
            text.Append('\n').Append(note).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The long form: the tables, the hardest classes, the commonest mistakes and some captions.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="captions">Captions to show beside the truth.</param>
    /// <returns>A Markdown document.</returns>
    public static string Document(EvaluationReport report, int captions = 20)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder("# Evaluation\n\n").Append(Summary(report));
        if (report.Confusion is { } confusion)
        {
            text.Append(
                "\n## Mistakes\n\nThe whole matrix: [confusion.png](confusion.png), [confusion.csv](confusion.csv).\n\n"
            );
            text.Append(MistakeTable(confusion))
                .Append("\n## Classes with the lowest recall\n\n")
                .Append(HardestTable(report.PerClass!));
        }

        ClipResult[] shown = [.. report.Results.Where(r => r.TrueCaption is not null).Take(captions)];
        if (shown.Length > 0)
        {
            text.Append("\n## Captions\n\n").Append(CaptionSamples(shown));
        }

        return text.ToString();
    }

    internal static string CaptionSamples(IEnumerable<ClipResult> results)
    {
        var table = new MarkdownTable("clip", "truth", "generated");
        foreach (ClipResult result in results)
        {
            table.Add(result.Id, result.TrueCaption ?? "", result.Caption ?? "");
        }

        return table.ToString();
    }

    private static string AccuracyTable(IReadOnlyList<AccuracyRow> rows)
    {
        int[] counts = [.. rows.Where(r => r.TopCount is not null).Select(r => r.TopCount!.Value).Distinct()];
        string topName = counts.Length == 1 ? $"top-{counts[0]}" : "top-k";
        var table = new MarkdownTable(
            "trained on",
            "tested on",
            "how",
            Number("classes"),
            Number("top-1"),
            "interval",
            Number(topName),
            Number("class mean")
        );
        foreach (AccuracyRow row in rows)
        {
            string top = row.TopK is { } share ? Percent.Fine(share) : "";
            table.Add(
                RowText.TrainedOn(row),
                row.TestedOn.Name(),
                RowText.Of(row),
                row.Classes.ToString(CultureInfo.InvariantCulture),
                Percent.Fine(row.Top1),
                row.Interval is { } interval ? Percent.Fine(interval) : "",
                counts.Length > 1 && row.TopCount is { } k ? $"{top} (k={k})" : top,
                row.MeanClassAccuracy is { } mean ? Percent.Fine(mean) : ""
            );
        }

        return table.ToString();
    }

    private static string CaptionTable(EvaluationReport report)
    {
        AccuracyRow? classifier = report.Accuracy(AccuracyMethod.Classifier);
        var table = new MarkdownTable(
            "captions",
            Number("BLEU@1"),
            Number("BLEU@2"),
            Number("BLEU@3"),
            Number("BLEU@4"),
            Number("ROUGE-L"),
            Number("METEOR"),
            Number("CIDEr"),
            Number("exact"),
            "interval",
            Number("exact, rare words open"),
            Number("tokens"),
            Number("top-1")
        );
        foreach (CaptionRow row in report.Captions)
        {
            CaptionScores s = row.Scores;
            table.Add(
                RowText.Of(row),
                Percent.Fine(s.Bleu1),
                Percent.Fine(s.Bleu2),
                Percent.Fine(s.Bleu3),
                Percent.Fine(s.Bleu4),
                Percent.Fine(s.RougeL),
                Percent.Fine(s.Meteor),
                s.Cider.ToString("0.000", CultureInfo.InvariantCulture),
                Percent.Fine(s.ExactMatch),
                Percent.Fine(row.ExactMatchInterval),
                Percent.Fine(s.ExactMatchAllowingRare),
                Percent.Fine(s.TokenAccuracy),
                row.Method == CaptionMethod.Decoder && classifier is not null ? Percent.Fine(classifier.Top1) : ""
            );
        }

        return table.ToString();
    }

    private static string MistakeTable(ConfusionMatrix confusion)
    {
        var table = new MarkdownTable("true", "taken for", Number("clips"), Number("of"));
        foreach ((int truth, int predicted, int count) in confusion.CommonestMistakes(10))
        {
            table.Add(
                confusion.Names[truth],
                confusion.Names[predicted],
                count.ToString(CultureInfo.InvariantCulture),
                confusion.SamplesOf(truth).ToString(CultureInfo.InvariantCulture)
            );
        }

        return table.ToString();
    }

    private static string HardestTable(IReadOnlyList<ClassResult> classes)
    {
        var table = new MarkdownTable("class", Number("clips"), Number("recall"), Number("precision"));
        foreach (
            ClassResult result in classes.Where(c => c.Recall is not null).OrderBy(c => c.Recall).Take(HardestClasses)
        )
        {
            table.Add(
                result.Name,
                result.Clips.ToString(CultureInfo.InvariantCulture),
                Percent.Fine(result.Recall!.Value),
                result.Precision is { } precision ? Percent.Fine(precision) : ""
            );
        }

        return table.ToString();
    }

    private static string Millions(long count) =>
        count >= 1_000_000
            ? (count / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M"
            : count.ToString("#,0", CultureInfo.InvariantCulture);
}
