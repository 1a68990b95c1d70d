using System.Globalization;
using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Training;

/// <summary>The history of a run for programs (<c>history.json</c>) and spreadsheets (<c>metrics.csv</c>).</summary>
internal static class HistoryFiles
{
    private static readonly (string Name, Func<EpochReport, double?> Value)[] Columns =
    [
        ("epoch", epoch => epoch.Epoch),
        ("steps", epoch => epoch.Steps),
        ("lambda", epoch => epoch.Lambda),
        ("learning_rate", epoch => epoch.LearningRate),
        ("train_loss", epoch => epoch.Loss),
        ("train_class_loss", epoch => epoch.ClassLoss),
        ("train_top1", epoch => epoch.Top1),
        ("train_caption_loss", epoch => epoch.CaptionLoss),
        ("train_word_accuracy", epoch => epoch.WordAccuracy),
        ("validation_class_loss", epoch => epoch.Validation.ClassLoss),
        ("validation_top1", epoch => epoch.Validation.Top1),
        ("validation_top5", epoch => epoch.Validation.Top5),
        ("validation_caption_loss", epoch => epoch.Validation.CaptionLoss),
        ("validation_word_accuracy", epoch => epoch.Validation.WordAccuracy),
        ("validation_exact_match", epoch => epoch.Validation.ExactMatch),
        ("best", epoch => epoch.Best ? 1 : 0),
        ("seconds", epoch => epoch.Seconds),
        ("clips_per_second", epoch => epoch.ClipsPerSecond),
        ("data_wait_share", epoch => epoch.WaitShare),
    ];

    /// <summary>Reads the history of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The epochs finished.</returns>
    /// <exception cref="TaskGrainException">The file is missing or damaged.</exception>
    public static IReadOnlyList<EpochReport> Read(string folder) =>
        JsonFile.Read<EpochReport[]>(Path.Combine(folder, "history.json"), "the history of a training run");

    /// <summary>Writes both files anew.</summary>
    public static void Write(string folder, IReadOnlyList<EpochReport> history)
    {
        JsonFile.Write(Path.Combine(folder, "history.json"), history);
        var csv = new StringBuilder();
        csv.AppendJoin(',', Columns.Select(column => column.Name)).Append('\n');
        foreach (EpochReport epoch in history)
        {
            csv.AppendJoin(
                    ',',
                    Columns.Select(column =>
                        column.Value(epoch)?.ToString("0.########", CultureInfo.InvariantCulture) ?? ""
                    )
                )
                .Append('\n');
        }

        AtomicFile.WriteText(Path.Combine(folder, "metrics.csv"), csv.ToString());
    }
}
