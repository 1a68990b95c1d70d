using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>
/// Writes what a crowd worker would type for an object: an article now and then, a colour, a slip of the finger.
/// </summary>
/// <param name="random">The clip's own stream for words.</param>
internal sealed class PhraseWriter(SeededRandom random)
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven"];

    /// <summary>A phrase for one object, such as <c>a red cup</c>.</summary>
    public string One(ObjectKind kind, Appearance look)
    {
        string noun = Noun(kind);
        var words = new List<string>();
        if (look.Color.Word is { } color && random.NextBool(0.34) && !noun.Contains(color, StringComparison.Ordinal))
        {
            words.Add(color);
        }

        if (kind.Materials.Count > 0 && random.NextBool(0.07))
        {
            string material = look.MaterialWord ?? kind.Materials[0];
            if (!noun.Contains(material, StringComparison.Ordinal))
            {
                words.Add(material);
            }
        }
        else if (random.NextBool(0.04))
        {
            words.Add(random.Pick<string>(["small", "big", "little", "old"]));
        }

        words.Add(noun);
        string first = words[0];
        double article = random.NextDouble();
        bool hasOwn = noun.StartsWith("a ", StringComparison.Ordinal);
        if (article < 0.42 && !hasOwn)
        {
            words.Insert(0, "aeiou".Contains(first[0], StringComparison.Ordinal) ? "an" : "a");
        }
        else if (article < 0.46)
        {
            words.Insert(0, "the");
        }

        return Slip(string.Join(' ', words));
    }

    /// <summary>A phrase for several of a kind, such as <c>coins</c>.</summary>
    public string Many(ObjectKind kind) => Slip(Plural(Noun(kind)));

    /// <summary>A number as people write it: <c>3</c> or <c>three</c>.</summary>
    public string Number(int count) => random.NextBool(0.4) ? count.ToString() : Numbers[count];

    /// <summary>A part of an object.</summary>
    public string Part(ObjectKind kind) => random.Pick(kind.Parts);

    /// <summary>One of the given words, with a slip now and then.</summary>
    public string Any(params IReadOnlyList<string> words) => Slip(random.Pick(words));

    private static string Plural(string noun)
    {
        if (noun.StartsWith("a ", StringComparison.Ordinal))
        {
            noun = noun[2..];
        }

        return noun[^1] switch
        {
            's' => noun,
            'y' when !"aeiou".Contains(noun[^2], StringComparison.Ordinal) => noun[..^1] + "ies",
            'h' or 'x' => noun + "es",
            _ => noun + "s",
        };
    }

    /// <summary>Usual names often, the others more and more rarely.</summary>
    private string Noun(ObjectKind kind)
    {
        int at = 0;
        while (at + 1 < kind.Nouns.Count && random.NextBool(0.42))
        {
            at++;
        }

        return kind.Nouns[at];
    }

    private string Slip(string phrase)
    {
        double which = random.NextDouble();
        if (which < 0.018 && phrase.Length > 4)
        {
            int at = 1 + random.NextInt(phrase.Length - 3);
            return random.NextBool()
                ? phrase.Remove(at, 1)
                : string.Concat(
                    phrase.AsSpan(0, at),
                    phrase.AsSpan(at + 1, 1),
                    phrase.AsSpan(at, 1),
                    phrase.AsSpan(at + 2)
                );
        }

        return which < 0.05 ? char.ToUpperInvariant(phrase[0]) + phrase[1..] : phrase;
    }
}
