namespace TaskGrain.Labels;

/// <summary>One clip at all four grains, as the paper's Table 5 shows one.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Split">Its split.</param>
/// <param name="Group">Its action group; null when it is unlabelled.</param>
/// <param name="Category">Its action category; null when it is unlabelled.</param>
/// <param name="Placeholders">The object descriptions.</param>
/// <param name="SimplifiedPlaceholders">The one word that stands for each.</param>
/// <param name="SimplifiedCaption">The simplified caption; null when it has none.</param>
/// <param name="Caption">The full caption; null when it has none.</param>
internal sealed record LabelExample(
    string Id,
    Split Split,
    string? Group,
    string? Category,
    IReadOnlyList<string> Placeholders,
    IReadOnlyList<string> SimplifiedPlaceholders,
    string? SimplifiedCaption,
    string? Caption
)
{
    /// <summary>Shows a clip.</summary>
    /// <param name="data">The clip's data set.</param>
    /// <param name="annotation">The clip.</param>
    /// <param name="targets">How captions are made.</param>
    /// <returns>The clip at all grains.</returns>
    public static LabelExample Of(DataSet data, Annotation annotation, CaptionTargets targets)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(annotation);
        ArgumentNullException.ThrowIfNull(targets);
        Taxonomy taxonomy = data.Taxonomy;
        bool labelled = annotation.Category >= 0;
        bool captioned = targets.HasCaption(annotation);
        return new LabelExample(
            annotation.Id,
            annotation.Split,
            labelled ? taxonomy.Groups[taxonomy.GroupOf(annotation.Category)] : null,
            labelled ? taxonomy.Categories[annotation.Category] : null,
            annotation.Placeholders,
            captioned
                ? [.. annotation.Placeholders.Zip(taxonomy.Templates[annotation.Category].Brackets, targets.Simplify)]
                : [],
            captioned ? CaptionWords.Sentence(targets.Simplified(annotation)) : null,
            captioned ? CaptionWords.Sentence(targets.Full(annotation)) : null
        );
    }

    /// <summary>Shows clips by id, and some spread over the training split.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">How captions are made.</param>
    /// <param name="count">Clips of the training split; 0 for none.</param>
    /// <param name="ids">Clips to show besides.</param>
    /// <returns>The clips at all grains.</returns>
    /// <exception cref="TaskGrainException">An id is not in the data set.</exception>
    public static IReadOnlyList<LabelExample> Choose(
        DataSet data,
        CaptionOptions options,
        int count,
        IReadOnlyList<string> ids
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(ids);
        var targets = new CaptionTargets(data.Taxonomy, options);
        var chosen = new List<Annotation>();
        foreach (string id in ids)
        {
            chosen.Add(
                data.Annotations.FirstOrDefault(annotation => annotation.Id == id)
                    ?? throw new TaskGrainException($"{data.Name} has no usable clip '{id}'.")
            );
        }

        Annotation[] training = [.. data.Of(Split.Train)];
        int shown = Math.Clamp(count, 0, training.Length);
        chosen.AddRange(Enumerable.Range(0, shown).Select(i => training[(int)((long)i * training.Length / shown)]));
        return [.. chosen.Select(annotation => Of(data, annotation, targets))];
    }
}
