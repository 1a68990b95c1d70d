using System.Text.Json.Serialization;
using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>The clips of one category.</summary>
/// <param name="Name">The category.</param>
/// <param name="Group">Its group.</param>
/// <param name="Clips">Usable clips of each split.</param>
internal sealed record CategoryCounts(string Name, string Group, SplitCounts Clips);

/// <summary>What packing a data set will cost, guessed from the clips that were decoded.</summary>
/// <param name="DecodedClips">Clips the guess rests on.</param>
/// <param name="FramesPerClip">Their average number of frames, at the store's rate.</param>
/// <param name="Seconds">Time to pack all clips with <paramref name="Threads"/> threads.</param>
/// <param name="Threads">Threads the time is for.</param>
/// <param name="RawBytes">Size of a store of raw frames.</param>
/// <param name="JpegBytes">Size of a store of JPEG frames.</param>
internal sealed record PackingEstimate(
    int DecodedClips,
    double FramesPerClip,
    double Seconds,
    int Threads,
    long RawBytes,
    long JpegBytes
);

/// <summary>What <see cref="DataCheck"/> found.</summary>
internal sealed record DataCheckReport
{
    /// <summary>The data set's name.</summary>
    public required string DataSet { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Clips that can be used; those that failed to decode are not counted.</summary>
    public required SplitCounts Clips { get; init; }

    /// <summary>Usable clips without a category.</summary>
    public required SplitCounts Unlabelled { get; init; }

    /// <summary>Clips that cannot be used: records with a fault, and clips that failed to decode.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Clips that were decoded.</summary>
    public required int Decoded { get; init; }

    /// <summary>Decoded clips no frame could be had of; part of <see cref="LeftOut"/>.</summary>
    public required int FailedToDecode { get; init; }

    /// <summary>The categories that have a clip, in the taxonomy's order.</summary>
    public required IReadOnlyList<CategoryCounts> Categories { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public required IReadOnlyList<DataProblem> Problems { get; init; }

    /// <summary>What packing will cost; null when no clip was decoded.</summary>
    public required PackingEstimate? Packing { get; init; }

    /// <summary>Whether something can be learned from it: there is a training clip with a category.</summary>
    public required bool Usable { get; init; }

    /// <summary>Whether nothing at all is wrong.</summary>
    [JsonIgnore]
    public bool Clean => Usable && Problems.All(problem => problem.Kind == DataProblemKind.SystemFolder);
}
