namespace TaskGrain.Evaluation;

/// <summary>How one class fared.</summary>
/// <param name="Name">The class.</param>
/// <param name="Clips">Clips that are truly of it.</param>
/// <param name="Right">How many of them were recognised.</param>
/// <param name="TakenForIt">Clips that were taken for it, rightly or not.</param>
public sealed record ClassResult(string Name, int Clips, int Right, int TakenForIt)
{
    /// <summary>Share of its clips that were recognised, in [0, 1]; null where there are none.</summary>
    public double? Recall => Clips == 0 ? null : (double)Right / Clips;

    /// <summary>Share of the clips taken for it that are of it, in [0, 1]; null where there are none.</summary>
    public double? Precision => TakenForIt == 0 ? null : (double)Right / TakenForIt;
}
