using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TaskGrain.Labels;

/// <summary>
/// What a label becomes when its clip is mirrored left to right. A category that names a direction becomes the one
/// that names the other: <c>from left to right</c> and <c>from right to left</c>, a camera turned left and turned
/// right. A category whose mirror image is not in the taxonomy must not be flipped. The words are swapped in captions
/// too: a left shoe seen in a mirror is a right shoe.
/// </summary>
internal sealed partial class DirectionSwap
{
    private readonly int[] _mirrored;

    /// <summary>Finds the categories that name a direction, and their mirror images.</summary>
    /// <param name="taxonomy">The categories.</param>
    public DirectionSwap(Taxonomy taxonomy)
    {
        ArgumentNullException.ThrowIfNull(taxonomy);
        Dictionary<string, int> byName = [];
        for (int category = 0; category < taxonomy.Categories.Count; category++)
        {
            byName.TryAdd(OneSpelling(taxonomy.Categories[category]), category);
        }

        _mirrored =
        [
            .. taxonomy.Categories.Select(name => byName.GetValueOrDefault(OneSpelling(MirrorText(name)), -1)),
        ];
        Pairs = [.. _mirrored.Select((to, from) => (First: from, Second: to)).Where(pair => pair.First < pair.Second)];
        NotFlippable = [.. Enumerable.Range(0, _mirrored.Length).Where(category => _mirrored[category] < 0)];
    }

    /// <summary>The pairs of categories that are each other's mirror image, the smaller number first.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>
    /// Categories that name a direction and whose mirror image is no category: their clips must not be flipped.
    /// </summary>
    public IReadOnlyList<int> NotFlippable { get; }

    /// <summary>The category of a mirrored clip.</summary>
    /// <param name="category">The clip's category; -1 for an unlabelled clip, which may always be flipped.</param>
    /// <param name="mirrored">The category after flipping: the same one, unless it names a direction.</param>
    /// <returns>False when the clip must not be flipped.</returns>
    public bool TryMirror(int category, out int mirrored)
    {
        mirrored = category < 0 ? category : _mirrored[category];
        return category < 0 || mirrored >= 0;
    }

    /// <summary>The annotation of a mirrored clip: category, placeholders and label swapped.</summary>
    /// <param name="annotation">The clip's annotation.</param>
    /// <param name="mirrored">The annotation after flipping; null when the clip must not be flipped.</param>
    /// <returns>False when the clip must not be flipped.</returns>
    public bool TryMirror(Annotation annotation, [NotNullWhen(true)] out Annotation? mirrored)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        if (!TryMirror(annotation.Category, out int category))
        {
            mirrored = null;
            return false;
        }

        mirrored = annotation with
        {
            Category = category,
            Placeholders = [.. annotation.Placeholders.Select(MirrorText)],
            Label = annotation.Label is null ? null : MirrorText(annotation.Label),
        };
        return true;
    }

    /// <summary>
    /// Swaps the words for directions: left and right, leftward(s) and rightward(s), clockwise and counterclockwise.
    /// Where the word is no direction it stays: <c>pulling it right out</c>, <c>a right angle</c>, <c>left over
    /// food</c>.
    /// </summary>
    /// <param name="text">A caption, a category or an object description.</param>
    /// <returns>The text for the mirrored clip.</returns>
    public static string MirrorText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Direction().Replace(text, match => Opposite(match.Value));
    }

    private static string Opposite(string word)
    {
        string lower = word.ToLowerInvariant();
        string opposite = lower switch
        {
            "left" => "right",
            "right" => "left",
            "clockwise" => "counterclockwise",
            _ => "clockwise",
        };
        return word == word.ToUpperInvariant() ? opposite.ToUpperInvariant()
            : char.IsUpper(word[0]) ? char.ToUpperInvariant(opposite[0]) + opposite[1..]
            : opposite;
    }

    private static string OneSpelling(string category) =>
        CounterClockwise().Replace(Taxonomy.Key(category), "counterclockwise");

    // A direction stands alone, begins -ward(s) or -hand(ed), or is a part of a name such as swipe_left or SwipeLeft.
    [GeneratedRegex(
        """
            (?: (?<![A-Za-z]) (?i: (?:counter|anti)[\s-]?clockwise | clockwise )
              | (?<![A-Za-z]) (?i:left)
              | (?<![A-Za-z]) (?i:right)
              | (?<=[a-z]) (?:Left|Right|Clockwise)
            )
            (?= (?i:wards?|hand(?:ed)?|most|side)? (?: $ | [^A-Za-z] | (?<=[a-z])[A-Z] ) )
            (?! (?<=(?i:right)) [\s-]+
                (?i:out|away|now|angled?|angles|after|before|here|there|off|through) (?![A-Za-z]) )
            (?! (?<=(?i:left)) [\s-]+ (?i:overs?|behind|alone|out) (?![A-Za-z]) )
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Direction();

    [GeneratedRegex(@"(?:counter|anti)[\s-]?clockwise", RegexOptions.CultureInvariant)]
    private static partial Regex CounterClockwise();
}
