using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>Compares rows that ran on the same draws, with Holm's correction within each family.</summary>
internal static class TransferComparisons
{
    /// <summary>Every pair of sources; a family is a classifier and a number of shots.</summary>
    public static List<TransferComparison> OfSources(IReadOnlyList<TransferRow> rows) =>
        [
            .. rows.GroupBy(row => (row.Classifier, row.Shots))
                .SelectMany(group =>
                    Family($"{group.Key.Classifier}, {group.Key.Shots} shots", Pairs([.. group], row => row.Source))
                ),
        ];

    /// <summary>Every pair of classifiers on one source; a family is a number of shots, over all sources.</summary>
    public static List<TransferComparison> OfClassifiers(IReadOnlyList<TransferRow> rows) =>
        [
            .. rows.GroupBy(row => row.Shots)
                .SelectMany(group =>
                    Family(
                        $"{group.Key} shots",
                        group
                            .GroupBy(row => row.Source)
                            .SelectMany(own => Pairs([.. own], row => $"{row.Source}: {row.Classifier}"))
                    )
                ),
        ];

    private static IEnumerable<(string First, string Second, PairedTest Test)> Pairs(
        TransferRow[] rows,
        Func<TransferRow, string> name
    )
    {
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                // The later row first: sources and classifiers are listed from weak to strong.
                yield return (name(rows[j]), name(rows[i]), PairedTest.Of(rows[j].Accuracies, rows[i].Accuracies));
            }
        }
    }

    private static IEnumerable<TransferComparison> Family(
        string name,
        IEnumerable<(string First, string Second, PairedTest Test)> pairs
    )
    {
        (string First, string Second, PairedTest Test)[] all = [.. pairs];
        double[] student = HolmCorrection.Correct([.. all.Select(pair => pair.Test.StudentP)]);
        double[] permutation = HolmCorrection.Correct([.. all.Select(pair => pair.Test.PermutationP)]);
        return all.Select(
            (pair, i) =>
                new TransferComparison(
                    name,
                    pair.First,
                    pair.Second,
                    pair.Test.Difference.Mean,
                    pair.Test.Difference.HalfWidth,
                    pair.Test.StudentP,
                    student[i],
                    pair.Test.PermutationP,
                    permutation[i]
                )
        );
    }
}
