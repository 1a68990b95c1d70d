using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Packs the videos of a data set and keeps its labels beside them, so that training needs the store alone.
/// </summary>
public static class DataSetPacker
{
    /// <summary>Name of the labels' file in the store's folder, read back by <see cref="DataSet.Load"/>.</summary>
    public const string LabelsFile = "dataset.json";

    /// <summary>Packs every video of a data set. The labels kept are those of the data set packed last.</summary>
    /// <param name="data">The data set, opened with its videos.</param>
    /// <param name="store">The store's folder.</param>
    /// <param name="options">Format, compression, threads.</param>
    /// <param name="progress">Told after every video, or null.</param>
    /// <param name="cancel">Stops the packing; what was finished is kept.</param>
    /// <returns>What was done and what failed.</returns>
    /// <exception cref="TaskGrainException">
    /// See <see cref="VideoPacker.Run"/>; or the data set was opened without its videos.
    /// </exception>
    public static PackReport Run(
        DataSet data,
        string store,
        PackOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        PackItem[] items =
        [
            .. data.Annotations.Select(annotation => new PackItem(annotation.Id, data.MediaPath(annotation))),
        ];
        string labels = Path.Combine(store, LabelsFile);
        try
        {
            PackReport report = VideoPacker.Run(items, store, options, progress, cancel);
            data.Save(labels);
            return report;
        }
        catch (OperationCanceledException)
        {
            // What was packed before the interruption can be trained on.
            data.Save(labels);
            throw;
        }
    }
}
