namespace TaskGrain.Metrics;

/// <summary>
/// WordNet as <c>tools/WordNetCompiler</c> writes it: columns of bytes, which compress far better than records.
/// <code>
/// "TGWN1"                                     5 bytes
/// lemmas, exceptions, links, bases            int32 each, little-endian
/// lemmas, then exceptions: each sorted, front-coded: 1 byte "characters shared with the one before" a word,
///                                             then the rest of each word followed by a line feed
/// synsets a lemma                             1 byte each; synsets of a single lemma are left out
/// links                                       one synset each, 3 planes of 1 byte (low, middle, high):
///                                             0 for a synset not met before, n for the n-th newest
/// base forms an exception                     1 byte each
/// bases                                       one lemma's index each, 3 planes of 1 byte
/// </code>
/// </summary>
internal sealed class WordNetData
{
    private static ReadOnlySpan<byte> Magic => "TGWN1"u8;

    private readonly WordNetWords _lemmas;
    private readonly WordNetWords _exceptions;
    private readonly int[] _synsetStarts;
    private readonly int[] _synsets;
    private readonly int[] _baseStarts;
    private readonly int[] _bases;
    private readonly int _sharedSynsets;

    private WordNetData(ref WordNetColumns columns)
    {
        columns.Expect(Magic);
        int lemmas = columns.Integer();
        int exceptions = columns.Integer();
        int links = columns.Integer();
        int bases = columns.Integer();
        _lemmas = WordNetWords.Read(ref columns, lemmas);
        _exceptions = WordNetWords.Read(ref columns, exceptions);
        _synsetStarts = Starts(columns.Bytes(lemmas));
        _synsets = columns.Integers(links);
        _sharedSynsets = Renumber(_synsets);
        _baseStarts = Starts(columns.Bytes(exceptions));
        _bases = columns.Integers(bases);
    }

    /// <summary>Number of lemmas.</summary>
    public int LemmaCount => _lemmas.Count;

    /// <summary>Reads compiled data to its end.</summary>
    /// <param name="stream">The data, unpacked.</param>
    /// <exception cref="InvalidDataException">The data are not what the compiler writes.</exception>
    public static WordNetData Read(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var columns = new WordNetColumns(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        var data = new WordNetData(ref columns);
        columns.ExpectEnd();
        return data;
    }

    /// <summary>The index of a lemma, or -1.</summary>
    public int Find(ReadOnlySpan<char> lemma) => _lemmas.Find(lemma);

    /// <summary>The index of an irregular form, or -1.</summary>
    public int FindException(ReadOnlySpan<char> form) => _exceptions.Find(form);

    /// <summary>Lemmas that are base forms of an irregular form.</summary>
    public ReadOnlySpan<int> BaseForms(int exception) =>
        _bases.AsSpan(_baseStarts[exception].._baseStarts[exception + 1]);

    /// <summary>The synsets that a lemma shares with others, or one of its own when there are none.</summary>
    public int[] SynsetsOfLemma(int lemma)
    {
        int[] shared = _synsets[_synsetStarts[lemma].._synsetStarts[lemma + 1]];
        return shared.Length > 0 ? shared : [_sharedSynsets + lemma];
    }

    private static int[] Starts(ReadOnlySpan<byte> counts)
    {
        int[] starts = new int[counts.Length + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            starts[i + 1] = starts[i] + counts[i];
        }

        return starts;
    }

    private static int Renumber(int[] links)
    {
        int met = 0;
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = links[i] == 0 ? met++ : met - links[i];
        }

        return met;
    }
}
