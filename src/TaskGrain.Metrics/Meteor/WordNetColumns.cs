using System.Buffers.Binary;

namespace TaskGrain.Metrics;

/// <summary>Reads one column after another.</summary>
internal ref struct WordNetColumns(ReadOnlySpan<byte> data)
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

    public int Integer() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

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
