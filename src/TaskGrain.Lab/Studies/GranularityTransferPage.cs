using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Transfer.Benchmark;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>The page of the transfer study, from its measurements alone.</summary>
internal static class GranularityTransferPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">The benchmark.</param>
    /// <param name="findings">What it says of the paper's findings.</param>
    /// <param name="figure">The figure's file, as seen from the page.</param>
    /// <param name="origin">How the numbers came about.</param>
    /// <param name="trainingSeconds">Seconds that the encoders took to train.</param>
    public static StudyPage Of(
        TransferResults results,
        TransferFindings findings,
        string figure,
        StudyOrigin origin,
        double trainingSeconds
    ) =>
        new StudyPage(
            "Transfer: which grain of labels carries over?",
            "The paper's Section 6: encoders trained at each grain on the generated source set are frozen, and "
                + $"small classifiers on their features learn the {results.Classes} kitchenware classes from a few "
                + $"clips, over {results.Runs} draws that are the same for all sources."
        )
            .Paragraph("## The paper's findings here")
            .Paragraph(Verdicts(findings))
            .Table(
                [
                    "comparison",
                    Number("mean difference"),
                    Number("95% interval"),
                    Number("cells"),
                    Number("significantly better"),
                    Number("significantly worse"),
                    "",
                ],
                findings
                    .Classifiers.Concat(findings.Trained)
                    .Concat(findings.External)
                    .Concat(findings.Grains)
                    .Concat(findings.Captions)
                    .Select(Cells)
            )
            .Paragraph(
                "Percentage points, averaged over all cells (numbers of shots, with each classifier or source); "
                    + "interval of the mean over the draws (Student's t). Significant: paired t-test over the draws "
                    + "below 5% after Holm's correction within the row. The draws vary the training clips of one "
                    + "trained encoder a source: they do not measure how much another training run of the encoder "
                    + "would differ."
            )
            .Paragraph(TransferReport.Body(results, figure).Trim())
            .Origin(origin, runs: 1, trainingSeconds);

    /// <summary>The paper's three findings (Section 6.2), each with what the intervals say of it here.</summary>
    private static string Verdicts(TransferFindings findings) =>
        string.Join(
            "\n",
            "1. *A stronger classifier does better (BiLSTM, MLP, logistic regression in this order).* "
                + $"{Words(findings.Classifiers)}.",
            "2. *Features of an encoder trained on such videos beat others.* The paper's others are an ImageNet and a "
                + "Kinetics network; "
                + (
                    findings.External.Count > 0
                        ? $"against the networks trained elsewhere here: {Words(findings.External)}; "
                        : "none is measured here; "
                )
                + $"against the untrained encoder: {Words(findings.Trained)}.",
            $"3. *Finer labels teach features that carry over better.* {Words(findings.Grains)}. *Captions with "
                + $"categories are best, captions alone the exception*: {Words(findings.Captions)}."
        );

    private static string Words(IEnumerable<TransferFinding> findings) =>
        string.Join(
            "; ",
            findings.Select(f => $"{f.Name}: {Percent.Signed(f.Difference.Mean)} ({Range(f)}), {f.Verdict}")
        );

    private static string[] Cells(TransferFinding finding) =>
        [
            finding.Name,
            Percent.Signed(finding.Difference.Mean),
            Range(finding),
            finding.Cells.ToString(CultureInfo.InvariantCulture),
            finding.Better.ToString(CultureInfo.InvariantCulture),
            finding.Worse.ToString(CultureInfo.InvariantCulture),
            finding.Verdict,
        ];

    private static string Range(TransferFinding finding) =>
        $"{Percent.Signed(finding.Difference.Low)} to {Percent.Signed(finding.Difference.High)}";
}
