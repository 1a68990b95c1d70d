using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>
/// Looks a data set over before anyone trains on it: every bad record and file with reason and fix, the counts of
/// splits and categories, clips that are in two splits, and what packing will cost.
/// </summary>
internal static class DataCheck
{
    /// <summary>Checks a data set.</summary>
    /// <param name="folder">A data set in any supported form.</param>
    /// <param name="options">How thoroughly.</param>
    /// <param name="progress">Told how far the comparing and decoding have come.</param>
    /// <param name="cancellation">Stops the check.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="TaskGrainException">
    /// The folder is no data set at all, or not one record of it can be used.
    /// </exception>
    public static DataCheckReport Run(
        string folder,
        DataCheckOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DataSet data = DataSet.Open(folder, options.DataSet, cancellation);
        var problems = new List<DataProblem>(data.Problems);
        if (options.CompareContents)
        {
            problems.AddRange(new ContentComparison(data, options.Threads).Run(progress, cancellation));
        }

        var decoding = new DecodingCheck(data, options);
        decoding.Run(progress, cancellation);
        problems.AddRange(decoding.Problems);
        Annotation[] usable = [.. data.Annotations.Where(annotation => !decoding.Failed.Contains(annotation.Id))];
        IReadOnlyList<CategoryCounts> categories = CountCategories(data.Taxonomy, usable);
        problems.AddRange(new ClassBalance(data.Name, options).Problems(categories, usable));
        return new DataCheckReport
        {
            DataSet = data.Name,
            Folder = data.Folder!,
            Clips = SplitCounts.Of(usable, _ => true),
            Unlabelled = SplitCounts.Of(usable, annotation => annotation.Category < 0),
            LeftOut = data.LeftOut + decoding.Failed.Count,
            Decoded = decoding.Decoded,
            FailedToDecode = decoding.Failed.Count,
            Categories = categories,
            Problems = problems,
            Packing = decoding.Estimate(usable.Length),
            Usable = usable.Any(annotation => annotation.Split == Split.Train && annotation.Category >= 0),
        };
    }

    private static CategoryCounts[] CountCategories(Taxonomy taxonomy, IReadOnlyList<Annotation> annotations) =>
        [
            .. annotations
                .Where(annotation => annotation.Category >= 0)
                .GroupBy(annotation => annotation.Category)
                .OrderBy(group => group.Key)
                .Select(group => new CategoryCounts(
                    taxonomy.Categories[group.Key],
                    taxonomy.Groups[taxonomy.GroupOf(group.Key)],
                    SplitCounts.Of(group, _ => true)
                )),
        ];
}
