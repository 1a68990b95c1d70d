using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Training;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Demo;

/// <summary>A part of the demo that is done, told while the next one begins.</summary>
internal abstract record DemoChapter
{
    /// <summary>How long it took; next to nothing for what was done before.</summary>
    public double Seconds { get; init; }
}

/// <summary>The shipped model has looked at clips that are new to it.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Classes">Categories it chooses among.</param>
/// <param name="Clips">The clips with what it says about them.</param>
internal sealed record KnownChapter(string Model, int Classes, IReadOnlyList<DemoPrediction> Clips) : DemoChapter;

/// <summary>The clips of the twelve categories are there.</summary>
/// <param name="Clips">All of them.</param>
/// <param name="Before">
/// What the shipped model makes of those that are kept for the test; null where it reads other frames.
/// </param>
internal sealed record DrawnChapter(int Clips, EvaluationReport? Before) : DemoChapter;

/// <summary>A model has been trained on them and measured.</summary>
/// <param name="From">The model it started from; null for none.</param>
/// <param name="Training">The training.</param>
/// <param name="Evaluation">What it can do on the clips of the test, which it never saw.</param>
/// <param name="Again">The clips of the beginning with what it says about them.</param>
internal sealed record LearntChapter(
    string? From,
    TrainingResult Training,
    EvaluationReport Evaluation,
    IReadOnlyList<DemoPrediction> Again
) : DemoChapter;

/// <summary>Classes of the kitchen have been taught from a few clips.</summary>
/// <param name="Teaching">What was taught and how good it is.</param>
internal sealed record TaughtChapter(TeachReport Teaching) : DemoChapter;

/// <summary>What a model says about a video file.</summary>
/// <param name="Clip">The file and what it shows.</param>
/// <param name="Prediction">What the model says.</param>
/// <param name="Overlay">A moving picture of where and when the clip spoke for it; null for none.</param>
/// <param name="Peak">The second that spoke most for it; null likewise.</param>
internal sealed record DemoPrediction(DemoClip Clip, Prediction Prediction, string? Overlay = null, double? Peak = null)
{
    /// <summary>Whether the likeliest class is the true one; null where nobody has said which that is.</summary>
    public bool? Right => Clip.Truth is null ? null : Prediction.Top[0].Name == Clip.Truth;
}
