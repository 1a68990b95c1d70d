using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>
/// Fine classes from coarse ones without looking at the clip again: the category of the predicted group that is most
/// frequent in training (paper, Section 5.1: 23.8% on the test split of Something-Something).
/// </summary>
internal sealed class MostFrequentOfGroup
{
    private readonly int[] _category;

    /// <summary>Picks the most frequent category of every group.</summary>
    /// <param name="taxonomy">Categories and groups.</param>
    /// <param name="trainingCounts">Training clips of each category; the smaller number wins a tie.</param>
    /// <exception cref="ArgumentException">There is not one count for each category.</exception>
    public MostFrequentOfGroup(Taxonomy taxonomy, IReadOnlyList<int> trainingCounts)
    {
        ArgumentNullException.ThrowIfNull(taxonomy);
        ArgumentNullException.ThrowIfNull(trainingCounts);
        if (trainingCounts.Count != taxonomy.Categories.Count)
        {
            throw new ArgumentException($"{trainingCounts.Count} counts for {taxonomy.Categories.Count} categories");
        }

        _category =
        [
            .. Enumerable
                .Range(0, taxonomy.Groups.Count)
                .Select(group =>
                    taxonomy.CategoriesOf(group).Count == 0
                        ? -1
                        : taxonomy.CategoriesOf(group).MaxBy(category => trainingCounts[category])
                ),
        ];
    }

    /// <summary>Counts the training split of a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <returns>The baseline.</returns>
    public static MostFrequentOfGroup Fit(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] counts = new int[data.Taxonomy.Categories.Count];
        foreach (Annotation annotation in data.Of(Split.Train).Where(annotation => annotation.Category >= 0))
        {
            counts[annotation.Category]++;
        }

        return new MostFrequentOfGroup(data.Taxonomy, counts);
    }

    /// <summary>The category picked for a group.</summary>
    /// <param name="group">Index into the taxonomy's groups.</param>
    /// <returns>Index into the taxonomy's categories; -1 for a group without categories.</returns>
    public int Category(int group) => _category[group];
}
