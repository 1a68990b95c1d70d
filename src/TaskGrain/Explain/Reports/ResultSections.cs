using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Metrics;

namespace TaskGrain.Explain.Reports;

/// <summary>The tables of an evaluation, the paper's figures beside them.</summary>
internal static class ResultSections
{
    /// <summary>The section.</summary>
    /// <param name="report">The evaluation.</param>
    public static ReportSection Of(EvaluationReport report)
    {
        var blocks = new List<ReportBlock>
        {
            new Prose(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Architecture}, {report.Parameters:#,0} parameters, trained on {report.TrainedOn.Name()}; "
                        + $"{report.Data}, {report.Split.Name()} split, {report.Clips:#,0} clips. Percent; 95% "
                        + $"intervals over clips. The paper's figures are of Something-Something V2 "
                        + $"(174 categories, 50 groups)."
                )
            ),
        };
        if (report.Accuracies.Count > 0)
        {
            blocks.Add(Accuracies(report));
        }

        if (report.Captions.Count > 0)
        {
            blocks.Add(Captions(report));
        }

        blocks.AddRange(report.Notes.Select(note => new Prose(note)));
        return new ReportSection("results", "Results", blocks);
    }

    private static DataTable Accuracies(EvaluationReport report) =>
        new(
            "Accuracies",
            [
                new("how"),
                new("trained on"),
                new("tested on"),
                new("classes", Number: true),
                new("top-1", Number: true),
                new("interval", Number: true),
                new("top-5", Number: true),
                new("class mean", Number: true),
                new("paper (174 or 50 classes)", Number: true),
            ],
            [
                .. report.Accuracies.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            RowText.Of(row),
                            RowText.TrainedOn(row),
                            row.TestedOn.Name(),
                            Number(row.Classes),
                            Percent.Fine(row.Top1),
                            row.Interval is { } interval ? Percent.Of(interval) : "",
                            row.TopK is { } top
                                ? row.TopCount == 5
                                    ? Percent.Fine(top)
                                    : $"{Percent.Fine(top)} (top {row.TopCount})"
                                : "",
                            row.MeanClassAccuracy is { } mean ? Percent.Fine(mean) : "",
                            PaperFigures.Fine(PaperComparison.Top1(row, report.Architecture, report.Split)),
                        ]
                ),
            ]
        );

    private static DataTable Captions(EvaluationReport report)
    {
        IReadOnlyList<string> Row(CaptionRow row)
        {
            CaptionScores s = row.Scores;
            return
            [
                RowText.Of(row),
                Percent.Fine(s.Bleu4),
                Percent.Fine(s.RougeL),
                Percent.Fine(s.Meteor),
                s.Cider.ToString("0.000", CultureInfo.InvariantCulture),
                Percent.Fine(s.ExactMatch),
                Percent.Of(row.ExactMatchInterval),
                Percent.Fine(s.TokenAccuracy),
            ];
        }

        var rows = report.Captions.Select(Row).ToList();
        if (PaperComparison.Captions(report.TrainedOn, report.Architecture) is { } paper)
        {
            rows.Add([
                "paper, λ 0.1, greedy",
                PaperFigures.Fine(paper.Bleu4),
                PaperFigures.Fine(paper.RougeL),
                PaperFigures.Fine(paper.Meteor),
                "",
                PaperFigures.Fine(paper.ExactMatch),
                "",
                "",
            ]);
        }

        return new DataTable(
            "Captions",
            [
                new("how"),
                new("BLEU@4", Number: true),
                new("ROUGE-L", Number: true),
                new("METEOR", Number: true),
                new("CIDEr", Number: true),
                new("exact", Number: true),
                new("interval", Number: true),
                new("words right", Number: true),
            ],
            rows
        );
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
