using System.Buffers.Binary;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>Plain random damage to bytes, more of it near the head, where formats keep their sizes and times.</summary>
internal static class Mutation
{
    private const int Head = 1024;
    private static readonly uint[] Extremes = [0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>Damages bytes in one to sixteen places.</summary>
    /// <param name="random">Every choice comes from it.</param>
    /// <param name="sound">The bytes; unchanged.</param>
    /// <param name="other">Bytes of another input, of which pieces may be put in.</param>
    /// <returns>The damaged bytes, at least one.</returns>
    public static byte[] Of(SeededRandom random, ReadOnlySpan<byte> sound, ReadOnlySpan<byte> other)
    {
        var bytes = new List<byte>(sound.ToArray());
        int places = 1 << random.NextInt(5);
        for (int i = 0; i < places && bytes.Count > 8; i++)
        {
            int at = random.NextInt(random.NextBool() ? Math.Min(Head, bytes.Count) : bytes.Count);
            int length = Math.Min(1 << random.NextInt(10), bytes.Count - at);
            switch (random.NextInt(9))
            {
                case 0:
                case 1:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 2:
                case 3:
                    bytes[at] = (byte)random.NextUInt64();
                    break;
                case 4:
                    WriteExtreme(random, bytes, at);
                    break;
                case 5:
                    bytes.RemoveRange(at, Math.Min(length, bytes.Count - 1));
                    break;
                case 6:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 7:
                    int from = random.NextInt(other.Length);
                    byte[] piece = other.Slice(from, Math.Min(length, other.Length - from)).ToArray();
                    bytes.InsertRange(at, piece);
                    break;
                default:
                    if (random.NextInt(8) == 0)
                    {
                        bytes.RemoveRange(Math.Max(1, at), bytes.Count - Math.Max(1, at));
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    private static void WriteExtreme(SeededRandom random, List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[4];
        uint value = random.Pick(Extremes);
        if (random.NextBool())
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        }

        for (int i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
