using System.Collections.Frozen;

namespace TaskGrain.Labels;

/// <summary>What a word may be within an object description.</summary>
internal enum WordKind
{
    /// <summary>An article, pronoun, conjunction, particle or verb form: never the object.</summary>
    Function,

    /// <summary>A number or quantity.</summary>
    Quantity,

    /// <summary>
    /// A word after which the description speaks of something else: a preposition or a relative word.
    /// </summary>
    Boundary,

    /// <summary>An adjective, adverb or participle.</summary>
    Modifier,

    /// <summary>A modifier that can stand for an object when nothing else does, such as <c>plastic black</c>.</summary>
    Either,

    /// <summary>A noun; every unknown word is one, for people name objects by brands and with slips.</summary>
    Noun,
}

/// <summary>
/// Tells nouns from the rest within a few words of object description. Closed word classes are listed here, open ones
/// come from WordNet by way of <c>tools/parts-of-speech.cs</c>, and endings decide on what neither knows.
/// </summary>
internal static class PartsOfSpeech
{
    private static readonly FrozenSet<string> Functions = Words(
        """
        a an the this these those my your his her hers its our their theirs mine yours it he she they them we us you
        i me another other others own same such each every either neither any no and or nor plus also too very quite
        up down out away apart together again upside inside-out not just only almost already still then
        is are was were be been being am do does did has have had could would shall should may might must
        there here etc ie eg ones itself themselves himself herself
        """
    );

    private static readonly FrozenSet<string> Quantities = Words(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen
        first second third some few several many much more most all both half various multiple numerous single
        double enough lots couple
        """
    );

    private static readonly FrozenSet<string> Boundaries = Words(
        """
        of on in into onto inside outside within with without from to at by for under underneath beneath below behind
        beside besides near over above across against along around between beyond off through towards toward upon via
        that which who whose where when while because so but if than as until cannot
        """
    );

    /// <summary>
    /// Participles after which something else is named, where a noun stands before them: <c>box containing pens</c>.
    /// </summary>
    private static readonly FrozenSet<string> Attachments = Words(
        "containing having including saying wearing named called lying sitting standing"
    );

    /// <summary>
    /// Words that describe more often than they name, although the tagged corpus says otherwise or nothing.
    /// </summary>
    private static readonly FrozenSet<string> MoreOftenModifiers = Words(
        """
        color colour colors colours size sizes shade beige cyan magenta turquoise indigo scarlet violet teal azure
        wireless stainless disposable washable edible movable portable mini standing hollow something someone somebody
        anything everything
        """
    );

    /// <summary>Words that name things in a household, although the tagged corpus has them as adjectives.</summary>
    private static readonly FrozenSet<string> MoreOftenNouns = Words(
        """
        remote mobile liquid chemical antiseptic antibiotic terminal plum olive chestnut lavender joint square elastic
        sweet sweets fly keyring earing keychain sterling led sapphire antique pastel ceramic marble juice
        """
    );

    private static readonly Lazy<Lists> Lexicon = new(Read);

    /// <summary>Whether a word, after a noun, says that something else follows.</summary>
    /// <param name="word">The word.</param>
    public static bool Attaches(string word) => Attachments.Contains(word);

    /// <summary>What a word is.</summary>
    /// <param name="word">A word as <see cref="CaptionWords"/> makes them: lower case, letters and digits.</param>
    public static WordKind Of(string word)
    {
        if (Boundaries.Contains(word))
        {
            return WordKind.Boundary;
        }

        if (Quantities.Contains(word) || IsNumber(word))
        {
            return WordKind.Quantity;
        }

        if (Functions.Contains(word))
        {
            return WordKind.Function;
        }

        if (MoreOftenNouns.Contains(word))
        {
            return WordKind.Noun;
        }

        if (Attachments.Contains(word))
        {
            return WordKind.Modifier;
        }

        if (word.Length == 1)
        {
            return WordKind.Either; // the s of "pen(s)", the c of "vitamin c"
        }

        Lists lists = Lexicon.Value;
        return MoreOftenModifiers.Contains(word) || lists.Rarely.Contains(word) ? WordKind.Either
            : lists.Never.Contains(word) ? WordKind.Modifier
            : lists.Despite.Contains(word) || !EndsLikeModifier(word) ? WordKind.Noun
            : WordKind.Modifier;
    }

    /// <summary>A number, with or without a unit: <c>4</c>, <c>1.5</c>, <c>500ml</c>, <c>2nd</c>.</summary>
    private static bool IsNumber(string word)
    {
        int digits = 0;
        while (digits < word.Length && (char.IsAsciiDigit(word[digits]) || word[digits] == '.'))
        {
            digits++;
        }

        return digits > 0
            && word[digits..]
                is ""
                    or "ml"
                    or "cl"
                    or "l"
                    or "g"
                    or "gm"
                    or "kg"
                    or "mg"
                    or "oz"
                    or "lb"
                    or "mm"
                    or "cm"
                    or "m"
                    or "inch"
                    or "in"
                    or "ft"
                    or "st"
                    or "nd"
                    or "rd"
                    or "th"
                    or "x"
                    or "w"
                    or "v";
    }

    private static bool EndsLikeModifier(string word) =>
        (
            word.Length > 4
            && (word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ly", StringComparison.Ordinal))
        )
        || (
            word.Length > 5
            && (
                word.EndsWith("ing", StringComparison.Ordinal)
                || word.EndsWith("less", StringComparison.Ordinal)
                || word.EndsWith("ous", StringComparison.Ordinal)
                || word.EndsWith("able", StringComparison.Ordinal)
                || word.EndsWith("ible", StringComparison.Ordinal)
                || word.EndsWith("ish", StringComparison.Ordinal)
                || (word.EndsWith("ful", StringComparison.Ordinal) && word.Length < 9)
            )
        );

    private static Lists Read()
    {
        var never = new HashSet<string>(StringComparer.Ordinal);
        var rarely = new HashSet<string>(StringComparer.Ordinal);
        var despite = new HashSet<string>(StringComparer.Ordinal);
        HashSet<string> section = never;
        foreach (string line in BuiltInTaxonomies.Lines("parts-of-speech.txt").Where(line => line[0] != '#'))
        {
            if (line[0] == '[')
            {
                section = line switch
                {
                    "[never a noun]" => never,
                    "[a noun less often than something else]" => rarely,
                    "[a noun despite its ending]" => despite,
                    _ => throw new InvalidDataException($"parts-of-speech.txt: unknown section {line}"),
                };
            }
            else
            {
                section.UnionWith(line.Split(' '));
            }
        }

        return new Lists(
            never.ToFrozenSet(StringComparer.Ordinal),
            rarely.ToFrozenSet(StringComparer.Ordinal),
            despite.ToFrozenSet(StringComparer.Ordinal)
        );
    }

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);

    private sealed record Lists(FrozenSet<string> Never, FrozenSet<string> Rarely, FrozenSet<string> Despite);
}
