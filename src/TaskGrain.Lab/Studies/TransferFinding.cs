using TaskGrain.Evaluation.Statistics;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// Whether one kind of row of the transfer benchmark does better than another, over all cells that have both.
/// </summary>
internal sealed record TransferFinding
{
    private const double Level = 0.05;

    /// <summary>What is compared: <c>first − second</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Mean over all cells of first − second, in [−1, 1]; its interval is over the draws.</summary>
    public required MeanInterval Difference { get; init; }

    /// <summary>Number of cells.</summary>
    public required int Cells { get; init; }

    /// <summary>
    /// Cells in which the first is significantly better: paired t-test over the draws, 5% after Holm's correction.
    /// </summary>
    public required int Better { get; init; }

    /// <summary>Cells in which it is significantly worse.</summary>
    public required int Worse { get; init; }

    /// <summary>Whether the first is better: the interval lies above zero; null when it holds zero.</summary>
    public bool? Holds =>
        Difference.Low > 0 ? true
        : Difference.High < 0 ? false
        : null;

    /// <summary>The verdict in a word or two.</summary>
    public string Verdict =>
        Holds switch
        {
            true => "holds",
            false => "the other way round",
            null => "not decided",
        };

    /// <summary>Compares two sources in every cell: with each classifier and number of shots.</summary>
    /// <param name="results">The benchmark.</param>
    /// <param name="first">The source that should be better.</param>
    /// <param name="second">The other source.</param>
    /// <returns>The finding.</returns>
    public static TransferFinding OfSources(TransferResults results, string first, string second) =>
        Of(
            $"{first} − {second}",
            results
                .Rows.Where(row => row.Source == first)
                .Select(row => (row, results.Row(second, row.Classifier, row.Shots)))
        );

    /// <summary>Compares two classifiers in every cell: for each of some sources and number of shots.</summary>
    /// <param name="results">The benchmark.</param>
    /// <param name="first">The classifier that should be better.</param>
    /// <param name="second">The other classifier.</param>
    /// <param name="sources">The sources to look at.</param>
    /// <returns>The finding.</returns>
    public static TransferFinding OfClassifiers(
        TransferResults results,
        ClassifierKind first,
        ClassifierKind second,
        IReadOnlyCollection<string> sources
    )
    {
        return Of(
            $"{first.Title()} − {second.Title()}",
            results
                .Rows.Where(row => row.Classifier == first && sources.Contains(row.Source))
                .Select(row => (row, results.Row(row.Source, second, row.Shots)))
        );
    }

    private static TransferFinding Of(string name, IEnumerable<(TransferRow First, TransferRow Second)> cells)
    {
        (TransferRow First, TransferRow Second)[] all = [.. cells];
        PairedTest[] tests = [.. all.Select(cell => PairedTest.Of(cell.First.Accuracies, cell.Second.Accuracies))];
        double[] corrected = HolmCorrection.Correct([.. tests.Select(test => test.StudentP)]);
        int Count(Func<double, bool> sign) =>
            tests.Zip(corrected).Count(pair => pair.Second < Level && sign(pair.First.Difference.Mean));

        // A draw's cells share clips, so the draw, not the cell, is what the interval counts.
        int draws = all[0].First.Right.Count;
        double[] byDraw =
        [
            .. Enumerable
                .Range(0, draws)
                .Select(draw => all.Average(cell => Accuracy(cell.First, draw) - Accuracy(cell.Second, draw))),
        ];
        return new TransferFinding
        {
            Name = name,
            Difference = MeanInterval.Of(byDraw),
            Cells = all.Length,
            Better = Count(difference => difference > 0),
            Worse = Count(difference => difference < 0),
        };
    }

    private static double Accuracy(TransferRow row, int draw) => (double)row.Right[draw] / row.TestClips;
}
