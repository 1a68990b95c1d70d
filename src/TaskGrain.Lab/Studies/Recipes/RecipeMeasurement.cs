using System.Text.Json.Serialization;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>How a classifier on a model's features did on held-out real clips.</summary>
/// <param name="Source">How the encoder saw a clip.</param>
/// <param name="Classifier">The classifier.</param>
/// <param name="Shots">Clips a class it learned from.</param>
/// <param name="Right">For each draw of the shots, how many clips it told rightly while they were held out.</param>
/// <param name="Tested">Clips tested in a draw.</param>
internal sealed record RecipeCell(
    string Source,
    ClassifierKind Classifier,
    ShotCount Shots,
    IReadOnlyList<int> Right,
    int Tested
)
{
    /// <summary>The share of right answers, mean over the draws.</summary>
    [JsonIgnore]
    public double Accuracy => Right.Average() / Tested;
}

/// <summary>What a run measured: one small file each.</summary>
internal sealed record RecipeMeasurement
{
    /// <summary>The recipe's words, or what else was measured: <see cref="RecipeRun.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The training seed; 0 for a model trained elsewhere.</summary>
    public required int Seed { get; init; }

    /// <summary>Plain generated clips, not trained on, that it told rightly; null if not measured.</summary>
    public int? GeneratedRight { get; init; }

    /// <summary>Of how many.</summary>
    public int? GeneratedTested { get; init; }

    /// <summary>How the real clips were told: <see cref="RecipeOptions.Measuring"/>.</summary>
    public string? Measuring { get; init; }

    /// <summary>Every way of telling the real clips.</summary>
    public required IReadOnlyList<RecipeCell> Real { get; init; }

    /// <summary>How the real clips were held out, in words.</summary>
    public required string Split { get; init; }

    /// <summary>Seconds of training; 0 where nothing was trained.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Seconds that the run took, all in all.</summary>
    public required double Seconds { get; init; }

    /// <summary>The version and commit of the program that trained the model, or measured it first.</summary>
    public required string Program { get; init; }

    /// <summary>The machine in words.</summary>
    public required string Machine { get; init; }

    /// <summary>
    /// What recipes are ranked by: the mean over all ways and numbers of shots, none of which was chosen by how it did.
    /// </summary>
    [JsonIgnore]
    public double Score => Real.Average(cell => cell.Accuracy);

    /// <summary>The share of generated clips told rightly; null if not measured.</summary>
    [JsonIgnore]
    public double? Generated => (double?)GeneratedRight / GeneratedTested;
}
