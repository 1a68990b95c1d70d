using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>How the categories of an action group fared.</summary>
/// <param name="Name">The group.</param>
/// <param name="Categories">Its categories that have clips.</param>
/// <param name="Clips">Clips of them.</param>
/// <param name="Right">Clips whose category was recognised.</param>
/// <param name="RightGroup">Clips taken for a category of the group, the right one or another.</param>
internal sealed record GroupRow(string Name, int Categories, int Clips, int Right, int RightGroup)
{
    /// <summary>Counts a confusion matrix by group.</summary>
    /// <param name="matrix">Over categories.</param>
    /// <param name="groupOf">The group of each category, by name.</param>
    /// <returns>The groups that have clips, those with the fewest recognised first.</returns>
    public static IReadOnlyList<GroupRow> Of(ConfusionMatrix matrix, IReadOnlyList<string> groupOf) =>
        [
            .. Enumerable
                .Range(0, matrix.Classes)
                .GroupBy(c => groupOf[c], StringComparer.Ordinal)
                .Select(group => Of(matrix, group.Key, [.. group]))
                .Where(row => row.Clips > 0)
                .OrderBy(row => (double)row.Right / row.Clips)
                .ThenBy(row => row.Name, StringComparer.Ordinal),
        ];

    private static GroupRow Of(ConfusionMatrix matrix, string name, int[] members) =>
        new(
            name,
            members.Count(c => matrix.SamplesOf(c) > 0),
            members.Sum(matrix.SamplesOf),
            members.Sum(c => matrix[c, c]),
            members.Sum(truth => members.Sum(predicted => matrix[truth, predicted]))
        );
}
