namespace TaskGrain.Metrics;

/// <summary>
/// The words of a caption as exact match and token accuracy compare them: cleaned like <see cref="CaptionText"/>, but
/// the mark <see cref="CaptionText.RareWord"/> stays a mark and is not taken for the word "something".
/// </summary>
internal static class CaptionTokens
{
    /// <summary>Splits a caption.</summary>
    /// <param name="caption">Raw text.</param>
    /// <returns>Clean words; a rare word's mark is the same object as <see cref="CaptionText.RareWord"/>.</returns>
    public static List<string> Split(string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        var words = new List<string>();
        foreach (string token in caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsMark(token))
            {
                words.Add(CaptionText.RareWord);
            }
            else if (CaptionText.Clean(token) is { Length: > 0 } word)
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>Whether a generated word is right.</summary>
    /// <param name="generated">A word of <see cref="Split"/>.</param>
    /// <param name="truth">The true word at the same place.</param>
    public static bool IsRight(string generated, string truth) =>
        !IsRareMark(generated) && string.Equals(generated, truth, StringComparison.Ordinal);

    /// <summary>Whether a generated word is right when a mark may stand for a rare word.</summary>
    /// <param name="generated">A word of <see cref="Split"/>.</param>
    /// <param name="truth">The true word at the same place.</param>
    /// <param name="vocabulary">A true word outside it is rare; null: none is but a mark in the truth itself.</param>
    public static bool IsRightAllowingRare(string generated, string truth, IReadOnlySet<string>? vocabulary)
    {
        if (!IsRareMark(generated))
        {
            return IsRight(generated, truth);
        }

        return IsRareMark(truth) || (vocabulary is not null && !vocabulary.Contains(truth));
    }

    // The mark may have punctuation around it, such as a full stop: what cleaning takes off is no part of a word.
    private static bool IsMark(string token)
    {
        int start = token.IndexOf(CaptionText.RareWord, StringComparison.OrdinalIgnoreCase);
        return start >= 0
            && CaptionText.Clean(token[..start]).Length == 0
            && CaptionText.Clean(token[(start + CaptionText.RareWord.Length)..]).Length == 0;
    }

    private static bool IsRareMark(string word) => ReferenceEquals(word, CaptionText.RareWord);
}
