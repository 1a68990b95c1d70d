using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// Numbers of which fewer than 16 lie side by side, as <see cref="NarrowFormat{TElement,TCount}"/> reads them.
/// </summary>
internal unsafe interface INarrowElement
{
    /// <summary>Bytes an element.</summary>
    static abstract int Size { get; }

    /// <summary>Reads 8, 4 or 1 into the first lanes; zeros into the others.</summary>
    static abstract Vector256<float> Load(byte* source, int count);

    /// <summary>Writes the first 8, 4 or 1 lanes.</summary>
    static abstract void Store(byte* target, Vector256<float> values, int count);
}

/// <summary>How many channels a <see cref="NarrowFormat{TElement,TCount}"/> has in a group: 8, 4 or 1.</summary>
internal interface INarrowCount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>Groups of eight.</summary>
internal readonly struct Eight : INarrowCount
{
    public static int Value => 8;
}

/// <summary>Groups of four.</summary>
internal readonly struct Four : INarrowCount
{
    public static int Value => 4;
}

/// <summary>Groups of one.</summary>
internal readonly struct One : INarrowCount
{
    public static int Value => 1;
}

/// <summary>
/// Maps whose number of channels is no multiple of 16: the first layers of small networks. The first vector holds a
/// group, the second nothing.
/// </summary>
/// <typeparam name="TElement">The number format.</typeparam>
/// <typeparam name="TCount">Channels of a group.</typeparam>
internal readonly unsafe struct NarrowFormat<TElement, TCount> : IMapFormat
    where TElement : INarrowElement
    where TCount : INarrowCount
{
    public static int Size => TElement.Size;

    public static int Group => TCount.Value;

    public static int ChannelOfLane(int lane) => lane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* source, out Vector256<float> first, out Vector256<float> second)
    {
        first = TElement.Load(source, TCount.Value);
        second = Vector256<float>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<float> first, Vector256<float> second) =>
        TElement.Store(target, first, TCount.Value);
}

/// <summary>float32.</summary>
internal readonly unsafe struct Float32Element : INarrowElement
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* source, int count) =>
        count switch
        {
            8 => Vector256.Load((float*)source),
            4 => Vector256.Create(Vector128.Load((float*)source), Vector128<float>.Zero),
            _ => Vector256.CreateScalar(*(float*)source),
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<float> values, int count)
    {
        if (count == 8)
        {
            values.Store((float*)target);
        }
        else if (count == 4)
        {
            values.GetLower().Store((float*)target);
        }
        else
        {
            *(float*)target = values.ToScalar();
        }
    }
}

/// <summary>bfloat16, the upper half of a float32.</summary>
internal readonly unsafe struct BFloat16Element : INarrowElement
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* source, int count)
    {
        Vector128<ushort> halves = count switch
        {
            8 => Vector128.Load((ushort*)source),
            4 => Vector128.CreateScalar(*(ulong*)source).AsUInt16(),
            _ => Vector128.CreateScalar(*(ushort*)source),
        };
        return (Vector256.WidenLower(halves.ToVector256Unsafe()) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, Vector256<float> values, int count)
    {
        Vector256<uint> rounded = BFloat16Format.Round(values) >> 16;
        Vector128<ushort> halves = Vector128.Narrow(rounded.GetLower(), rounded.GetUpper());
        if (count == 8)
        {
            halves.Store((ushort*)target);
        }
        else if (count == 4)
        {
            *(ulong*)target = halves.AsUInt64().ToScalar();
        }
        else
        {
            *(ushort*)target = halves.ToScalar();
        }
    }
}
