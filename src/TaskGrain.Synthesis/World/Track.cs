namespace TaskGrain.Synthesis;

/// <summary>How a value goes from one key to the next.</summary>
internal enum Ease
{
    /// <summary>Even speed.</summary>
    Linear,

    /// <summary>Starts and stops softly, as a hand does.</summary>
    Smooth,

    /// <summary>Faster and faster, as a fall.</summary>
    In,

    /// <summary>Slower and slower, as under friction.</summary>
    Out,

    /// <summary>Jumps at the end.</summary>
    Step,
}

/// <summary>
/// A value over time: keys with eased segments between them; constant before the first and after the last.
/// </summary>
/// <param name="initial">The value before the first key.</param>
internal sealed class Track(double initial)
{
    private readonly List<(double Start, double End, double From, double To, Ease Ease)> _segments = [];

    /// <summary>The value after everything keyed so far.</summary>
    public double Last { get; private set; } = initial;

    public double First { get; private set; } = initial;

    /// <summary>Sets the value before the first key.</summary>
    public void Reset(double value)
    {
        _segments.Clear();
        First = Last = value;
    }

    /// <summary>
    /// From <paramref name="start"/> on, takes <paramref name="duration"/> seconds to come to the value.
    /// </summary>
    public void To(double start, double duration, double value, Ease ease = Ease.Smooth)
    {
        double from = At(start);
        // Whatever was planned later than the new key's start is overruled by it.
        while (_segments.Count > 0 && _segments[^1].Start >= start)
        {
            _segments.RemoveAt(_segments.Count - 1);
        }

        _segments.Add((start, start + duration, from, value, ease));
        Last = value;
    }

    public void Jump(double start, double value) => To(start, 0, value, Ease.Step);

    public double At(double time)
    {
        int low = 0,
            high = _segments.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_segments[middle].Start <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        if (high < 0)
        {
            return First;
        }

        var (start, end, from, to, ease) = _segments[high];
        if (time >= end)
        {
            return to;
        }

        double u = (time - start) / (end - start);
        return from
            + (
                (to - from)
                * ease switch
                {
                    Ease.Linear => u,
                    Ease.Smooth => Num.Smooth(u),
                    Ease.In => u * u,
                    Ease.Out => u * (2 - u),
                    _ => 0,
                }
            );
    }
}
