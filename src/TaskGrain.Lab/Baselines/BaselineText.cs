using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Baselines;

/// <summary>The comparison in words: Tables 3 and 4 with the paper's figures beside ours.</summary>
internal static class BaselineText
{
    private const string OurWeights = "ours";

    /// <summary>A run in a line.</summary>
    public static string Line(BaselineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string what = run.Right is { } right
            ? $"{Percent.Of((double)right / run.Clips)}% of {run.Clips} clips right"
            : $"exact match {Percent.Of(run.Captions?.ExactMatch ?? double.NaN)}%";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Source}: {run.Method.Name()}, seed {run.Seed}: {what} (epoch {run.Epoch} of {run.Epochs}, "
                + $"{run.Seconds:0} s)"
        );
    }

    /// <summary>Both tables for a terminal.</summary>
    public static string Tables(BaselineReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string captions =
            report.Captions.Count == 0
                ? ""
                : $"\nTable 4, {Grain(report)}:\n\n{Table(CaptionColumns, CaptionRows(report))}\n"
                    + $"{Weights(report)}\n";
        string notes = string.Concat(report.Notes.Select(note => $"\n{note}\n"));
        return $"Table 3, {report.Classes} categories, {report.Clips} clips:\n\n"
            + $"{Table(AccuracyColumns, AccuracyRows(report))}\n{Weights(report)}\n\n"
            + $"{Table(StudyComparison.Columns, DifferenceRows(report))}\n{Verdicts(report)}\n{captions}{notes}";
    }

    /// <summary>The grain of the captions in words.</summary>
    public static string Grain(BaselineReport report) =>
        report.CaptionGrain == Granularity.SimplifiedCaptions ? "simplified captions" : "full captions";

    /// <summary>Which weights the names of a table stand for, a list.</summary>
    public static string Weights(BaselineReport report) =>
        string.Join(
            "\n",
            [
                .. report.Sources.Select(source => $"- {source.Name}: {source.Weights}, frozen"),
                .. report.Models.Select(model => $"- {model.Name}: {model.Weights}"),
            ]
        );

    /// <summary>Headings of <see cref="AccuracyRows"/>.</summary>
    public static IReadOnlyList<TableColumn> AccuracyColumns { get; } =
    [
        "weights",
        "learned on them",
        Number("accuracy"),
        Number("95% over clips"),
        Number("paper, VGG16"),
        Number("paper, ResNet152"),
    ];

    /// <summary>Table 3.</summary>
    public static IEnumerable<string[]> AccuracyRows(BaselineReport report)
    {
        string[] chance = ["", "chance", Percent.Of(1.0 / report.Classes), "", "0.57", "0.57"];
        return report
            .Accuracies.Select(row =>
            {
                PaperFrameAccuracy? paper = row.Method is { } method ? PaperBaselines.Accuracy(method) : null;
                double? beside = row.Method is null ? PaperFigures.FineAtFine : paper?.VGG16;
                return (string[])
                    [
                        row.Source ?? OurWeights,
                        row.Name,
                        Of(row.Accuracy),
                        Percent.Of(row.OverClips),
                        PaperFigures.Fine(beside),
                        PaperFigures.Fine(paper?.ResNet152),
                    ];
            })
            .Append(chance);
    }

    /// <summary>Headings of <see cref="CaptionRows"/>.</summary>
    public static IReadOnlyList<TableColumn> CaptionColumns { get; } =
    [
        "weights",
        "captions by",
        Number("BLEU-4"),
        Number("ROUGE-L"),
        Number("METEOR"),
        Number("CIDEr"),
        Number("exact match"),
        Number("classification"),
    ];

    /// <summary>Table 4, ours and then the paper's.</summary>
    public static IEnumerable<string[]> CaptionRows(BaselineReport report) =>
        report
            .Captions.Select(row =>
                (string[])
                    [
                        row.Source ?? OurWeights,
                        row.Name,
                        Mean(row.Scores, scores => scores.Bleu4),
                        Mean(row.Scores, scores => scores.RougeL),
                        Mean(row.Scores, scores => scores.Meteor),
                        StudyPage.Number(row.Scores.Average(scores => scores.Cider)),
                        Mean(row.Scores, scores => scores.ExactMatch),
                        row.Accuracy is { } accuracy ? Of(accuracy) : "",
                    ]
            )
            .Concat(
                PaperBaselines.Captions.Select(row =>
                    (string[])
                        [
                            "paper",
                            row.Name,
                            PaperFigures.Fine(row.Scores.Bleu4),
                            PaperFigures.Fine(row.Scores.RougeL),
                            PaperFigures.Fine(row.Scores.Meteor),
                            "",
                            PaperFigures.Fine(row.Scores.ExactMatch),
                            PaperFigures.Fine(row.Scores.Classification),
                        ]
                )
            );

    /// <summary>The differences from method to method, as rows of <see cref="StudyComparison"/>.</summary>
    public static IEnumerable<string[]> DifferenceRows(BaselineReport report) =>
        report.Differences.Select(difference =>
            new StudyComparison(difference.Difference, difference.Test).Cells(
                $"{difference.Source}: {difference.First.Name()} − {difference.Second.Name()}"
            )
        );

    /// <summary>Whether each method is better than the one before, in the paper's order; a sentence a source.</summary>
    public static string Verdicts(BaselineReport report) =>
        string.Join(
            "\n",
            report
                .Differences.GroupBy(difference => difference.Source)
                .Select(source => $"{source.Key}: {string.Join("; ", source.Select(Verdict))}.")
        );

    private static string Verdict(BaselineDifference difference)
    {
        string points = $"{Percent.Signed(difference.Difference)} points";
        string found = difference.Holds switch
        {
            true => $"better ({points})",
            false => $"worse ({points})",
            null when difference.Test is null => $"{points}, one seed, not decided",
            null => $"not decided ({points})",
        };
        return $"{difference.First.Words()} against {difference.Second.Words()}: {found}";
    }

    private static string Table(IReadOnlyList<TableColumn> columns, IEnumerable<string[]> rows)
    {
        var table = new MarkdownTable(columns);
        foreach (string[] row in rows)
        {
            table.Add(row);
        }

        return table.ToString();
    }

    private static string Of(MeanInterval interval) =>
        interval.Runs > 1
            ? $"{Percent.Of(interval.Mean)} ± {Percent.Of(interval.HalfWidth)}"
            : Percent.Of(interval.Mean);

    private static string Mean(IReadOnlyList<CaptionScores> scores, Func<CaptionScores, double> share) =>
        Of(MeanInterval.Of([.. scores.Select(share)]));
}
