using System.Globalization;
using System.Text.Json.Nodes;
using TaskGrain.Evaluation;
using TaskGrain.Training;

namespace TaskGrain.Explain.Reports;

/// <summary>What a page says about a training.</summary>
internal static class TrainingSections
{
    /// <summary>The sections.</summary>
    /// <param name="training">The run.</param>
    /// <param name="classes">Classes of its model; null where that is not known.</param>
    public static IEnumerable<ReportSection> Of(TrainingFiles training, int? classes)
    {
        IReadOnlyList<EpochReport> history = training.History;
        EpochReport best = history.LastOrDefault(epoch => epoch.Best) ?? history[^1];
        string where = best.Validation.OnTrainingClips ? "on the training clips" : "on validation";
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{history.Count} of at most {best.Epochs} epochs, {history[^1].Steps} steps, "
                + $"{history.Sum(epoch => epoch.Seconds):0} s of training at "
                + $"{history.Average(epoch => epoch.ClipsPerSecond):0.0} "
                + $"clips a second. Best epoch: {best.Epoch}; {where}: {best.Validation}."
        );
        double? chance = classes > 0 ? 1.0 / classes : null;
        string accuracies =
            $"Accuracy over {history.Count} epochs. {Range("Training top-1", history, epoch => epoch.Top1)}"
            + Range("Validation top-1", history, epoch => epoch.Validation.Top1)
            + Range("Captions exactly right", history, epoch => epoch.Validation.ExactMatch);
        string losses =
            $"Losses over {history.Count} epochs in nats. "
            + Range("Training loss of the classes", history, epoch => epoch.ClassLoss, share: false)
            + Range("Validation loss of the classes", history, epoch => epoch.Validation.ClassLoss, share: false)
            + Range("Training loss of a word", history, epoch => epoch.CaptionLoss, share: false)
            + Range("Validation loss of a word", history, epoch => epoch.Validation.CaptionLoss, share: false);
        yield return new ReportSection(
            "training",
            "Training",
            [
                new Prose(summary),
                new Drawing(
                    "Accuracy over the epochs",
                    accuracies.Trim(),
                    HistoryChart.Svg(history, chance),
                    HistoryChart.Svg(history, chance, dark: true)
                ),
                new Drawing(
                    "Losses over the epochs",
                    losses.Trim(),
                    HistoryChart.Losses(history),
                    HistoryChart.Losses(history, dark: true)
                ),
                Epochs(history),
                Configuration(training.Configuration),
            ]
        );
    }

    private static string Range(
        string name,
        IReadOnlyList<EpochReport> history,
        Func<EpochReport, double?> value,
        bool share = true
    )
    {
        double[] known = [.. history.Select(value).OfType<double>().Where(double.IsFinite)];
        return known.Length == 0 ? ""
            : share ? $"{name} from {Percent.Of(known[0])}% to {Percent.Of(known[^1])}%. "
            : string.Create(CultureInfo.InvariantCulture, $"{name} from {known[0]:0.00} to {known[^1]:0.00}. ");
    }

    private static DataTable Epochs(IReadOnlyList<EpochReport> history) =>
        new(
            "Every epoch",
            [
                new("epoch", Number: true),
                new("loss", Number: true),
                new("top-1", Number: true),
                new("validation top-1", Number: true),
                new("validation top-5", Number: true),
                new("captions exact", Number: true),
                new("learning rate", Number: true),
                new("best"),
            ],
            [
                .. history.Select(epoch =>
                    (IReadOnlyList<string>)
                        [
                            epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                            epoch.Loss.ToString("0.000", CultureInfo.InvariantCulture),
                            Share(epoch.Top1),
                            Share(epoch.Validation.Top1),
                            Share(epoch.Validation.Top5),
                            Share(epoch.Validation.ExactMatch),
                            epoch.LearningRate.ToString("0.######", CultureInfo.InvariantCulture),
                            epoch.Best ? "best so far" : "",
                        ]
                ),
            ],
            Folded: true
        );

    private static string Share(double? share) => share is { } known ? Percent.Of(known) : "";

    private static DataTable Configuration(JsonObject configuration) =>
        new(
            "Configuration",
            [new("setting"), new("value")],
            [.. Leaves("", configuration).Select(leaf => (IReadOnlyList<string>)[leaf.Name, leaf.Value])],
            Folded: true
        );

    private static IEnumerable<(string Name, string Value)> Leaves(string name, JsonNode? node) =>
        node is JsonObject values
            ? values.SelectMany(pair => Leaves(name.Length == 0 ? pair.Key : $"{name}.{pair.Key}", pair.Value))
            : [(name, node is JsonValue value ? value.ToString() : node?.ToJsonString() ?? "none")];
}
