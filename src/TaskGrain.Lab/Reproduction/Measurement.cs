using System.Text.Json.Serialization;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Baselines;
using TaskGrain.Labels;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Reproduction;

/// <summary>What a run of the plan measured, and what on: one small file each.</summary>
internal sealed record Measurement
{
    /// <summary>The run's name.</summary>
    public required string Id { get; init; }

    /// <summary>Its training seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Where it was made.</summary>
    public required ComputeSite Site { get; init; }

    /// <summary>The program's version and commit.</summary>
    public required string Program { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTime Finished { get; init; }

    /// <summary>Seconds that the run took in the slice that finished it.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of training alone, in all slices; null where nothing was trained.</summary>
    public double? TrainingSeconds { get; init; }

    /// <summary>Seconds that the run took: at least those of its training, which slices may have shared.</summary>
    [JsonIgnore]
    public double WholeSeconds => Math.Max(Seconds, TrainingSeconds ?? 0);

    /// <summary>Clips trained on × epochs; null where nothing was trained.</summary>
    public long? TrainingSteps { get; init; }

    /// <summary>Hash of the data it was measured on.</summary>
    public required string Data { get; init; }

    /// <summary>The split measured on: test, or validation where the test clips have no labels.</summary>
    public Split Split { get; init; } = Split.Test;

    /// <summary>Accuracies on the split; empty for a transfer.</summary>
    public IReadOnlyList<AccuracyRow> Accuracies { get; init; } = [];

    /// <summary>Captions on the split.</summary>
    public IReadOnlyList<CaptionRow> Captions { get; init; } = [];

    /// <summary>A source's cells; empty but for a transfer.</summary>
    public IReadOnlyList<TransferRow> Transfers { get; init; } = [];

    /// <summary>What the frame baselines reached; null but for their run.</summary>
    public BaselineSeed? FrameBaselines { get; init; }

    /// <summary>The row of a method and grain.</summary>
    /// <param name="method">How answers came about.</param>
    /// <param name="testedOn">The classes tested on.</param>
    /// <returns>The row; null where there is none.</returns>
    public AccuracyRow? Accuracy(AccuracyMethod method, Granularity testedOn) =>
        Accuracies.FirstOrDefault(row => row.Method == method && row.TestedOn == testedOn);

    /// <summary>The row of a captioning method.</summary>
    /// <param name="method">How captions came about.</param>
    /// <returns>The row; null where there is none.</returns>
    public CaptionRow? Caption(CaptionMethod method) => Captions.FirstOrDefault(row => row.Method == method);
}
