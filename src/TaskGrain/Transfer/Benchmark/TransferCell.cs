using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// One run: a source's features, a classifier, a draw of few shots, and what came of it on the test clips.
/// </summary>
internal sealed record TransferCell
{
    /// <summary>
    /// Hash of all that decides the result: the source's identity, the clips drawn and those tested, the classifier and
    /// its training, the seed. A cell with the key is this cell, whichever call of the benchmark made it.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The classifier.</summary>
    public required ClassifierKind Classifier { get; init; }

    /// <summary>Training clips a class.</summary>
    public required ShotCount Shots { get; init; }

    /// <summary>Number of the draw, from 0.</summary>
    public required int Run { get; init; }

    /// <summary>Training clips in all.</summary>
    public required int TrainClips { get; init; }

    /// <summary>Test clips.</summary>
    public required int TestClips { get; init; }

    /// <summary>Test clips that were classified rightly.</summary>
    public required int Correct { get; init; }

    /// <summary>Regularisation that cross-validation chose.</summary>
    public required FewShotSetting Setting { get; init; }

    /// <summary>Updates that it chose.</summary>
    public required int Updates { get; init; }

    /// <summary>Its accuracy on the held-out shots; null for one shot.</summary>
    public double? HeldOutAccuracy { get; init; }

    /// <summary>Share of the shots' variance that the projection kept.</summary>
    public required double VarianceKept { get; init; }

    /// <summary>Seconds for training and testing.</summary>
    public required double Seconds { get; init; }

    /// <summary>Share of test clips that were classified rightly.</summary>
    public double Accuracy => (double)Correct / TestClips;
}
