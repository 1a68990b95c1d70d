namespace TaskGrain.Labels;

/// <summary>How many of something each split holds.</summary>
/// <param name="Train">In the training split.</param>
/// <param name="Validation">In the validation split.</param>
/// <param name="Test">In the test split.</param>
internal sealed record SplitCounts(int Train, int Validation, int Test)
{
    /// <summary>In all splits.</summary>
    public int Total => Train + Validation + Test;

    /// <summary>Counts the records of each split that fulfil a condition.</summary>
    /// <param name="annotations">The records.</param>
    /// <param name="condition">The condition.</param>
    /// <returns>The counts.</returns>
    public static SplitCounts Of(IEnumerable<Annotation> annotations, Func<Annotation, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(condition);
        Span<int> counts = stackalloc int[3];
        foreach (Annotation annotation in annotations)
        {
            counts[(int)annotation.Split] += condition(annotation) ? 1 : 0;
        }

        return new SplitCounts(counts[0], counts[1], counts[2]);
    }
}

/// <summary>How many different classes have a clip; one that has clips in several splits counts once in all.</summary>
/// <param name="Train">In the training split.</param>
/// <param name="Validation">In the validation split.</param>
/// <param name="Test">In the test split.</param>
/// <param name="Total">In the whole data set.</param>
internal sealed record ClassCounts(int Train, int Validation, int Test, int Total);

/// <summary>A word and how often it occurs in the training captions.</summary>
/// <param name="Word">The word.</param>
/// <param name="Count">Its occurrences.</param>
internal sealed record WordCount(string Word, int Count);

/// <summary>What one of the two caption grains of a data set looks like.</summary>
internal sealed record CaptionStatistics
{
    /// <summary>The longest list of rarest words that is kept.</summary>
    public const int RarestShown = 20;

    /// <summary>Clips with a caption.</summary>
    public required SplitCounts Clips { get; init; }

    /// <summary>Different captions, over all splits.</summary>
    public required int DistinctCaptions { get; init; }

    /// <summary>Different object strings, over all splits (the paper has about 30,000 in full captions).</summary>
    public required int DistinctObjects { get; init; }

    /// <summary>
    /// Words of the vocabulary, without the three special ones (the paper: 2,880 full, 2,055 simplified).
    /// </summary>
    public required int Vocabulary { get; init; }

    /// <summary>
    /// Words of the training captions that are too rare for the vocabulary and become <c>[Something]</c>.
    /// </summary>
    public required int RareWords { get; init; }

    /// <summary>Share of the words in training captions that become <c>[Something]</c>, 0 to 1.</summary>
    public required double RareShare { get; init; }

    /// <summary>The same for validation and test captions; null when there are none.</summary>
    public required double? RareShareHeldOut { get; init; }

    /// <summary>
    /// Share of all captions that have more than 14 words and are cut, 0 to 1 (the paper: under 0.01).
    /// </summary>
    public required double TooLongShare { get; init; }

    /// <summary>Words of the longest caption.</summary>
    public required int LongestCaption { get; init; }

    /// <summary>The rarest words of the training captions, the rarest first.</summary>
    public required IReadOnlyList<WordCount> RarestWords { get; init; }

    /// <summary>The rarest words that are in the vocabulary, the rarest first.</summary>
    public required IReadOnlyList<WordCount> RarestKept { get; init; }
}

/// <summary>The counts of a data set at each of the four grains (the paper's Section 3 and 5.3).</summary>
internal sealed record LabelStatistics
{
    /// <summary>The data set's name.</summary>
    public required string DataSet { get; init; }

    /// <summary>Usable clips.</summary>
    public required SplitCounts Clips { get; init; }

    /// <summary>Records that were left out for a fault of theirs.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Clips with a category.</summary>
    public required SplitCounts Labelled { get; init; }

    /// <summary>Groups in the taxonomy.</summary>
    public required int Groups { get; init; }

    /// <summary>Groups that have a clip, by split.</summary>
    public required ClassCounts GroupsPresent { get; init; }

    /// <summary>Categories in the taxonomy.</summary>
    public required int Categories { get; init; }

    /// <summary>Categories that have a clip, by split.</summary>
    public required ClassCounts CategoriesPresent { get; init; }

    /// <summary>Words this rare or rarer become <c>[Something]</c>.</summary>
    public required int RareCount { get; init; }

    /// <summary>The grain of simplified captions; null when the data set has no captions.</summary>
    public required CaptionStatistics? SimplifiedCaptions { get; init; }

    /// <summary>The grain of full captions; null when the data set has no captions.</summary>
    public required CaptionStatistics? Captions { get; init; }

    /// <summary>Counts a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">Rare words and the choice of nouns; the paper's when null.</param>
    /// <returns>The counts.</returns>
    public static LabelStatistics Of(DataSet data, CaptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var targets = new CaptionTargets(data.Taxonomy, options);
        return new LabelStatistics
        {
            DataSet = data.Name,
            Clips = SplitCounts.Of(data.Annotations, _ => true),
            LeftOut = data.LeftOut,
            Labelled = SplitCounts.Of(data.Annotations, annotation => annotation.Category >= 0),
            Groups = data.Taxonomy.Groups.Count,
            GroupsPresent = Present(data, data.Taxonomy.GroupOf),
            Categories = data.Taxonomy.Categories.Count,
            CategoriesPresent = Present(data, category => category),
            RareCount = targets.Options.RareCount,
            SimplifiedCaptions = data.HasCaptions
                ? CaptionCounter.Count(data, targets, Granularity.SimplifiedCaptions)
                : null,
            Captions = data.HasCaptions ? CaptionCounter.Count(data, targets, Granularity.Captions) : null,
        };
    }

    private static ClassCounts Present(DataSet data, Func<int, int> classOf)
    {
        int In(IEnumerable<Annotation> clips) =>
            clips.Where(a => a.Category >= 0).Select(a => classOf(a.Category)).Distinct().Count();
        return new ClassCounts(
            In(data.Of(Split.Train)),
            In(data.Of(Split.Validation)),
            In(data.Of(Split.Test)),
            In(data.Annotations)
        );
    }
}
