using TaskGrain.Labels;
using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>
/// The built-in generator: clip number i of a seed, without the clips before it. Safe to use from several threads.
/// </summary>
internal sealed class WorldGenerator
{
    private const double GoldenRatio = 0.61803398874989485;

    /// <summary>What the golden ratio is to one dimension, this and its square are to two.</summary>
    private const double PlasticRatio = 0.75487766624669276;

    private readonly SynthesisOptions _options;
    private readonly Taxonomy _official;
    private readonly ActionBook _book;
    private readonly Catalogue _catalogue;
    private readonly int[] _categories;

    /// <summary>Makes a generator.</summary>
    /// <param name="options">World, seed, categories and splits.</param>
    /// <exception cref="TaskGrainException">The options are faulty.</exception>
    public WorldGenerator(SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _official = TaxonomyOf(options.World);
        _book = BookOf(options.World);
        _catalogue = CatalogueOf(options.World);
        if (options.Objects.Count > 0)
        {
            _catalogue = _catalogue.Only(options.Objects);
        }

        _categories =
            options.Categories.Count == 0
                ? [.. CategoriesOf(options.World)]
                : [.. options.Categories.Select(name => _official.TryFindCategory(name, out int at) ? at : -1).Order()];
        Taxonomy =
            options.Categories.Count == 0
                ? _official
                : Taxonomy.Grouped([.. _categories.Select(at => _official.Categories[at])], _official);
    }

    /// <summary>
    /// The taxonomy of the clips: the world's own when no categories were named (174 categories in 50 groups, of which
    /// some have no clip), else the named ones in their official order.
    /// </summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>Number of clips asked for.</summary>
    public int Count => _options.Clips;

    /// <summary>The world's own taxonomy.</summary>
    /// <param name="world">The world.</param>
    /// <returns>The official categories and groups.</returns>
    public static Taxonomy TaxonomyOf(SyntheticWorld world) =>
        world == SyntheticWorld.Kitchenware ? Taxonomy.Kitchenware : Taxonomy.SomethingSomething;

    /// <summary>The categories that a world can act out.</summary>
    /// <param name="world">The world.</param>
    /// <returns>Indices into the categories of <see cref="TaxonomyOf"/>, ascending.</returns>
    public static IReadOnlyList<int> CategoriesOf(SyntheticWorld world)
    {
        Taxonomy taxonomy = TaxonomyOf(world);
        ActionBook book = BookOf(world);
        return
        [
            .. Enumerable.Range(0, taxonomy.Categories.Count).Where(at => book.TryFind(taxonomy.Categories[at], out _)),
        ];
    }

    /// <summary>The name of a clip: its number, counted from 1.</summary>
    /// <param name="index">The clip's index, from 0.</param>
    /// <returns>The name.</returns>
    public static string IdOf(int index) => (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The index of a clip of a name: <see cref="IdOf"/> turned round.</summary>
    /// <param name="id">The name.</param>
    /// <returns>The index, from 0.</returns>
    public static int IndexOf(string id) => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) - 1;

    /// <summary>
    /// Makes a clip: everything but its pixels, which <see cref="SyntheticClip.Render(Video.FrameFormat)"/> makes.
    /// </summary>
    /// <param name="index">From 0; the clip depends on it and on the options' world, seed and categories alone.</param>
    /// <returns>The clip.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public SyntheticClip Clip(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (slot, round) = SlotOf(index);
        ActionScript script = ScriptOf(slot);
        ClipMaker.Made made = ClipMaker.Make(
            script,
            _catalogue,
            _options.World == SyntheticWorld.Kitchenware,
            SeedOf(index),
            _options.Variation
        );
        string template = _official.Categories[_categories[slot]];
        var annotation = new Annotation
        {
            Id = IdOf(index),
            Split = SplitOf(slot, round),
            Media = $"{IdOf(index)}.webm",
            Category = _options.Categories.Count == 0 ? _categories[slot] : slot,
            Label = Caption(template, made.Placeholders),
            Placeholders = made.Placeholders,
        };
        return new SyntheticClip(annotation, template, made);
    }

    /// <summary>The splits of a round of clips, without making them.</summary>
    /// <param name="round">From 0; a round holds every category once.</param>
    /// <returns>
    /// One for each of the clips, the first of which is number <paramref name="round"/> times their number.
    /// </returns>
    internal Split[] SplitsOf(int round) => [.. OrderOf(round).Select(slot => SplitOf(slot, round))];

    /// <summary>The annotation of a clip alone.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The annotation.</returns>
    public Annotation Annotate(int index) => Clip(index).Annotation;

    internal static Catalogue CatalogueOf(SyntheticWorld world) =>
        world == SyntheticWorld.Kitchenware ? Catalogue.Kitchenware : Catalogue.Something;

    internal static ActionBook BookOf(SyntheticWorld world) =>
        world == SyntheticWorld.Kitchenware ? ActionBook.Kitchenware : ActionBook.Something;

    private static string Caption(string template, IReadOnlyList<string> placeholders)
    {
        string text = new CaptionTemplate(template).Fill(placeholders);
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    private ActionScript ScriptOf(int slot) =>
        _book.TryFind(_official.Categories[_categories[slot]], out ActionScript script)
            ? script
            : throw new InvalidOperationException("options were validated");

    private ulong SeedOf(int index) =>
        new SeededRandom(_options.Seed).Derive(0xC119).Derive((ulong)index).Derive((ulong)_options.World).NextUInt64();

    /// <summary>Categories come in rounds: each round holds every category once, in an order of its own.</summary>
    private (int Slot, int Round) SlotOf(int index)
    {
        int round = index / _categories.Length;
        return (OrderOf(round)[index % _categories.Length], round);
    }

    private int[] OrderOf(int round)
    {
        int[] order = [.. Enumerable.Range(0, _categories.Length)];
        new SeededRandom(_options.Seed).Derive(0x0DE5).Derive((ulong)round).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>
    /// Splits follow a golden-ratio sequence along a category's rounds, its values replaced by their ranks among
    /// thirty: any number of rounds has nearly the right shares, and every thirty have whole thirtieths exactly. What
    /// a share has beyond them falls to the clips of one rank, in some of the categories and cycles: spread evenly over
    /// both, so that the shares of a set are those asked for.
    /// </summary>
    private Split SplitOf(int slot, int round)
    {
        const int Cycle = 30;
        double start = new SeededRandom(_options.Seed).Derive(0x59117).Derive((ulong)slot).NextDouble();
        double own = Golden(round % Cycle);
        int rank = Enumerable.Range(0, Cycle).Count(other => Golden(other) < own);
        double within = 0.5 + (slot * PlasticRatio) + (round / Cycle * PlasticRatio * PlasticRatio);
        double at = (rank + within - Math.Floor(within)) / Cycle;
        return at < _options.ValidationShare ? Split.Validation
            : at < _options.ValidationShare + _options.TestShare ? Split.Test
            : Split.Train;

        double Golden(int place)
        {
            double value = start + (GoldenRatio * place);
            return value - Math.Floor(value);
        }
    }
}
