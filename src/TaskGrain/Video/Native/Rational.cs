using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>A fraction as FFmpeg lays it out; as a time base, the seconds of one tick.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>Microseconds to ticks of this time base, rounded to nearest with halves away from zero.</summary>
    public long FromMicroseconds(long microseconds) =>
        Scale(microseconds, Denominator, Numerator * Ffmpeg.MicrosecondsPerSecond);

    /// <summary>Ticks of this time base to microseconds, rounded in the same way.</summary>
    public long ToMicroseconds(long ticks) => Scale(ticks, Numerator * Ffmpeg.MicrosecondsPerSecond, Denominator);

    /// <summary>Ticks of this time base to frames of a rate, rounded in the same way.</summary>
    public long ToFrames(long ticks, FrameRate rate) =>
        Scale(ticks, (long)Numerator * rate.Numerator, (long)Denominator * rate.Denominator);

    /// <summary>Ticks of this time base to seconds.</summary>
    public double ToSeconds(long ticks) => (double)ticks * Numerator / Denominator;

    private static long Scale(long value, long numerator, long denominator)
    {
        // A damaged file can ask for any time; one that does not fit ends at the limit instead of turning around.
        Int128 product = Int128.Abs(value) * numerator;
        var rounded = (long)Int128.Min((product + (denominator / 2)) / denominator, long.MaxValue / 4);
        return value < 0 ? -rounded : rounded;
    }
}
