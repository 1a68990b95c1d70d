using System.Buffers.Binary;
using System.Text;

namespace TaskGrain.WordNetCompiler;

/// <summary>Writes the format that <c>TaskGrain.Metrics.WordNetData</c> documents and reads.</summary>
internal static class WordNetWriter
{
    public static byte[] Write(WordNetSource source)
    {
        string[] lemmas = [.. source.Lemmas.Keys];
        string[] exceptions = [.. source.Exceptions.Keys];
        var indexOf = lemmas.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

        // A synset of one lemma can only say that a lemma is itself; the reader gives such a lemma one of its own.
        var shared = source
            .Lemmas.Values.SelectMany(s => s)
            .GroupBy(s => s)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ToHashSet();
        int[][] synsets = [.. source.Lemmas.Values.Select(s => s.Where(shared.Contains).ToArray())];
        // A base form without synsets adds nothing, but the form stays: it keeps the rules of inflection from it.
        int[][] bases =
        [
            .. source.Exceptions.Values.Select(b => b.Where(indexOf.ContainsKey).Select(w => indexOf[w]).ToArray()),
        ];
        int[] links = Links(synsets);
        int[] allBases = [.. bases.SelectMany(b => b)];

        using var stream = new MemoryStream();
        stream.Write("TGWN1"u8);
        WriteInteger(stream, lemmas.Length);
        WriteInteger(stream, exceptions.Length);
        WriteInteger(stream, links.Length);
        WriteInteger(stream, allBases.Length);
        WriteWords(stream, lemmas);
        WriteWords(stream, exceptions);
        WriteCounts(stream, synsets);
        WritePlanes(stream, links);
        WriteCounts(stream, bases);
        WritePlanes(stream, allBases);
        return stream.ToArray();
    }

    /// <summary>0 for a synset not met before, otherwise how many were met since, itself included.</summary>
    private static int[] Links(int[][] synsets)
    {
        var met = new Dictionary<int, int>();
        var links = new List<int>();
        foreach (int synset in synsets.SelectMany(s => s))
        {
            links.Add(met.TryGetValue(synset, out int number) ? met.Count - number : 0);
            met.TryAdd(synset, met.Count);
        }

        return [.. links];
    }

    private static void WriteInteger(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteWords(Stream stream, string[] words)
    {
        var shared = new List<byte>();
        var rests = new StringBuilder();
        string before = "";
        foreach (string word in words)
        {
            if (!Ascii.IsValid(word) || word.Length > 128)
            {
                throw new FormatException(
                    $"'{word}' is not ASCII, or longer than 128 characters; the format cannot hold it."
                );
            }

            int common = word.AsSpan().CommonPrefixLength(before);
            shared.Add((byte)common);
            rests.Append(word.AsSpan(common)).Append('\n');
            before = word;
        }

        stream.Write([.. shared]);
        stream.Write(Encoding.ASCII.GetBytes(rests.ToString()));
    }

    private static void WriteCounts(Stream stream, int[][] lists) =>
        stream.Write([.. lists.Select(list => checked((byte)list.Length))]);

    private static void WritePlanes(Stream stream, int[] values)
    {
        stream.Write([.. values.Select(v => (byte)v)]);
        stream.Write([.. values.Select(v => (byte)(v >> 8))]);
        stream.Write([.. values.Select(v => checked((byte)(v >> 16)))]);
    }
}
