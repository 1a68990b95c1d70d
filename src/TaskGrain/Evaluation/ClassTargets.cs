using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Evaluation;

/// <summary>The true classes of clips by the numbers of a model's taxonomy, which may order them otherwise than the data's.</summary>
internal sealed class ClassTargets
{
    private const int Named = 5;

    /// <exception cref="TaskGrainException">A clip's category is none of the model's; names some.</exception>
    public ClassTargets(ModelDescription description, DataSet data, LabelledClips clips)
    {
        Taxonomy known = description.Taxonomy;
        int[] byData = new int[data.Taxonomy.Categories.Count];
        for (int c = 0; c < byData.Length; c++)
        {
            byData[c] = known.TryFindCategory(data.Taxonomy.Categories[c], out int category) ? category : -1;
        }

        int[] unknown = [.. clips.Annotations.Select(a => a.Category).Distinct().Where(c => byData[c] < 0).Order()];
        if (unknown.Length > 0)
        {
            string names = string.Join(", ", unknown.Take(Named).Select(c => $"'{data.Taxonomy.Categories[c]}'"));
            throw new TaskGrainException(
                $"{data.Name}: the model was not trained on {unknown.Length} of this data set's categories, such as {names}; evaluate it on data with the categories it knows.");
        }

        Categories = [.. clips.Annotations.Select(a => byData[a.Category])];
        Groups = [.. Categories.Select(known.GroupOf)];
        Own = description.Granularity == Granularity.ActionGroups ? Groups : Categories;
    }

    /// <summary>The category of each clip.</summary>
    public int[] Categories { get; }

    /// <summary>The group of each clip.</summary>
    public int[] Groups { get; }

    /// <summary>The class of each clip among those the model's classifier chooses between.</summary>
    public int[] Own { get; }
}
