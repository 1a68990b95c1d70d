namespace TaskGrain.Evaluation;

/// <summary>How one class fared.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="Samples">Samples that are truly of the class.</param>
/// <param name="Correct">How many of them were recognised.</param>
/// <param name="Predicted">Samples that were taken for the class, rightly or not.</param>
internal sealed record ClassAccuracy(int Class, int Samples, int Correct, int Predicted)
{
    /// <summary>
    /// Share of the class's samples that were recognised, in [0, 1]; null for a class without samples.
    /// </summary>
    public double? Recall => Samples == 0 ? null : (double)Correct / Samples;

    /// <summary>Share of the samples taken for the class that are of it, in [0, 1]; null when none was.</summary>
    public double? Precision => Predicted == 0 ? null : (double)Correct / Predicted;
}
