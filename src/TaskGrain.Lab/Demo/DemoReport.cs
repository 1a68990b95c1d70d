using TaskGrain.Evaluation;
using TaskGrain.Inference;

namespace TaskGrain.Lab.Demo;

/// <summary>What the demo did and found.</summary>
internal sealed record DemoReport
{
    /// <summary>The trained model.</summary>
    public required string Model { get; init; }

    /// <summary>The frame store with the generated clips.</summary>
    public required string Store { get; init; }

    /// <summary>Clips trained on.</summary>
    public required int TrainingClips { get; init; }

    /// <summary>The measurement on the test clips, which training never saw.</summary>
    public required EvaluationReport Evaluation { get; init; }

    /// <summary>Ten test clips with the truth and what the model says.</summary>
    public required IReadOnlyList<ClipResult> Samples { get; init; }

    /// <summary>Video files that were predicted on: generated ones, then the user's.</summary>
    public required IReadOnlyList<DemoPrediction> Predictions { get; init; }

    /// <summary>The summary as a page for a browser.</summary>
    public required string Page { get; init; }

    /// <summary>Seconds each stage took in this run; a stage that was done before takes next to none.</summary>
    public required IReadOnlyList<DemoStage> Stages { get; init; }
}

/// <summary>A prediction on a video file.</summary>
/// <param name="File">The file.</param>
/// <param name="Truth">What it shows; null when nobody has said.</param>
/// <param name="Prediction">What the model says.</param>
internal sealed record DemoPrediction(string File, string? Truth, Prediction Prediction);

/// <summary>A part of the demo.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record DemoStage(string Name, double Seconds);
