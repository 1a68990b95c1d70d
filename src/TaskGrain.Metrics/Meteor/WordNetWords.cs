using System.Text;

namespace TaskGrain.Metrics;

/// <summary>Words in ASCII, sorted, in one block of bytes, found by bisection.</summary>
internal sealed class WordNetWords(byte[] letters, int[] starts)
{
    /// <summary>How many there are.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Reads front-coded words.</summary>
    public static WordNetWords Read(ref WordNetColumns columns, int count)
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
        return new WordNetWords(letters, starts);
    }

    /// <summary>The index of a word, or -1.</summary>
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
