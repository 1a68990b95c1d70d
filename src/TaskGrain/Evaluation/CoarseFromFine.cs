using TaskGrain.Inference;

namespace TaskGrain.Evaluation;

/// <summary>
/// Coarse answers from a fine classifier: the probability of a group is the sum over its classes (Table 2).
/// </summary>
internal static class CoarseFromFine
{
    /// <summary>Sums each group's probabilities.</summary>
    /// <param name="probabilities">One row a sample: probabilities, not logits or their logarithms.</param>
    /// <param name="groupOf">The group of each class, from 0.</param>
    /// <param name="groups">Number of groups; one that no class belongs to gets probability 0.</param>
    /// <returns>One row a sample, one column a group; a row sums to what it summed to before.</returns>
    /// <exception cref="ArgumentException">
    /// The map's length or a group is wrong, or a probability is negative.
    /// </exception>
    public static ScoreMatrix Sum(ScoreMatrix probabilities, IReadOnlyList<int> groupOf, int groups)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(groupOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (groupOf.Count != probabilities.Classes)
        {
            throw new ArgumentException(
                $"{groupOf.Count} classes are mapped to groups, {probabilities.Classes} have scores.",
                nameof(groupOf)
            );
        }

        if (groupOf.Any(g => g < 0 || g >= groups))
        {
            throw new ArgumentException(
                $"A class belongs to none of the {groups} groups, numbered from 0.",
                nameof(groupOf)
            );
        }

        var sums = new float[probabilities.Samples * groups];
        for (int i = 0; i < probabilities.Samples; i++)
        {
            ReadOnlySpan<float> row = probabilities.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                if (row[c] < 0)
                {
                    throw new ArgumentException(
                        "A probability is negative; these are logits or log-probabilities.",
                        nameof(probabilities)
                    );
                }

                sums[(i * groups) + groupOf[c]] += row[c];
            }
        }

        return new ScoreMatrix(sums, groups);
    }
}
