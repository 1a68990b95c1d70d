using System.Collections.Frozen;

namespace TaskGrain.Metrics;

/// <summary>METEOR 1.5's English function words: the words and marks frequent in its training text.</summary>
internal static class MeteorFunctionWords
{
    private static readonly FrozenSet<string> Words = (
        "the , . to of and a in that for \" is on 's it with was as said at he by be from have has are his but an this "
        + "not i will \u2019 they ) -rrb- ( -lrb- who their had we which were been more or s its would about new one "
        + "after you : also up when there than $ all out her people she year two - can if last first \u201c over other "
        + "\u201d into some what so -- no time years could ? 't \u2014 '"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public static int Count => Words.Count;

    /// <summary>Whether a token is one, in any case.</summary>
    public static bool Contains(string token) => Words.Contains(token.ToLowerInvariant());
}
