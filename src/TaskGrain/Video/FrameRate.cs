using System.Globalization;
using System.Text.Json.Serialization;

namespace TaskGrain.Video;

/// <summary>
/// A number of frames a second as a fraction in lowest terms, so that one frame every three seconds and NTSC's
/// 30000/1001 are exact from the command line to the filter that picks the frames.
/// </summary>
[JsonConverter(typeof(FrameRateJson))]
public readonly record struct FrameRate
{
    // One less than the denominator, so that the default value is the fraction 0/1 and not 0/0.
    private readonly int _denominatorLessOne;

    /// <summary>Makes a rate of frames in a number of seconds.</summary>
    /// <param name="numerator">Frames.</param>
    /// <param name="denominator">The seconds they take, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is below 1.</exception>
    public FrameRate(int numerator, int denominator = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        int common = (int)GreatestCommonDivisor(Math.Abs((long)numerator), denominator);
        Numerator = numerator / common;
        _denominatorLessOne = (denominator / common) - 1;
    }

    /// <summary>Frames in <see cref="Denominator"/> seconds.</summary>
    public int Numerator { get; }

    /// <summary>Seconds, at least 1; it shares no divisor with <see cref="Numerator"/>.</summary>
    public int Denominator => _denominatorLessOne + 1;

    /// <summary>Frames a second, as near as a floating-point number comes.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>A whole number of frames a second.</summary>
    /// <param name="framesPerSecond">Frames a second.</param>
    public static implicit operator FrameRate(int framesPerSecond) => new(framesPerSecond);

    /// <summary>For arithmetic: <see cref="Value"/>.</summary>
    /// <param name="rate">The rate.</param>
    public static implicit operator double(FrameRate rate) => rate.Value;

    /// <summary>The rate of every n-th frame.</summary>
    /// <param name="rate">The rate of all frames.</param>
    /// <param name="stride">n, at least 1.</param>
    /// <returns>The n-th part, exactly.</returns>
    /// <exception cref="OverflowException">The fraction does not fit into two 32-bit numbers.</exception>
    public static FrameRate operator /(FrameRate rate, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        int common = (int)GreatestCommonDivisor(Math.Abs((long)rate.Numerator), stride);
        return new FrameRate(rate.Numerator / common, checked(rate.Denominator * (stride / common)));
    }

    /// <summary>
    /// The fraction with the smallest denominator whose nearest floating-point number is the one given.
    /// </summary>
    /// <param name="framesPerSecond">Such as 29.97, which is 2997/100, or 1.0 / 3.</param>
    /// <returns>
    /// The fraction; where none with 32-bit parts is exactly the number, the nearest continued fraction.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, or beyond 32 bits.</exception>
    public static FrameRate Of(double framesPerSecond)
    {
        if (!(Math.Abs(framesPerSecond) <= int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "no rate of frames");
        }

        // The convergents of the continued fraction, as far as both parts fit.
        (long before, long now) = (0, 1);
        (long beforeBelow, long nowBelow) = (1, 0);
        double target = Math.Abs(framesPerSecond);
        double rest = target;
        while (true)
        {
            double whole = Math.Floor(rest);
            double above = (whole * now) + before;
            double below = (whole * nowBelow) + beforeBelow;
            if (above > int.MaxValue || below > int.MaxValue)
            {
                break;
            }

            (before, now) = (now, (long)above);
            (beforeBelow, nowBelow) = (nowBelow, (long)below);
            if ((double)now / nowBelow == target || rest == whole)
            {
                break;
            }

            rest = 1 / (rest - whole);
        }

        return new FrameRate((int)(framesPerSecond < 0 ? -now : now), (int)nowBelow);
    }

    /// <summary>Reads a rate.</summary>
    /// <param name="text">A number such as <c>12</c> or <c>29.97</c>, or a fraction such as <c>1/3</c>.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="TaskGrainException">It is neither.</exception>
    public static FrameRate Parse(string text) =>
        TryParse(text, out FrameRate rate)
            ? rate
            : throw new TaskGrainException(
                $"'{text}' is not a rate of frames a second; use a number such as 12 or 29.97, or a fraction such as "
                    + "1/3 or 30000/1001."
            );

    /// <summary>Reads a rate if the text is one.</summary>
    /// <param name="text">See <see cref="Parse"/>.</param>
    /// <param name="rate">The rate; 0 when there is none.</param>
    /// <returns>Whether the text is a rate.</returns>
    public static bool TryParse(string? text, out FrameRate rate)
    {
        rate = default;
        string[] parts = (text ?? "").Split('/');
        if (parts.Length == 2)
        {
            if (
                !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int numerator)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
                || denominator == 0
            )
            {
                return false;
            }

            rate = new FrameRate(numerator, denominator);
            return true;
        }

        if (
            !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            || !(Math.Abs(number) <= int.MaxValue)
        )
        {
            return false;
        }

        rate = Of(number);
        return true;
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back as this rate.</summary>
    /// <returns>Such as <c>12</c>, <c>29.97</c>, <c>1/3</c> or <c>30000/1001</c>.</returns>
    public override string ToString()
    {
        string number = ((decimal)Numerator / Denominator).ToString("0.###", CultureInfo.InvariantCulture);
        return TryParse(number, out FrameRate same) && same == this
            ? number
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
    }

    private static long GreatestCommonDivisor(long a, long b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
