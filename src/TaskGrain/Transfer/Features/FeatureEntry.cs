using TaskGrain.Labels;

namespace TaskGrain.Transfer.Features;

/// <summary>A clip in a <see cref="FeatureStore"/>.</summary>
internal sealed record FeatureEntry
{
    /// <summary>The clip's name in its data set.</summary>
    public required string Id { get; init; }

    /// <summary>What the clip is for; null where nobody said.</summary>
    public Split? Split { get; init; }

    /// <summary>Its class by name; null for a clip without a label.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// Hash of the clip's decoded pixels: equal for identical clips, whatever their files are called.
    /// </summary>
    public string? Content { get; init; }

    /// <summary>Number of vectors.</summary>
    public int Steps { get; init; }

    /// <summary>Where its vectors begin, counted in numbers from the start of the data.</summary>
    public long Offset { get; init; }

    /// <summary>XXH3 of its vectors' bytes and of the text fields above.</summary>
    public string Checksum { get; init; } = "";
}
