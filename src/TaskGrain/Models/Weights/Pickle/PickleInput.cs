using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace TaskGrain.Models.Weights.Pickle;

/// <summary>The bytes of a pickle and a place in them; every length is checked before it is used.</summary>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes)
{
    /// <summary>Digits of a number written as text; nothing that describes tensors needs more.</summary>
    private const int LongestNumber = 64;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A float64, the only number of a pickle that is big-endian.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
        {
            throw new PickleException(
                $"it announces {count} bytes at {Position}, and only {_bytes.Length - Position} follow"
            );
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>UTF-8 text of so many bytes.</summary>
    public string Text(ulong count)
    {
        try
        {
            return Utf8.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException($"a text before byte {Position} is not UTF-8");
        }
    }

    /// <summary>Text of Python 2, whose bytes stand for themselves.</summary>
    public string Latin(ulong count) => Encoding.Latin1.GetString(Take(count));

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        int length = _bytes[Position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new PickleException($"the line at byte {Position} has no end");
        }

        string line = Encoding.Latin1.GetString(Take((ulong)length));
        Position++;
        return line;
    }

    /// <summary>A whole number of so many bytes, two's complement.</summary>
    public object Integer(uint count)
    {
        if (count > LongestNumber)
        {
            throw new PickleException($"a number of {count} bytes at {Position} is too long");
        }

        return Smallest(new BigInteger(Take(count)));
    }

    /// <summary>A whole number, or a truth value in its oldest form, written in decimal.</summary>
    public object DecimalLine()
    {
        string text = Line();
        return text switch
        {
            "00" => false,
            "01" => true,
            _ => text.Length <= LongestNumber
            && BigInteger.TryParse(
                text.TrimEnd('L'),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out BigInteger value
            )
                ? Smallest(value)
                : throw new PickleException($"a line before byte {Position} is no whole number"),
        };
    }

    public double DoubleLine()
    {
        string text = Line();
        return
            text.Length <= LongestNumber
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new PickleException($"a line before byte {Position} is no number");
    }

    private static object Smallest(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
}
