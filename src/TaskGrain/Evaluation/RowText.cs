using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>The words for a row's method: the one place where they are written.</summary>
internal static class RowText
{
    public static string Of(AccuracyRow row) =>
        row.Method switch
        {
            AccuracyMethod.Classifier => "classifier",
            AccuracyMethod.SummedFromFiner => "sum of each group's probabilities",
            AccuracyMethod.MostFrequentOfGroup => "most frequent category of the predicted group",
            AccuracyMethod.LinearProbe => $"linear classifier on frozen features, {row.TrainingClips} training clips",
            AccuracyMethod.CommonestClass => "the commonest training class for every clip",
            AccuracyMethod.Chance => "chance",
            _ => throw new ArgumentOutOfRangeException(nameof(row), row.Method, "no such method"),
        };

    public static string Of(CaptionRow row) =>
        row.Method switch
        {
            CaptionMethod.Decoder => row.BeamWidth > 1 ? $"beam of {row.BeamWidth}" : "greedy",
            CaptionMethod.Template => "predicted category, likeliest objects",
            CaptionMethod.NearestClip => $"nearest of {row.TrainingClips} training clips",
            _ => throw new ArgumentOutOfRangeException(nameof(row), row.Method, "no such method"),
        };

    /// <summary>What the model was trained on; a dash for a baseline that sees no video.</summary>
    public static string TrainedOn(AccuracyRow row) => row.TrainedOn?.Name() ?? "-";
}
