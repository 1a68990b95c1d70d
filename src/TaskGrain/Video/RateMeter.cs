namespace TaskGrain.Video;

/// <summary>
/// Units a second, of late: the rate since the beginning at first, then over the last ten seconds or so.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RateMeter(TimeProvider time)
{
    private const double Window = 10;
    private long _windowStart = time.GetTimestamp();
    private double _windowUnits;
    private double _rate;

    /// <summary>Makes a meter with the machine's clock.</summary>
    public RateMeter()
        : this(TimeProvider.System) { }

    /// <summary>Counts units.</summary>
    /// <returns>The present rate; 0 until it can be told.</returns>
    public double Add(int units)
    {
        _windowUnits += units;
        double seconds = time.GetElapsedTime(_windowStart).TotalSeconds;
        if (seconds < 0.05)
        {
            return _rate;
        }

        // The first window shows its own rate; later ones start from half of the one before, so the figure never jumps.
        _rate = _windowUnits / seconds;
        if (seconds > Window)
        {
            _windowStart = time.GetTimestamp() - (long)(seconds / 2 * time.TimestampFrequency);
            _windowUnits /= 2;
        }

        return _rate;
    }
}
