namespace TaskGrain.Metrics;

/// <summary>Positions of a caption that hold the right word; sums over captions give the corpus's accuracy.</summary>
/// <param name="Right">Positions with the right word.</param>
/// <param name="Words">Positions where the hypothesis or the truth has a word.</param>
/// <param name="Positions">All positions of the decoder, the padding behind the end included.</param>
internal readonly record struct TokenAccuracy(int Right, int Words, int Positions)
{
    /// <summary>The decoder's length in the paper.</summary>
    public const int PaperPositions = 14;

    /// <summary>
    /// Share of right words among the positions where either caption has one. Padding earns nothing, so a short
    /// caption does not score by being short. 1 for no words at all.
    /// </summary>
    public double Accuracy => Words == 0 ? 1 : (double)Right / Words;

    /// <summary>
    /// Share of right positions among all of them, where "ended" against "ended" is right: what a training loop sees
    /// that compares token ids and does not mask padding. Higher than <see cref="Accuracy"/> for short captions.
    /// </summary>
    public double AccuracyWithPadding => Positions == 0 ? 1 : (double)(Right + Positions - Words) / Positions;

    /// <summary>Adds two captions or two corpora.</summary>
    public static TokenAccuracy operator +(TokenAccuracy a, TokenAccuracy b) =>
        new(a.Right + b.Right, a.Words + b.Words, a.Positions + b.Positions);

    /// <summary>
    /// Compares position by position; words behind the last position are ignored. <see cref="CaptionText.RareWord"/>
    /// is never a right word. Of several references the one with the highest <see cref="Accuracy"/> counts.
    /// </summary>
    /// <param name="hypothesis">The generated caption.</param>
    /// <param name="references">At least one true caption.</param>
    /// <param name="positions">The decoder's length.</param>
    public static TokenAccuracy Compare(
        string hypothesis,
        IReadOnlyList<string> references,
        int positions = PaperPositions
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        CaptionGuard.AtLeastOneReference(references.Count);
        List<string> generated = CaptionTokens.Split(hypothesis);
        TokenAccuracy best = default;
        for (int i = 0; i < references.Count; i++)
        {
            TokenAccuracy one = Compare(generated, CaptionTokens.Split(references[i]), positions);
            best = i == 0 || one.Accuracy > best.Accuracy ? one : best;
        }

        return best;
    }

    private static TokenAccuracy Compare(List<string> generated, List<string> truth, int positions)
    {
        int right = 0;
        for (int i = 0; i < Math.Min(positions, Math.Min(generated.Count, truth.Count)); i++)
        {
            right += CaptionTokens.IsRight(generated[i], truth[i]) ? 1 : 0;
        }

        return new TokenAccuracy(right, Math.Min(positions, Math.Max(generated.Count, truth.Count)), positions);
    }
}
