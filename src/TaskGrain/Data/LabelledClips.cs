using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>The clips of a split that have a label and lie in the frame store.</summary>
internal sealed class LabelledClips
{
    private LabelledClips(
        IReadOnlyList<Annotation> annotations,
        IReadOnlyList<int> storeIndices,
        IReadOnlyList<string> notes
    )
    {
        Annotations = annotations;
        StoreIndices = storeIndices;
        Notes = notes;
    }

    /// <summary>The clips' records, in the order of the data set.</summary>
    public IReadOnlyList<Annotation> Annotations { get; }

    /// <summary>Their numbers in the store.</summary>
    public IReadOnlyList<int> StoreIndices { get; }

    /// <summary>What was left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Number of clips.</summary>
    public int Count => Annotations.Count;

    /// <summary>The true class of each clip.</summary>
    /// <param name="taxonomy">The data set's taxonomy.</param>
    /// <param name="granularity">Groups are wanted for action groups, categories for everything finer.</param>
    public int[] Targets(Taxonomy taxonomy, Granularity granularity) =>
        [
            .. Annotations.Select(a =>
                granularity == Granularity.ActionGroups ? taxonomy.GroupOf(a.Category) : a.Category
            ),
        ];

    /// <summary>Finds the clips.</summary>
    /// <exception cref="TaskGrainException">There is none.</exception>
    public static LabelledClips Find(DataSet data, FrameStore store, Split split)
    {
        var annotations = new List<Annotation>();
        var indices = new List<int>();
        int unlabelled = 0;
        int missing = 0;
        foreach (Annotation annotation in data.Of(split))
        {
            if (annotation.Category < 0)
            {
                unlabelled++;
            }
            else if (!store.TryIndexOf(annotation.Id, out int index))
            {
                missing++;
            }
            else
            {
                annotations.Add(annotation);
                indices.Add(index);
            }
        }

        var notes = new List<string>();
        if (unlabelled > 0)
        {
            notes.Add($"{unlabelled} clips of the {split.Name()} split have no label and were left out.");
        }

        if (missing > 0)
        {
            notes.Add($"{missing} clips of the {split.Name()} split are not in the store and were left out.");
        }

        if (annotations.Count == 0)
        {
            string others = string.Join(
                ", ",
                Enum.GetValues<Split>().Where(s => data.Of(s).Any(a => a.Category >= 0)).Select(SplitNames.Name)
            );
            throw new TaskGrainException(
                $"{store.Folder}: no clip of the {split.Name()} split has a label and frames ({unlabelled} without "
                    + $"a label, {missing} not in the store). Splits with labels: "
                    + $"{(others.Length == 0 ? "none" : others)}."
            );
        }

        return new LabelledClips(annotations, indices, notes);
    }
}
