using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>The kinds of pretrained networks that vectors can come from (Section 6.1).</summary>
public enum FeatureSourceKind
{
    /// <summary>
    /// A two-channel encoder, trained at any granularity: one vector a frame it reads, with the frames around it.
    /// </summary>
    Encoder,

    /// <summary>A two-channel encoder with the weights it was born with.</summary>
    RandomEncoder,

    /// <summary>An image network: one vector a frame, of that frame alone.</summary>
    FrameBackbone,

    /// <summary>A video network that gives one vector for a short clip of frames.</summary>
    ClipBackbone,

    /// <summary>No network: where in the picture something moves, and when.</summary>
    Motion,

    /// <summary>Several sources side by side, their vectors joined.</summary>
    Combined,
}

/// <summary>What is to be known about a source of features, and about a store of them.</summary>
public sealed record FeatureSourceInfo
{
    /// <summary>The kind of network.</summary>
    public required FeatureSourceKind Kind { get; init; }

    /// <summary>What it is, for people: architecture, granularity, windows.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// Hash of the weights and of everything else that shapes the vectors: preprocessing, windows, rate, number
    /// format. Features of different identity are never mixed in one store.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>
    /// Hash of the weights and settings alone, whatever the number format and the machine: what tells a model taught
    /// on these features that they are the ones it was taught on.
    /// </summary>
    public string Checksum { get; init; } = "";

    /// <summary>D, the length of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Vectors for a second of video; the paper's 12.</summary>
    public required double VectorsPerSecond { get; init; }

    /// <summary>Size and rate of the frames it reads.</summary>
    public required FrameFormat Frames { get; init; }
}
