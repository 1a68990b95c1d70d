using System.Text.Json.Serialization;
using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>Everything an evaluation found. Shares are in [0, 1].</summary>
public sealed record EvaluationReport
{
    /// <summary>The encoder, such as <c>M(256-256)</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Parameters of the encoder, without heads: what Table 1 counts.</summary>
    public required long Parameters { get; init; }

    /// <summary>The grain the model was trained at.</summary>
    public required Granularity TrainedOn { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>The split measured on.</summary>
    public required Split Split { get; init; }

    /// <summary>Clips measured.</summary>
    public required int Clips { get; init; }

    /// <summary>What should be known about the numbers, such as clips that were left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Accuracies and their baselines (Tables 1 and 2); empty when nothing was classified.</summary>
    public required IReadOnlyList<AccuracyRow> Accuracies { get; init; }

    /// <summary>Captions and their baselines (Tables 6 to 8); empty for a model without a decoder.</summary>
    public required IReadOnlyList<CaptionRow> Captions { get; init; }

    /// <summary>The model's own classes, one by one; null for a model without a classifier.</summary>
    public IReadOnlyList<ClassResult>? PerClass { get; init; }

    /// <summary>One entry a clip, in the order of the data set.</summary>
    [JsonIgnore]
    public IReadOnlyList<ClipResult> Results { get; init; } = [];

    /// <summary>Who was taken for whom, over the model's own classes; null for a model without a classifier.</summary>
    [JsonIgnore]
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>
    /// The group of each class of <see cref="Confusion"/>; null where the classes are groups or have none.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<int>? GroupOf { get; init; }

    /// <summary>Seconds the evaluation took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The first accuracy that came about in a way, on some classes.</summary>
    /// <param name="method">The way.</param>
    /// <param name="testedOn">The classes; null for any.</param>
    /// <returns>The row; null where that was not measured.</returns>
    public AccuracyRow? Accuracy(AccuracyMethod method, Granularity? testedOn = null) =>
        Accuracies.FirstOrDefault(row => row.Method == method && (testedOn is null || row.TestedOn == testedOn));

    /// <summary>The captions that came about in a way.</summary>
    /// <param name="method">The way.</param>
    /// <returns>The row; null where that was not measured.</returns>
    public CaptionRow? Caption(CaptionMethod method) => Captions.FirstOrDefault(row => row.Method == method);
}
