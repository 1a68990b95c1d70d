namespace TaskGrain.Inference;

/// <summary>
/// One row of class scores a sample: probabilities, logits or anything else of which more is better. Every score is
/// a number; a NaN, which compares as neither more nor less, is refused on the way in.
/// </summary>
internal sealed class ScoreMatrix
{
    private readonly float[] _scores;

    /// <summary>Takes over scores row by row.</summary>
    /// <param name="scores">(samples × classes), row-major; kept, not copied.</param>
    /// <param name="classes">Classes, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the classes.</exception>
    /// <exception cref="TaskGrainException">A score is NaN.</exception>
    public ScoreMatrix(float[] scores, int classes)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (scores.Length % classes != 0)
        {
            throw new ArgumentException(
                $"{scores.Length} scores are not whole rows of {classes} classes.",
                nameof(scores)
            );
        }

        int bad = Array.FindIndex(scores, float.IsNaN);
        if (bad >= 0)
        {
            throw new TaskGrainException(
                $"the score of class {bad % classes} for sample {bad / classes} is not a number: the model's "
                    + $"weights are broken or its training diverged."
            );
        }

        _scores = scores;
        Classes = classes;
    }

    /// <summary>Columns.</summary>
    public int Classes { get; }

    /// <summary>Rows.</summary>
    public int Samples => _scores.Length / Classes;

    /// <summary>The scores of one sample.</summary>
    /// <param name="sample">Row, from 0.</param>
    /// <returns>One score a class.</returns>
    public ReadOnlySpan<float> Row(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Samples);
        return _scores.AsSpan(sample * Classes, Classes);
    }

    /// <summary>The class with the highest score of each sample; of equal scores the first.</summary>
    /// <returns>One class a sample.</returns>
    public int[] Best()
    {
        var best = new int[Samples];
        for (int i = 0; i < best.Length; i++)
        {
            best[i] = BestOf(Row(i));
        }

        return best;
    }

    /// <summary>
    /// The classes with the highest scores of one sample, best first; of equal scores the first class first.
    /// </summary>
    /// <param name="sample">Row, from 0.</param>
    /// <param name="count">How many; fewer come back where there are fewer classes.</param>
    /// <returns>Classes.</returns>
    public int[] Top(int sample, int count)
    {
        float[] row = Row(sample).ToArray();
        return Enumerable.Range(0, Classes).OrderByDescending(c => row[c]).Take(count).ToArray();
    }

    /// <summary>
    /// How many classes come before the true one: 0 when it is the best. Of equal scores the lower class comes first,
    /// so a model that gives every class the same score gains nothing by it.
    /// </summary>
    /// <param name="sample">Row, from 0.</param>
    /// <param name="target">The true class.</param>
    /// <returns>Rank from 0.</returns>
    public int RankOf(int sample, int target)
    {
        ReadOnlySpan<float> row = Row(sample);
        float score = row[target];
        int before = 0;
        for (int c = 0; c < row.Length; c++)
        {
            if (row[c] > score || (row[c] == score && c < target))
            {
                before++;
            }
        }

        return before;
    }

    /// <summary>The place of the highest score; of equal scores the first.</summary>
    /// <param name="row">One score a class, at least one.</param>
    internal static int BestOf(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int c = 1; c < row.Length; c++)
        {
            if (row[c] > row[best])
            {
                best = c;
            }
        }

        return best;
    }
}
