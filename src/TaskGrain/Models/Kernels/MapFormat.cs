using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// How a group of neighbouring channels is read from a map into two vectors of float32 and written back. The order of
/// the channels in the vectors is the format's own; <see cref="ChannelTable{TFormat}"/> puts numbers of channels into
/// it. Lanes that hold no channel are read as zeros and not written.
/// </summary>
internal unsafe interface IMapFormat
{
    /// <summary>Bytes an element.</summary>
    static abstract int Size { get; }

    /// <summary>Channels of a group, 1 to 16; a map has a multiple of it.</summary>
    static abstract int Group { get; }

    /// <summary>
    /// The channel of a group that a lane holds, <see cref="Group"/> or more for none; lanes 8 to 15 are those of the
    /// second vector.
    /// </summary>
    static abstract int ChannelOfLane(int lane);

    /// <summary>Reads a group.</summary>
    static abstract void Load(byte* source, out Vector256<float> first, out Vector256<float> second);

    /// <summary>Writes a group.</summary>
    static abstract void Store(byte* target, Vector256<float> first, Vector256<float> second);
}

/// <summary>float32: eight channels, then the next eight.</summary>
internal readonly unsafe struct Float32Format : IMapFormat
{
    public static int Size => sizeof(float);

    public static int Group => 16;

    public static int ChannelOfLane(int lane) => lane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* source, out Vector256<float> first, out Vector256<float> second)
    {
        first = Vector256.Load((float*)source);
        second = Vector256.Load((float*)source + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<float> first, Vector256<float> second)
    {
        first.Store((float*)target);
        second.Store((float*)target + 8);
    }
}

/// <summary>
/// bfloat16, the upper half of a float32: the even channels are the lower halves of eight 32-bit words and the odd
/// ones the upper halves, so that a shift and a mask unpack them.
/// </summary>
internal readonly unsafe struct BFloat16Format : IMapFormat
{
    private const uint UpperHalf = 0xFFFF0000;

    public static int Size => sizeof(ushort);

    public static int Group => 16;

    public static int ChannelOfLane(int lane) => lane < 8 ? 2 * lane : (2 * (lane - 8)) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* source, out Vector256<float> first, out Vector256<float> second)
    {
        Vector256<uint> words = Vector256.Load((uint*)source);
        first = (words << 16).AsSingle();
        second = (words & Vector256.Create(UpperHalf)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<float> first, Vector256<float> second) =>
        ((Round(first) >> 16) | (Round(second) & Vector256.Create(UpperHalf))).Store((uint*)target);

    /// <summary>To the nearest bfloat16, ties to even: the bits below it carry into it.</summary>
    /// <returns>The bfloat16 in the upper half of each element.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Round(Vector256<float> values)
    {
        Vector256<uint> bits = values.AsUInt32();
        return bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One);
    }
}
