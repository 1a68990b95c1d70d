namespace TaskGrain.Metrics;

/// <summary>
/// METEOR's paraphrase module. A match is proposed once for each entry that reads from reference to hypothesis, and
/// once more for each that reads from hypothesis to reference.
/// </summary>
internal sealed class ParaphraseMatcher(ParaphraseTable table)
{
    /// <summary>Appends the module's proposals.</summary>
    /// <param name="module">Position of the module.</param>
    /// <param name="hypothesis">The hypothesis's words.</param>
    /// <param name="reference">The reference's words.</param>
    /// <param name="proposals">Receives the matches.</param>
    public void Propose(
        int module,
        ReadOnlySpan<MeteorWord> hypothesis,
        ReadOnlySpan<MeteorWord> reference,
        List<MeteorMatch> proposals
    )
    {
        int[] h = Numbers(hypothesis);
        int[] r = Numbers(reference);
        for (int j = 0; j < r.Length; j++)
        {
            foreach ((int length, int[] paraphrase) in table.PhrasesAt(r, j))
            {
                for (int i = 0; i + paraphrase.Length <= h.Length; i++)
                {
                    if (h.AsSpan(i, paraphrase.Length).SequenceEqual(paraphrase))
                    {
                        proposals.Add(new MeteorMatch(j, length, i, paraphrase.Length, module));
                    }
                }
            }
        }

        for (int i = 0; i < h.Length; i++)
        {
            foreach ((int length, int[] paraphrase) in table.PhrasesAt(h, i))
            {
                for (int j = 0; j + paraphrase.Length <= r.Length; j++)
                {
                    if (r.AsSpan(j, paraphrase.Length).SequenceEqual(paraphrase))
                    {
                        proposals.Add(new MeteorMatch(j, paraphrase.Length, i, length, module));
                    }
                }
            }
        }
    }

    private static int[] Numbers(ReadOnlySpan<MeteorWord> words)
    {
        int[] numbers = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            numbers[i] = words[i].ParaphraseWord;
        }

        return numbers;
    }
}
