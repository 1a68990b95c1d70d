using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Kernels;

/// <summary>
/// Two sums for each channel as one thread gathers them: in float32 over some hundred values, in float64 beyond. The
/// threads' totals are added in their order (<see cref="Total"/>), so that the result depends on the number of threads
/// and not on their timing.
/// </summary>
internal unsafe ref struct ChannelSums
{
    private const int FlushInterval = 256;
    private readonly double* _totals;
    private readonly float* _recent;
    private readonly int _places;
    private int _pending;

    /// <param name="totals">2 × places numbers of this thread's own, zero at first.</param>
    /// <param name="recent">Room for 2 × places numbers.</param>
    /// <param name="places">Length of a table of channels.</param>
    public ChannelSums(double* totals, float* recent, int places)
    {
        _totals = totals;
        _recent = recent;
        _places = places;
        new Span<float>(recent, 2 * places).Clear();
    }

    /// <summary>The sums over all threads, in the order of the format's vectors.</summary>
    /// <param name="totals">(threads, 2, places).</param>
    /// <param name="places">Length of a table of channels.</param>
    public static (double[] First, double[] Second) Total(ReadOnlySpan<double> totals, int places)
    {
        double[] first = new double[places];
        double[] second = new double[places];
        for (int at = 0; at < totals.Length; at += 2 * places)
        {
            for (int c = 0; c < places; c++)
            {
                first[c] += totals[at + c];
                second[c] += totals[at + places + c];
            }
        }

        return (first, second);
    }

    /// <summary>Adds to 8 places.</summary>
    /// <param name="place">The first of them.</param>
    /// <param name="first">For the first sum.</param>
    /// <param name="second">For the second sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add(int place, Vector256<float> first, Vector256<float> second)
    {
        float* one = _recent + place;
        float* two = one + _places;
        (Vector256.Load(one) + first).Store(one);
        (Vector256.Load(two) + second).Store(two);
    }

    /// <summary>Says that values were added for all channels.</summary>
    /// <param name="values">How many for a channel.</param>
    public void Count(int values)
    {
        _pending += values;
        if (_pending >= FlushInterval)
        {
            Flush();
        }
    }

    /// <summary>Moves the recent sums into the totals; to be called at the thread's end.</summary>
    public void Flush()
    {
        for (int i = 0; i < 2 * _places; i++)
        {
            _totals[i] += _recent[i];
            _recent[i] = 0;
        }

        _pending = 0;
    }
}
