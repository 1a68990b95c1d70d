using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>A fraction as FFmpeg lays it out; as a time base, the seconds of one tick.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>Microseconds to ticks of this time base, rounded to nearest with halves away from zero.</summary>
    public long FromMicroseconds(long microseconds) =>
        Scale(microseconds, Denominator, Numerator * Ffmpeg.MicrosecondsPerSecond);

    /// <summary>Ticks of this time base to seconds.</summary>
    public double ToSeconds(long ticks) => (double)ticks * Numerator / Denominator;

    private static long Scale(long value, long numerator, long denominator)
    {
        Int128 product = (Int128)Math.Abs(value) * numerator;
        long rounded = (long)((product + (denominator / 2)) / denominator);
        return value < 0 ? -rounded : rounded;
    }
}
