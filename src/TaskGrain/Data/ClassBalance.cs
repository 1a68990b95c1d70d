using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>Says where the numbers of clips make training or measuring doubtful.</summary>
internal sealed class ClassBalance(string dataSet, DataCheckOptions options)
{
    private const int Named = 5;

    public IEnumerable<DataProblem> Problems(IReadOnlyList<CategoryCounts> categories, IReadOnlyList<Annotation> clips)
    {
        SplitCounts labelled = SplitCounts.Of(clips, annotation => annotation.Category >= 0);
        if (labelled.Train == 0)
        {
            yield return Problem(
                DataProblemKind.MissingSplit,
                "no training clip has a category.",
                "Add labelled training clips; nothing can be learned without them."
            );
            yield break;
        }

        if (labelled.Validation == 0)
        {
            yield return Problem(
                DataProblemKind.MissingSplit,
                "no validation clip has a category, so nothing tells when to stop training.",
                "Add a validation split, or more clips a class."
            );
        }

        CategoryCounts[] trained = [.. categories.Where(category => category.Clips.Train > 0)];
        if (trained.Length == 1)
        {
            yield return Problem(
                DataProblemKind.ClassBalance,
                $"'{trained[0].Name}' is the only category with training clips.",
                "Add clips of a second category."
            );
        }

        CategoryCounts[] untrained = [.. categories.Where(category => category.Clips.Train == 0)];
        if (untrained.Length > 0)
        {
            yield return Problem(
                DataProblemKind.ClassBalance,
                $"{Categories(untrained.Length)} measured and never trained: {Names(untrained)}.",
                "Add training clips of them, or take them out of validation and test."
            );
        }

        CategoryCounts[] few = [.. trained.Where(category => category.Clips.Train < options.FewClips)];
        if (few.Length > 0)
        {
            yield return Problem(
                DataProblemKind.ClassBalance,
                $"{Categories(few.Length)} trained on fewer than {options.FewClips} clips: {Names(few)}.",
                "Add clips, or expect them to be guessed."
            );
        }

        CategoryCounts largest = trained.MaxBy(category => category.Clips.Train)!;
        CategoryCounts smallest = trained.MinBy(category => category.Clips.Train)!;
        if (largest.Clips.Train > options.Imbalance * smallest.Clips.Train)
        {
            yield return Problem(
                DataProblemKind.ClassBalance,
                $"'{largest.Name}' has {largest.Clips.Train} training clips and '{smallest.Name}' has "
                    + $"{smallest.Clips.Train}.",
                "Look at the mean class accuracy beside the accuracy, or even the classes out."
            );
        }
    }

    private static string Categories(int count) => count == 1 ? "1 category is" : $"{count} categories are";

    private static string Names(CategoryCounts[] categories) =>
        string.Join(", ", categories.Take(Named).Select(category => $"'{category.Name}'"))
        + (categories.Length > Named ? $" and {categories.Length - Named} more" : "");

    private DataProblem Problem(DataProblemKind kind, string reason, string fix) =>
        new()
        {
            Kind = kind,
            File = dataSet,
            Reason = reason,
            Fix = fix,
        };
}
