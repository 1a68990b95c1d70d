using System.Text;

namespace TaskGrain.Evaluation;

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

    private readonly SortedWords _lemmas;
    private readonly SortedWords _exceptions;
    private readonly int[] _synsetStarts;
    private readonly int[] _synsets;
    private readonly int[] _baseStarts;
    private readonly int[] _bases;
    private readonly int _sharedSynsets;

    private WordNetData(ref Columns columns)
    {
        columns.Expect(Magic);
        int lemmas = columns.Integer();
        int exceptions = columns.Integer();
        int links = columns.Integer();
        int bases = columns.Integer();
        _lemmas = SortedWords.Read(ref columns, lemmas);
        _exceptions = SortedWords.Read(ref columns, exceptions);
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
        var columns = new Columns(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        var data = new WordNetData(ref columns);
        columns.ExpectEnd();
        return data;
    }

    /// <summary>The index of a lemma, or -1.</summary>
    public int Find(ReadOnlySpan<char> lemma) => _lemmas.Find(lemma);

    /// <summary>The index of an irregular form, or -1.</summary>
    public int FindException(ReadOnlySpan<char> form) => _exceptions.Find(form);

    /// <summary>Lemmas that are base forms of an irregular form.</summary>
    public ReadOnlySpan<int> BaseForms(int exception)
        => _bases.AsSpan(_baseStarts[exception].._baseStarts[exception + 1]);

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

    /// <summary>Words in ASCII, sorted, in one block of bytes, found by bisection.</summary>
    private sealed class SortedWords(byte[] letters, int[] starts)
    {
        public int Count => starts.Length - 1;

        public static SortedWords Read(ref Columns columns, int count)
        {
            ReadOnlySpan<byte> shared = columns.Bytes(count);
            ReadOnlySpan<byte> rests = columns.Lines(count);
            int[] starts = new int[count + 1];
            byte[] letters = new byte[shared.Length + rests.Length + SumOf(shared)];
            int end = 0;
            int before = 0;
            for (int i = 0; i < count; i++)
            {
                int length = rests.IndexOf((byte)'\n');
                letters.AsSpan(before, shared[i]).CopyTo(letters.AsSpan(end));
                rests[..length].CopyTo(letters.AsSpan(end + shared[i]));
                rests = rests[(length + 1)..];
                starts[i] = before = end;
                end += shared[i] + length;
            }

            starts[count] = end;
            return new SortedWords(letters, starts);
        }

        public int Find(ReadOnlySpan<char> word)
        {
            const int longest = 128;
            if (word.Length > longest || !Ascii.IsValid(word))
            {
                return -1;
            }

            Span<byte> bytes = stackalloc byte[longest];
            Encoding.ASCII.GetBytes(word, bytes);
            ReadOnlySpan<byte> wanted = bytes[..word.Length];
            int low = 0;
            int high = Count - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                int order = letters.AsSpan(starts[middle]..starts[middle + 1]).SequenceCompareTo(wanted);
                if (order == 0)
                {
                    return middle;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return -1;
        }

        private static int SumOf(ReadOnlySpan<byte> counts)
        {
            int sum = 0;
            foreach (byte count in counts)
            {
                sum += count;
            }

            return sum;
        }
    }

    /// <summary>Reads one column after another.</summary>
    private ref struct Columns(ReadOnlySpan<byte> data)
    {
        private ReadOnlySpan<byte> _rest = data;

        public ReadOnlySpan<byte> Bytes(int count)
        {
            if (count < 0 || count > _rest.Length)
            {
                throw new InvalidDataException("The compiled WordNet ends too early.");
            }

            ReadOnlySpan<byte> bytes = _rest[..count];
            _rest = _rest[count..];
            return bytes;
        }

        public void Expect(ReadOnlySpan<byte> mark)
        {
            if (!Bytes(mark.Length).SequenceEqual(mark))
            {
                throw new InvalidDataException("These are no data of tools/WordNetCompiler.");
            }
        }

        public readonly void ExpectEnd()
        {
            if (!_rest.IsEmpty)
            {
                throw new InvalidDataException("The compiled WordNet goes on behind its end.");
            }
        }

        public int Integer() => System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

        public int[] Integers(int count)
        {
            ReadOnlySpan<byte> low = Bytes(count);
            ReadOnlySpan<byte> middle = Bytes(count);
            ReadOnlySpan<byte> high = Bytes(count);
            int[] values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = low[i] | (middle[i] << 8) | (high[i] << 16);
            }

            return values;
        }

        public ReadOnlySpan<byte> Lines(int count)
        {
            int end = 0;
            for (int i = 0; i < count; i++)
            {
                int length = _rest[end..].IndexOf((byte)'\n');
                if (length < 0)
                {
                    throw new InvalidDataException("The compiled WordNet ends too early.");
                }

                end += length + 1;
            }

            return Bytes(end);
        }
    }
}
