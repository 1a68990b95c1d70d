using TaskGrain.Metrics;

namespace TaskGrain.Lab.Baselines;

/// <summary>One baseline trained once on one source, measured.</summary>
internal sealed record BaselineRun
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>What was learned.</summary>
    public required BaselineMethod Method { get; init; }

    /// <summary>The run, from 1.</summary>
    public required int Seed { get; init; }

    /// <summary>What the run depends on; another setting makes another run.</summary>
    public required string Settings { get; init; }

    /// <summary>Parameters learned.</summary>
    public required long Parameters { get; init; }

    /// <summary>Epoch whose weights were kept, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double Seconds { get; init; }

    /// <summary>Clips measured.</summary>
    public required int Clips { get; init; }

    /// <summary>Clips classified right; null for a captioner.</summary>
    public int? Right { get; init; }

    /// <summary>
    /// The captions: a captioner's own; a classifier's by the template baseline (the predicted category with its
    /// likeliest objects). Null where there are none.
    /// </summary>
    public CaptionScores? Captions { get; init; }
}
