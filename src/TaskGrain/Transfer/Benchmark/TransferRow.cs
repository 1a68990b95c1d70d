using TaskGrain.Evaluation.Statistics;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>The runs of one source, classifier and number of shots.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Classifier">The classifier.</param>
/// <param name="Shots">Training clips a class.</param>
/// <param name="Right">Test clips that each run classified rightly, in the order of the draws.</param>
/// <param name="TestClips">Test clips, the same in every run.</param>
internal sealed record TransferRow(
    string Source,
    ClassifierKind Classifier,
    ShotCount Shots,
    IReadOnlyList<int> Right,
    int TestClips
)
{
    /// <summary>Test accuracy of each run, in [0, 1].</summary>
    public IReadOnlyList<double> Accuracies => [.. Right.Select(right => (double)right / TestClips)];

    /// <summary>Mean over the runs.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>Half of its 95% interval (Student's t over the runs); null for a single run.</summary>
    public double? HalfWidth => Right.Count > 1 ? MeanInterval.Of(Accuracies).HalfWidth : null;
}
