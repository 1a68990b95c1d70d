using System.IO.Compression;

namespace TaskGrain.Metrics;

/// <summary>
/// The synsets of WordNet 3.0 as METEOR uses them: a set of numbers for each lemma, parts of speech thrown together,
/// and base forms of inflected words. It can tell only whether two words share a synset: <c>tools/WordNetCompiler</c>
/// renumbers the synsets and leaves out what does not change that. Licence: <c>WordNet.LICENSE</c> beside the data.
/// </summary>
internal sealed class WordNet
{
    private const string Resource = "TaskGrain.Metrics.WordNet.bin.br";

    private static readonly Lazy<WordNet> SharedInstance = new(LoadResource);

    private static readonly (string Suffix, string Ending)[] Detachments =
    [
        ("s", ""),
        ("ses", "s"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
        ("s", ""),
        ("ies", "y"),
        ("es", "e"),
        ("es", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("er", ""),
        ("est", ""),
        ("er", "e"),
        ("est", "e"),
    ];

    private readonly WordNetData _data;

    /// <summary>Makes a dictionary of compiled data.</summary>
    internal WordNet(WordNetData data) => _data = data;

    /// <summary>The dictionary in this library; read at the first use.</summary>
    public static WordNet Shared => SharedInstance.Value;

    /// <summary>Number of lemmas; 147,306 in WordNet 3.0.</summary>
    public int LemmaCount => _data.LemmaCount;

    /// <summary>The synsets of a token itself and of its base forms.</summary>
    /// <param name="token">A word; lemmas are in lower case, several words of one are joined by an underscore.</param>
    /// <returns>Ascending numbers without repetition that mean something only by being shared or not.</returns>
    public int[] SynsetsOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var synsets = new SortedSet<int>();
        AddLemma(_data.Find(token), synsets);
        int form = _data.FindException(token);
        if (form >= 0)
        {
            foreach (int lemma in _data.BaseForms(form))
            {
                AddLemma(lemma, synsets);
            }
        }
        else
        {
            AddLemma(BaseForm(token), synsets);
        }

        return [.. synsets];
    }

    private int BaseForm(string token)
    {
        if (token.Length <= 2 || token.EndsWith("ss", StringComparison.Ordinal))
        {
            return -1;
        }

        foreach ((string suffix, string ending) in Detachments)
        {
            if (
                token.EndsWith(suffix, StringComparison.Ordinal)
                && _data.Find(string.Concat(token.AsSpan(0, token.Length - suffix.Length), ending))
                    is >= 0
                        and int lemma
            )
            {
                return lemma;
            }
        }

        return -1;
    }

    private void AddLemma(int lemma, SortedSet<int> synsets)
    {
        if (lemma >= 0)
        {
            synsets.UnionWith(_data.SynsetsOfLemma(lemma));
        }
    }

    private static WordNet LoadResource()
    {
        using Stream packed =
            typeof(WordNet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the library.");
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        return new WordNet(WordNetData.Read(unpacked));
    }
}
