using System.Numerics;

namespace TaskGrain.Video;

/// <summary>
/// The pictures of a folder in the order their names mean, and the place of each in time. Names are put in natural
/// order, <c>2</c> before <c>10</c>. A number that is left out leaves a gap only where the numbers count frames, that
/// is, where most differ from the one before by one; time stamps and every fifth frame's number give the order alone.
/// </summary>
internal sealed class FrameNames
{
    private FrameNames(string[] files, int[] places, int missing, string? jump)
    {
        Files = files;
        Places = places;
        Missing = missing;
        Jump = jump;
    }

    /// <summary>The pictures in order.</summary>
    public string[] Files { get; }

    /// <summary>The frame each is shown at, from 0, rising; at most twice as many places as pictures.</summary>
    public int[] Places { get; }

    /// <summary>Places without a picture.</summary>
    public int Missing { get; }

    /// <summary>Says that counted numbers jump too far for a gap; null where none does.</summary>
    public string? Jump { get; }

    /// <summary>Orders the pictures of a folder.</summary>
    /// <param name="files">Paths of the pictures, at least one.</param>
    public static FrameNames Of(IEnumerable<string> files)
    {
        FrameName[] names = [.. files.Select(file => new FrameName(file))];
        foreach (IGrouping<string, FrameName> alike in names.GroupBy(name => name.Shape, StringComparer.Ordinal))
        {
            Understand([.. alike]);
        }

        Array.Sort(names, FrameName.Compare);
        BigInteger[]? counted = Counted(ref names);
        string[] ordered = [.. names.Select(name => name.File)];
        int[] places = [.. Enumerable.Range(0, names.Length)];
        if (counted is null || Steps(counted).All(step => step == 1))
        {
            return new FrameNames(ordered, places, 0, null);
        }

        BigInteger missing = BigInteger.Zero;
        foreach (BigInteger step in Steps(counted))
        {
            missing += BigInteger.Max(step - 1, 0);
        }

        if (missing > names.Length)
        {
            BigInteger[] steps = [.. Steps(counted)];
            int at = Array.IndexOf(steps, steps.Max());
            string jump = $"numbers jump from {Path.GetFileName(ordered[at])} to {Path.GetFileName(ordered[at + 1])}";
            return new FrameNames(ordered, places, 0, jump);
        }

        int i = 0;
        foreach (BigInteger step in Steps(counted))
        {
            places[i + 1] = places[i] + (int)BigInteger.Max(step, 1);
            i++;
        }

        return new FrameNames(ordered, places, (int)missing, null);
    }

    /// <summary>Finds out what the numbers of names of one shape are: signed, or digits after a point.</summary>
    private static void Understand(FrameName[] alike)
    {
        for (int number = 0; number < alike[0].Numbers.Length; number++)
        {
            int column = number;
            if (alike.Any(name => name.Negative[column]) && alike.Any(name => !name.Negative[column]))
            {
                Array.ForEach(alike, name => name.TakeSign(column));
            }

            // 12.5 and 12.25 are times; 1.9, 1.10 and 1.11 are counted.
            int width = alike.Max(name => name.Width(column));
            if (
                alike[0].FollowsPoint(column)
                && alike.Any(name => name.Width(column) != width)
                && !CountsFrames([.. alike.Select(name => name.Numbers[column]).Order()])
            )
            {
                Array.ForEach(alike, name => name.TakeFraction(column, width));
            }
        }
    }

    /// <summary>The number that counts the frames, of each name; null when there is none.</summary>
    private static BigInteger[]? Counted(ref FrameName[] names)
    {
        string shape = names[0].Shape;
        if (names.All(name => name.Shape == shape))
        {
            FrameName first = names[0];
            FrameName[] all = names;
            int[] varying =
            [
                .. Enumerable
                    .Range(0, first.Numbers.Length)
                    .Where(number => all.Any(name => name.Numbers[number] != first.Numbers[number])),
            ];
            BigInteger[]? only = varying.Length == 1 ? [.. all.Select(name => name.Numbers[varying[0]])] : null;
            return only is not null && CountsFrames(only) ? only : null;
        }

        // Names whose texts differ too, such as img1, IMAGE_2, frame-3: one counter at the end that goes through all.
        if (names.All(name => name.Numbers.Length > 0))
        {
            FrameName[] byLast = [.. names.OrderBy(name => name.Numbers[^1])];
            BigInteger[] last = [.. byLast.Select(name => name.Numbers[^1])];
            if (Steps(last).All(step => step > 0) && CountsFrames(last))
            {
                names = byLast;
                return last;
            }
        }

        return null;
    }

    private static bool CountsFrames(BigInteger[] rising) =>
        Steps(rising).Count(step => step == 1) * 2 > rising.Length - 1;

    private static IEnumerable<BigInteger> Steps(BigInteger[] rising) => rising.Skip(1).Zip(rising, (b, a) => b - a);
}
