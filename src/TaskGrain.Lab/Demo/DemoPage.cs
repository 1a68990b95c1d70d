using System.Globalization;
using System.Net;
using System.Text;
using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Inference;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;

namespace TaskGrain.Lab.Demo;

/// <summary>The demo's summary as a page for a browser.</summary>
internal static class DemoPage
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; color: #222b36; }
        body { max-width: 1080px; margin: 2em auto; padding: 0 1em; }
        h1 { margin-bottom: 0; } p.lead { color: #55606e; margin-top: .2em; }
        .tiles { display: flex; gap: 1em; flex-wrap: wrap; }
        .tile { border: 1px solid #dde2e8; border-radius: 8px; padding: .8em 1.2em; }
        .tile b { display: block; font-size: 1.9em; line-height: 1.2; }
        .tile span { color: #55606e; font-size: .9em; }
        table { border-collapse: collapse; }
        td, th { padding: .25em .8em; border-bottom: 1px solid #e4e7eb; text-align: left; }
        .right { color: #1b7f4b; } .wrong { color: #b43a2e; } img { max-width: 100%; }
        pre { overflow-x: auto; } code { background: #f3f5f7; padding: .1em .3em; }
        """;

    /// <summary>The result in one line.</summary>
    public static string Headline(EvaluationReport report)
    {
        AccuracyRow own = report.Accuracy(AccuracyMethod.Classifier)!;
        string captions = report.Caption(CaptionMethod.Decoder) is { } row
            ? $"; captions right word by word: {row.Scores.ExactMatch:0.0%}"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{own.Top1:0.0%} of {report.Clips} test clips right, {own.Classes} categories, chance "
                + $"{1.0 / own.Classes:0.0%}{captions}"
        );
    }

    /// <summary>Writes the page.</summary>
    public static void Write(DemoReport report, DemoFolder folder, IReadOnlyList<EpochReport> history)
    {
        EvaluationReport evaluation = report.Evaluation;
        var page = new StringBuilder();
        page.Append(
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>TaskGrain "
                    + "demo</title><style>\n"
            )
            .Append(Style);
        page.Append("\n</style></head><body>\n<h1>TaskGrain demo</h1>\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"lead\">{evaluation.Architecture}, {evaluation.Parameters:#,0} parameters, trained on "
                + $"{report.TrainingClips} generated clips; measured on {evaluation.Clips} others.</p>\n"
        );
        Tiles(page, evaluation);
        double chance = 1.0 / evaluation.Accuracy(AccuracyMethod.Classifier)!.Classes;
        AtomicFile.WriteText(folder.History, HistoryChart.Svg(history, chance));
        page.Append("<h2>Training</h2>\n<img src=\"training.svg\" alt=\"Accuracy over the epochs\">\n");
        page.Append(
            "<h2>Test clips</h2>\n<p>The first clip of each category, right or wrong.</p>\n<img src=\"samples.png\" "
                + "alt=\"Frames of test clips with truth and prediction\">\n"
        );
        if (report.Predictions.Count > 0)
        {
            page.Append("<h2>Video files</h2>\n");
            Predictions(page, report, folder);
        }

        page.Append(
            "<h2>Who was taken for whom</h2>\n<img src=\"evaluation/confusion.png\" alt=\"Confusion matrix\">\n"
        );
        page.Append("<h2>Everything that was measured</h2>\n<pre>")
            .Append(WebUtility.HtmlEncode(EvaluationText.Summary(evaluation)))
            .Append("</pre>\n");
        page.Append("</body></html>\n");
        AtomicFile.WriteText(folder.Page, page.ToString());
    }

    private static void Tiles(StringBuilder page, EvaluationReport evaluation)
    {
        AccuracyRow own = evaluation.Accuracy(AccuracyMethod.Classifier)!;
        page.Append("<div class=\"tiles\">\n");
        Tile(page, own.Top1, $"of {own.Classes} categories (chance {1.0 / own.Classes:0.0%})");
        if (evaluation.Accuracy(AccuracyMethod.SummedFromFiner) is { } groups)
        {
            Tile(page, groups.Top1, $"of {groups.Classes} groups (chance {1.0 / groups.Classes:0.0%})");
        }

        if (evaluation.Caption(CaptionMethod.Decoder) is { } captions)
        {
            Tile(page, captions.Scores.ExactMatch, "of captions right word by word");
            Tile(page, captions.Scores.TokenAccuracy, "of caption words right");
        }

        page.Append("</div>\n");
    }

    private static void Tile(StringBuilder page, double share, string caption) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"tile\"><b>{share:0.0%}</b><span>{WebUtility.HtmlEncode(caption)}</span></div>\n"
        );

    private static void Predictions(StringBuilder page, DemoReport report, DemoFolder folder)
    {
        page.Append("<table><tr><th>file</th><th>shows</th><th>predicted</th><th>caption</th></tr>\n");
        foreach (DemoPrediction prediction in report.Predictions)
        {
            ClassProbability best = prediction.Prediction.Top[0];
            string colour =
                prediction.Truth is null ? ""
                : prediction.Truth == best.Name ? " class=\"right\""
                : " class=\"wrong\"";
            string name = Path.GetRelativePath(folder.Root, Path.GetFullPath(prediction.File));
            string shown = name.StartsWith("..", StringComparison.Ordinal) ? Path.GetFileName(prediction.File) : name;
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(shown)}</td><td>{WebUtility.HtmlEncode(prediction.Truth ?? "?")}</td>"
            );
            page.Append(
                CultureInfo.InvariantCulture,
                $"<td{colour}>{WebUtility.HtmlEncode(best.Name)} "
                    + $"({best.Probability:0%})</td>"
                    + $"<td>{WebUtility.HtmlEncode(prediction.Prediction.Caption ?? "")}</td></tr>\n"
            );
        }

        page.Append("</table>\n");
    }
}
