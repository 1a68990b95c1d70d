using TaskGrain.Labels;

namespace TaskGrain.Lab.Baselines;

/// <summary>Every method once, with one seed: a part of a comparison that is worth keeping by itself.</summary>
internal sealed record BaselineSeed
{
    /// <summary>Hash of the clips and their labels.</summary>
    public required string Data { get; init; }

    /// <summary>Categories.</summary>
    public required int Classes { get; init; }

    /// <summary>The split measured.</summary>
    public required Split Split { get; init; }

    /// <summary>The grain of the captions.</summary>
    public required Granularity CaptionGrain { get; init; }

    /// <summary>Training clips.</summary>
    public required int TrainingClips { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<BaselineSource> Sources { get; init; }

    /// <summary>How the baselines were trained.</summary>
    public required BaselineOptions Training { get; init; }

    /// <summary>A run a method and source.</summary>
    public required IReadOnlyList<BaselineRun> Runs { get; init; }
}
