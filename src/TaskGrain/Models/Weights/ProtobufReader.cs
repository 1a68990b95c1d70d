using System.Text;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Reads the fields of a protocol-buffers message one after the other. ONNX needs four of its forms, too little for a
/// generated reader of the whole standard.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MostVarintBytes = 10;
    private ReadOnlySpan<byte> _left = message;

    /// <summary>Number of the field last read.</summary>
    public int Field { get; private set; }

    /// <summary>Its value where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes where it is a text, an array or a message; also of the fixed-size numbers.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether it is a number (not bytes).</summary>
    public bool IsNumber { get; private set; }

    /// <summary>The field's bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Next()
    {
        if (_left.IsEmpty)
        {
            return false;
        }

        ulong tag = Varint(ref _left);
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Bytes = [];
        Number = 0;
        IsNumber = (tag & 7) == 0;
        switch (tag & 7)
        {
            case 0:
                Number = Varint(ref _left);
                break;
            case 1:
                Bytes = Take(8);
                break;
            case 2:
                Bytes = Take(Varint(ref _left));
                break;
            case 5:
                Bytes = Take(4);
                break;
            default:
                throw new InvalidDataException("it is damaged or no protocol-buffers message");
        }

        return true;
    }

    /// <summary>Adds the field's numbers to a list, which may be packed into one field or come one by one.</summary>
    public readonly void AddTo(List<long> numbers)
    {
        if (IsNumber)
        {
            numbers.Add((long)Number);
            return;
        }

        ReadOnlySpan<byte> packed = Bytes;
        while (!packed.IsEmpty)
        {
            numbers.Add((long)Varint(ref packed));
        }
    }

    private static ulong Varint(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes && i < from.Length; i++)
        {
            value |= (ulong)(from[i] & 0x7f) << (7 * i);
            if (from[i] < 0x80)
            {
                from = from[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("a number in it has no end");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_left.Length)
        {
            throw new InvalidDataException($"it announces {count} bytes, and only {_left.Length} follow");
        }

        ReadOnlySpan<byte> taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }
}
