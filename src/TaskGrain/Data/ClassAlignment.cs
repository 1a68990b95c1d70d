using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>
/// Brings a data set's categories to the numbers of a model's taxonomy, which may order or group them otherwise.
/// </summary>
internal static class ClassAlignment
{
    private const int Named = 5;

    /// <summary>Renumbers a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="known">The model's taxonomy.</param>
    /// <param name="split">The split that is measured: all its categories must be known.</param>
    /// <returns>
    /// The same records in the model's taxonomy; outside <paramref name="split"/> a clip of an unknown category counts
    /// as one without a label.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// The split has categories that the model does not know; names some.
    /// </exception>
    public static DataSet Align(DataSet data, Taxonomy known, Split split)
    {
        int[] numbers =
        [
            .. data.Taxonomy.Categories.Select(name => known.TryFindCategory(name, out int category) ? category : -1),
        ];
        int[] unknown =
        [
            .. data.Of(split).Select(a => a.Category).Where(c => c >= 0 && numbers[c] < 0).Distinct().Order(),
        ];
        if (unknown.Length > 0)
        {
            string names = string.Join(", ", unknown.Take(Named).Select(c => $"'{data.Taxonomy.Categories[c]}'"));
            throw new TaskGrainException(
                $"{data.Name}: the model does not know {unknown.Length} of the {data.Taxonomy.Categories.Count} "
                    + $"categories of this data set, such as {names}; evaluate it on data with the categories it "
                    + $"was trained on."
            );
        }

        return new DataSet(
            data.Name,
            known,
            [.. data.Annotations.Select(a => a.Category < 0 ? a : a with { Category = numbers[a.Category] })],
            data.Problems,
            data.LeftOut,
            data.Folder
        );
    }
}
