namespace TaskGrain.Metrics;

/// <summary>
/// METEOR's paraphrase module. A match is proposed once for each entry that reads from reference to hypothesis, and
/// once more for each that reads from hypothesis to reference.
/// </summary>
internal sealed class ParaphraseMatcher(ParaphraseTable table)
{
    /// <summary>
    /// Phrases that both texts repeat are listed pair by pair, so their number is bounded: 80 MB. Captions have a few.
    /// </summary>
    private const int MostProposals = 1 << 21;

    /// <summary>Appends the module's proposals.</summary>
    /// <param name="module">Position of the module.</param>
    /// <param name="hypothesis">The hypothesis's words.</param>
    /// <param name="reference">The reference's words.</param>
    /// <param name="proposals">Receives the matches.</param>
    /// <exception cref="TaskGrainException">There are too many.</exception>
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
                for (int i = Next(h, paraphrase, 0); i >= 0; i = Next(h, paraphrase, i + 1))
                {
                    proposals.Add(new MeteorMatch(j, length, i, paraphrase.Length, module));
                    Bound(proposals);
                }
            }
        }

        for (int i = 0; i < h.Length; i++)
        {
            foreach ((int length, int[] paraphrase) in table.PhrasesAt(h, i))
            {
                for (int j = Next(r, paraphrase, 0); j >= 0; j = Next(r, paraphrase, j + 1))
                {
                    proposals.Add(new MeteorMatch(j, paraphrase.Length, i, length, module));
                    Bound(proposals);
                }
            }
        }
    }

    /// <summary>Where a phrase occurs next from a position on; -1 when it does not.</summary>
    private static int Next(int[] words, int[] phrase, int from)
    {
        int at = words.AsSpan(from).IndexOf(phrase);
        return at < 0 ? -1 : from + at;
    }

    private static void Bound(List<MeteorMatch> proposals)
    {
        if (proposals.Count > MostProposals)
        {
            throw new TaskGrainException(
                $"METEOR's paraphrases give more than {MostProposals} matches between a caption and one reference; "
                    + $"leave the paraphrases out, or shorten the texts."
            );
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
