namespace TaskGrain.Metrics;

/// <summary>
/// Exact match (Section 5 of the paper): the generated caption equals the truth word by word. Case and punctuation do
/// not count (see <see cref="CaptionText"/>). With several references one of them has to be met.
/// </summary>
internal static class ExactMatch
{
    /// <summary>
    /// The strict reading, the one to set beside the paper's tables: <see cref="CaptionText.RareWord"/> is not a word
    /// of any caption, so a caption that contains it never matches.
    /// </summary>
    /// <param name="hypothesis">The generated caption.</param>
    /// <param name="references">At least one true caption.</param>
    public static bool IsMatch(string hypothesis, IReadOnlyList<string> references) =>
        AnyMatches(hypothesis, references, CaptionTokens.IsRight);

    /// <summary>
    /// The generous reading: <see cref="CaptionText.RareWord"/> is right where the truth has a word that the model
    /// could not have said.
    /// </summary>
    /// <param name="hypothesis">The generated caption.</param>
    /// <param name="references">At least one true caption.</param>
    /// <param name="vocabulary">
    /// The model's words, clean. A true word outside it is rare; so is a literal <see cref="CaptionText.RareWord"/> in
    /// the truth, the only case when the vocabulary is null.
    /// </param>
    public static bool IsMatchAllowingRare(
        string hypothesis,
        IReadOnlyList<string> references,
        IReadOnlySet<string>? vocabulary
    ) =>
        AnyMatches(
            hypothesis,
            references,
            (generated, truth) => CaptionTokens.IsRightAllowingRare(generated, truth, vocabulary)
        );

    private static bool AnyMatches(
        string hypothesis,
        IReadOnlyList<string> references,
        Func<string, string, bool> isRight
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        CaptionGuard.AtLeastOneReference(references.Count);
        List<string> generated = CaptionTokens.Split(hypothesis);
        return references.Any(reference =>
        {
            List<string> truth = CaptionTokens.Split(reference);
            return generated.Count == truth.Count && generated.Zip(truth).All(pair => isRight(pair.First, pair.Second));
        });
    }
}
