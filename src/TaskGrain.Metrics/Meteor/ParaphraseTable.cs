using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskGrain.Metrics;

/// <summary>
/// A paraphrase table in METEOR's format: a gzipped text file of three lines an entry, a probability (not used, as in
/// METEOR), a phrase of the reference, a phrase of the hypothesis; words separated by blanks.
/// </summary>
public sealed class ParaphraseTable
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);

    /// <summary>The phrases' beginnings as a tree: (node, word) leads to a node; node 0 is the root.</summary>
    private readonly Dictionary<(int Node, int Word), int> _edges = [];

    /// <summary>The paraphrases of the phrase that ends at a node, in the table's order.</summary>
    private readonly Dictionary<int, List<int[]>> _paraphrases = [];

    private ParaphraseTable() { }

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">
    /// A file as METEOR's <c>data/paraphrase-en.gz</c>; one that is not packed will do as well.
    /// </param>
    /// <param name="cancel">Stops the reading; the English table has millions of entries.</param>
    /// <exception cref="TaskGrainException">
    /// The file cannot be read or breaks the format; file and line are named.
    /// </exception>
    public static ParaphraseTable Load(string path, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        RegularFile.Require(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            bool packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream stream = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(stream, new UTF8Encoding(false, true));
            return Read(reader, path, cancel);
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or DecoderFallbackException
            )
        {
            throw new TaskGrainException($"{path}: the paraphrase table cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads a table's text.</summary>
    /// <param name="reader">The unpacked text.</param>
    /// <param name="name">What faults call it.</param>
    /// <param name="cancel">Stops the reading.</param>
    internal static ParaphraseTable Read(TextReader reader, string name, CancellationToken cancel = default)
    {
        var table = new ParaphraseTable();
        for (int line = 1; reader.ReadLine() is not null; line += 3)
        {
            cancel.ThrowIfCancellationRequested();
            int[] reference = table.Phrase(reader.ReadLine(), name, line + 1);
            int[] hypothesis = table.Phrase(reader.ReadLine(), name, line + 2);
            table.Add(reference, hypothesis);
        }

        return table;
    }

    /// <summary>The number of a word, or -1 for one that no phrase has.</summary>
    internal int WordNumber(string word) => _words.GetValueOrDefault(word, -1);

    /// <summary>The paraphrases of every phrase that starts at a position, shorter phrases first.</summary>
    /// <param name="words">A text's words by <see cref="WordNumber"/>.</param>
    /// <param name="start">Where the phrases start.</param>
    /// <returns>Length of the phrase and words of a paraphrase, pair by pair.</returns>
    internal IEnumerable<(int Length, int[] Paraphrase)> PhrasesAt(int[] words, int start)
    {
        int node = 0;
        for (int end = start; end < words.Length && _edges.TryGetValue((node, words[end]), out node); end++)
        {
            if (_paraphrases.TryGetValue(node, out List<int[]>? paraphrases))
            {
                foreach (int[] paraphrase in paraphrases)
                {
                    yield return (end + 1 - start, paraphrase);
                }
            }
        }
    }

    private int[] Phrase(string? line, string name, int lineNumber)
    {
        string[] words =
            line?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            ?? throw new TaskGrainException(
                $"{name}, line {lineNumber}: the file ends inside an entry; an entry is three lines: probability, "
                    + $"phrase of the reference, phrase of the hypothesis."
            );
        if (words.Length == 0)
        {
            throw new TaskGrainException(
                $"{name}, line {lineNumber}: an empty phrase; an entry is three lines: probability, phrase of the "
                    + $"reference, phrase of the hypothesis."
            );
        }

        int[] numbers = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, words[i], out bool known);
            number = known ? number : _words.Count - 1;
            numbers[i] = number;
        }

        return numbers;
    }

    private void Add(int[] reference, int[] hypothesis)
    {
        int node = 0;
        foreach (int word in reference)
        {
            ref int next = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, (node, word), out bool known);
            next = known ? next : _edges.Count;
            node = next;
        }

        ref List<int[]>? paraphrases = ref CollectionsMarshal.GetValueRefOrAddDefault(_paraphrases, node, out _);
        paraphrases ??= [];
        paraphrases.Add(hypothesis);
        Count++;
    }
}
