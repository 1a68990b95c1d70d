using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Explain.Reports;

/// <summary>What a page says about a benchmark of transfer.</summary>
internal static class TransferSections
{
    private const double Level = 0.05;

    /// <summary>The sections.</summary>
    /// <param name="results">What was measured.</param>
    public static IEnumerable<ReportSection> Of(TransferResults results)
    {
        yield return new ReportSection(
            "transfer",
            $"Transfer to {results.Target}",
            [
                new Prose(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{results.Classes} classes, {results.TrainClips} training clips (full = up to "
                            + $"{results.FullShots} a class), {results.TestClips} test clips, {results.Runs} runs over "
                            + $"draws that are the same for all sources, seed {results.Seed}. Chance is "
                            + $"{100 * results.Chance:0.0}%. The paper's Figure 5 prints no numbers to "
                            + $"set beside these."
                    )
                ),
                new Drawing("Accuracy by source, classifier and shots", InWords(results), TransferFigure.Svg(results)),
                .. results.Classifiers.Select(classifier => Accuracies(results, classifier)),
                Sources(results),
            ]
        );
        if (results.SourceComparisons.Count > 0)
        {
            yield return new ReportSection("differences", "Differences between sources", [Differences(results)]);
        }
    }

    private static string InWords(TransferResults results)
    {
        TransferRow best = results.Rows.MaxBy(row => row.Mean)!;
        return $"Lines of test accuracy over the number of training clips a class, one a source, one panel a "
            + $"classifier; all numbers are in the tables below. The highest is {best.Source} with "
            + $"{best.Classifier.Title()}, {TransferReport.Heading(best.Shots)}: {Percent.Of(best.Mean)}%.";
    }

    private static DataTable Accuracies(TransferResults results, ClassifierKind classifier) =>
        new(
            $"Test accuracy in percent, {classifier.Title()}",
            [
                new("source"),
                .. results.Shots.Select(shots => new ReportColumn(TransferReport.Heading(shots), Number: true)),
            ],
            [
                .. results.Sources.Select(source =>
                    (IReadOnlyList<string>)
                        [
                            source.Name,
                            .. results.Shots.Select(shots =>
                                TransferReport.Cell(results.Row(source.Name, classifier, shots))
                            ),
                        ]
                ),
            ]
        );

    private static DataTable Sources(TransferResults results) =>
        new(
            "Sources",
            [new("source"), new("what it is")],
            [.. results.Sources.Select(source => (IReadOnlyList<string>)[source.Name, source.Description])],
            Folded: true
        );

    private static DataTable Differences(TransferResults results) =>
        new(
            "First minus second in percentage points, paired by draw (t-test, Holm's correction)",
            [
                new("first"),
                new("second"),
                new("classifier"),
                new("shots", Number: true),
                new("difference", Number: true),
                new("p", Number: true),
                new("at 5%"),
            ],
            [
                .. results.SourceComparisons.Select(test =>
                    (IReadOnlyList<string>)
                        [
                            test.First.Source,
                            test.Second.Source,
                            test.First.Classifier.Title(),
                            TransferReport.Heading(test.Shots),
                            $"{Percent.Signed(test.Difference)} ± {Percent.Of(test.HalfWidth)}",
                            test.StudentHolmP.ToString("0.000", CultureInfo.InvariantCulture),
                            test.StudentHolmP < Level ? "differ" : "",
                        ]
                ),
            ],
            Folded: results.SourceComparisons.Count > 30
        );
}
