using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>Compares rows that ran on the same draws, with Holm's correction within each family.</summary>
internal static class TransferComparisons
{
    /// <summary>Every pair of sources; a family is a classifier and a number of shots.</summary>
    public static List<TransferComparison> OfSources(IReadOnlyList<TransferRow> rows) =>
        [.. rows.GroupBy(row => (row.Classifier, row.Shots)).SelectMany(family => Family(Pairs([.. family])))];

    /// <summary>Every pair of classifiers on one source; a family is a number of shots, over all sources.</summary>
    public static List<TransferComparison> OfClassifiers(IReadOnlyList<TransferRow> rows) =>
        [
            .. rows.GroupBy(row => row.Shots)
                .SelectMany(family => Family(family.GroupBy(row => row.Source).SelectMany(own => Pairs([.. own])))),
        ];

    /// <summary>The later row first: sources and classifiers are listed from weak to strong.</summary>
    private static IEnumerable<(TransferRow First, TransferRow Second)> Pairs(TransferRow[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                yield return (rows[j], rows[i]);
            }
        }
    }

    private static IEnumerable<TransferComparison> Family(IEnumerable<(TransferRow First, TransferRow Second)> pairs)
    {
        (TransferRow First, TransferRow Second)[] all = [.. pairs];
        PairedTest[] tests = [.. all.Select(pair => PairedTest.Of(pair.First.Accuracies, pair.Second.Accuracies))];
        double[] student = HolmCorrection.Correct([.. tests.Select(test => test.StudentP)]);
        double[] permutation = HolmCorrection.Correct([.. tests.Select(test => test.PermutationP)]);
        return all.Select(
            (pair, i) =>
                new TransferComparison(
                    pair.First.Shots,
                    new TransferSide(pair.First.Source, pair.First.Classifier),
                    new TransferSide(pair.Second.Source, pair.Second.Classifier),
                    tests[i].Difference.Mean,
                    tests[i].Difference.HalfWidth,
                    tests[i].StudentP,
                    student[i],
                    tests[i].PermutationP,
                    permutation[i]
                )
        );
    }
}
