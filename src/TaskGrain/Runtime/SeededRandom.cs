namespace TaskGrain.Runtime;

/// <summary>
/// A small random generator (SplitMix64, Steele et al. 2014) that gives the same numbers on every platform and
/// .NET version. Streams for separate purposes are derived from one seed by <see cref="Derive(ulong)"/>, so that
/// drawing more numbers for one purpose never changes another.
/// </summary>
/// <param name="seed">Any 64-bit value; equal seeds give equal sequences.</param>
internal sealed class SeededRandom(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15UL;
    private ulong _state = seed;

    /// <summary>
    /// The position of the generator; setting it to a value read earlier goes on from there (checkpoints).
    /// </summary>
    public ulong State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>The scrambling function of SplitMix64: a bijection of 64-bit values.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>A value that looks random.</returns>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>A generator of its own for one purpose or item; does not move this one.</summary>
    /// <param name="stream">The purpose's or item's number.</param>
    /// <returns>An independent generator, fixed by this one's current state and <paramref name="stream"/>.</returns>
    public SeededRandom Derive(ulong stream) => new(Mix(_state ^ Mix(stream + GoldenGamma)));

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A uniform value.</returns>
    public ulong NextUInt64() => Mix(_state += GoldenGamma);

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    /// <returns>The number.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">Lower end, included.</param>
    /// <param name="high">Upper end, not reached.</param>
    /// <returns>The number.</returns>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A uniform whole number in [0, <paramref name="count"/>).</summary>
    /// <param name="count">Number of possible values, at least 1.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)count, out _);
    }

    /// <summary>
    /// A uniform whole number in [<paramref name="low"/>, <paramref name="high"/>], both ends included.
    /// </summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end, at least <paramref name="low"/>.</param>
    /// <returns>The number.</returns>
    public int NextInt(int low, int high) => low + NextInt(high - low + 1);

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <returns>The outcome.</returns>
    public bool NextBool(double probability = 0.5) => NextDouble() < probability;

    /// <summary>
    /// A standard normal number (Box-Muller; one pair of uniforms a call, so the stream has no hidden state).
    /// </summary>
    /// <returns>The number.</returns>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>One of the items, each as likely as any other.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">At least one item.</param>
    /// <returns>The chosen item.</returns>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[NextInt(items.Count)];
    }

    /// <summary>Puts the items into a random order (Fisher-Yates).</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">Reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
