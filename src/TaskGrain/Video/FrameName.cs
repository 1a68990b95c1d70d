using System.Globalization;
using System.Numerics;
using System.Text;

namespace TaskGrain.Video;

/// <summary>
/// A picture's name taken apart into texts and numbers: <c>img_v2_10.jpg</c> is img_v, 2, _, 10. Numbers are of any
/// length; they are compared, never counted up to.
/// </summary>
internal sealed class FrameName
{
    private readonly List<string> _texts = [];
    private readonly List<string> _digits = [];

    /// <param name="file">The picture's file.</param>
    public FrameName(string file)
    {
        File = file;
        string name = Path.GetFileNameWithoutExtension(file);
        int at = 0;
        while (at <= name.Length)
        {
            int digits = at;
            while (digits < name.Length && !char.IsAsciiDigit(name[digits]))
            {
                digits++;
            }

            _texts.Add(name[at..digits]);
            at = digits;
            while (at < name.Length && char.IsAsciiDigit(name[at]))
            {
                at++;
            }

            if (at == digits)
            {
                break;
            }

            _digits.Add(name[digits..at]);
        }

        Negative = [.. _digits.Select((_, i) => MayBeNegative(_texts[i], first: i == 0))];
        Numbers = [.. _digits.Select(text => BigInteger.Parse(text, CultureInfo.InvariantCulture))];
        var shape = new StringBuilder();
        for (int i = 0; i < _texts.Count; i++)
        {
            bool sign = i < Negative.Length && Negative[i];
            shape.Append(sign ? _texts[i][..^1] : _texts[i]).Append('\0');
        }

        Shape = shape.ToString().ToUpperInvariant();
    }

    /// <summary>The picture's file.</summary>
    public string File { get; }

    /// <summary>The texts between the numbers, without signs; names of one shape differ in numbers alone.</summary>
    public string Shape { get; }

    /// <summary>The numbers, from left to right; as <see cref="FrameNames"/> understands them.</summary>
    public BigInteger[] Numbers { get; }

    /// <summary>Whether there is a minus where a number may have a sign.</summary>
    public bool[] Negative { get; }

    /// <summary>Digits of a number as they are written.</summary>
    public int Width(int number) => _digits[number].Length;

    /// <summary>Whether a number follows another one and a point.</summary>
    public bool FollowsPoint(int number) => number > 0 && _texts[number] == ".";

    /// <summary>Compares two names piece by piece, numbers as numbers, the case of letters last.</summary>
    public static int Compare(FrameName a, FrameName b)
    {
        for (int i = 0; ; i++)
        {
            int order = string.Compare(a.Text(i), b.Text(i), StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }

            if (i == a.Numbers.Length || i == b.Numbers.Length)
            {
                order = a.Numbers.Length.CompareTo(b.Numbers.Length);
                return order != 0 ? order : string.CompareOrdinal(a.File, b.File);
            }

            order = a.Numbers[i].CompareTo(b.Numbers[i]);
            if (order != 0)
            {
                return order;
            }
        }
    }

    /// <summary>Takes the minus before a number for its sign.</summary>
    public void TakeSign(int number)
    {
        if (Negative[number])
        {
            Numbers[number] = -Numbers[number];
            _texts[number] = _texts[number][..^1];
            Negative[number] = false;
        }
    }

    /// <summary>Takes a number for the digits after a decimal point.</summary>
    public void TakeFraction(int number, int width) => Numbers[number] *= BigInteger.Pow(10, width - Width(number));

    private static bool MayBeNegative(string before, bool first) =>
        before.EndsWith('-') && (before.Length == 1 ? first : !char.IsLetterOrDigit(before[^2]));

    private string Text(int i) => _texts[i];
}
