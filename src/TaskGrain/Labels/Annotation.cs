namespace TaskGrain.Labels;

/// <summary>What is known about one clip.</summary>
public sealed record Annotation
{
    /// <summary>The clip's name, unique in its data set: the video's id, or its path in a folder of clips.</summary>
    public required string Id { get; init; }

    /// <summary>What the clip is for.</summary>
    public required Split Split { get; init; }

    /// <summary>
    /// Path of the video file, or of the folder that holds its frames as JPEG files, relative to the data set's
    /// folder, with forward slashes; null when the data set was opened without its videos.
    /// </summary>
    public string? Media { get; init; }

    /// <summary>
    /// Index into the taxonomy's categories; -1 for a clip without a label, as in the official test split.
    /// </summary>
    public int Category { get; init; } = -1;

    /// <summary>The caption as its author wrote it; null when there is none.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The object descriptions, one for each bracket of the category and in the brackets' order; empty when the clip
    /// has no caption.
    /// </summary>
    public IReadOnlyList<string> Placeholders { get; init; } = [];

    /// <summary>Equal when all facts are equal; placeholders are compared one by one.</summary>
    /// <param name="other">Another annotation.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(Annotation? other) =>
        other is not null
        && Id == other.Id
        && Split == other.Split
        && Media == other.Media
        && Category == other.Category
        && Label == other.Label
        && Placeholders.SequenceEqual(other.Placeholders);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Split, Media, Category, Label, Placeholders.Count);
}
