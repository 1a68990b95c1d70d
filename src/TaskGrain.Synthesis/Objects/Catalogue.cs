namespace TaskGrain.Synthesis;

/// <summary>The object kinds of one of the generator's worlds.</summary>
internal sealed class Catalogue
{
    private Catalogue(IReadOnlyList<ObjectKind> kinds) => Kinds = kinds;

    /// <summary>The kinds of the Something-Something world.</summary>
    public static Catalogue Something { get; } =
        new([.. Vessels.Kinds, .. Boxes.Kinds, .. Balls.Kinds, .. LongThings.Kinds, .. Sheets.Kinds, .. Toys.Kinds]);

    /// <summary>
    /// The kinds of the kitchenware world: none of them, and none of their nouns, occurs in the other.
    /// </summary>
    public static Catalogue Kitchenware { get; } = new(KitchenKinds.Kinds);

    public IReadOnlyList<ObjectKind> Kinds { get; }

    /// <summary>Some of the kinds, each called by its usual name alone.</summary>
    /// <param name="names">Names of kinds, all of which are here.</param>
    public Catalogue Only(IReadOnlyList<string> names) =>
        new([.. Kinds.Where(kind => names.Contains(kind.Name)).Select(kind => kind with { Nouns = [kind.Nouns[0]] })]);

    /// <summary>
    /// Draws a kind that can do all of <paramref name="can"/> and none of <paramref name="cannot"/>, by the kinds'
    /// weights.
    /// </summary>
    public ObjectKind Draw(
        Runtime.SeededRandom random,
        Affordance can,
        Affordance cannot,
        Func<ObjectKind, bool>? also = null
    )
    {
        double total = 0;
        foreach (ObjectKind kind in Kinds)
        {
            total += Fits(kind) ? kind.Weight : 0;
        }

        if (total == 0)
        {
            throw new InvalidOperationException($"no object kind is {can} and not {cannot}");
        }

        double at = random.NextDouble() * total;
        ObjectKind? last = null;
        foreach (ObjectKind kind in Kinds)
        {
            if (!Fits(kind))
            {
                continue;
            }

            last = kind;
            at -= kind.Weight;
            if (at < 0)
            {
                break;
            }
        }

        return last!;

        bool Fits(ObjectKind kind) =>
            kind.Has(can) && (kind.Can & cannot) == Affordance.None && (also is null || also(kind));
    }
}
