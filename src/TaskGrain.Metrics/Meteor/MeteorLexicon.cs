namespace TaskGrain.Metrics;

/// <summary>Splits captions into tokens and knows each token's stem, synsets and kind.</summary>
internal sealed class MeteorLexicon
{
    private readonly bool _normalize;
    private readonly bool _stems;
    private readonly WordNet? _wordNet;
    private readonly ParaphraseTable? _paraphrases;
    private readonly Dictionary<string, MeteorWord> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MeteorWord>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<string, int> _stemNumbers = new(StringComparer.Ordinal);
    private readonly EnglishStemmer _stemmer = new();
    private readonly CharBuffer _normalized = new();

    public MeteorLexicon(MeteorOptions options)
    {
        _normalize = options.Normalize;
        _stems = options.Modules.Contains(MeteorModule.Stem);
        _wordNet = options.Modules.Contains(MeteorModule.Synonym) ? WordNet.Shared : null;
        _paraphrases = options.Paraphrases;
        _bySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Replaces a list's content by a caption's tokens.</summary>
    public void Tokenize(string caption, List<MeteorWord> tokens)
    {
        ArgumentNullException.ThrowIfNull(caption);
        tokens.Clear();
        ReadOnlySpan<char> rest = caption;
        if (_normalize)
        {
            _normalized.Clear();
            MeteorNormalizer.Append(caption, _normalized);
            rest = _normalized.Written;
        }

        while (true)
        {
            rest = rest.TrimStart(MeteorNormalizer.AsciiWhiteSpace);
            if (rest.IsEmpty)
            {
                return;
            }

            int end = rest.IndexOfAny(MeteorNormalizer.AsciiWhiteSpace);
            ReadOnlySpan<char> token = end < 0 ? rest : rest[..end];
            if (!_bySpan.TryGetValue(token, out MeteorWord? word))
            {
                word = LookUp(token.ToString());
                _words.Add(word.Text, word);
            }

            tokens.Add(word);
            rest = rest[token.Length..];
        }
    }

    private MeteorWord LookUp(string token)
    {
        return new MeteorWord
        {
            Id = _words.Count,
            Text = token,
            Stem = _stems ? StemNumber(token) : -1,
            Synsets = _wordNet?.SynsetsOf(token) ?? [],
            ParaphraseWord = _paraphrases?.WordNumber(token) ?? -1,
            IsFunctionWord = MeteorFunctionWords.Contains(token),
        };
    }

    private int StemNumber(string token)
    {
        string stem = _stemmer.Stem(token);
        if (!_stemNumbers.TryGetValue(stem, out int number))
        {
            number = _stemNumbers.Count;
            _stemNumbers.Add(stem, number);
        }

        return number;
    }
}
