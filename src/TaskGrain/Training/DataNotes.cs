using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>What a person should know of the data that a run is about to learn from.</summary>
internal static class DataNotes
{
    /// <summary>
    /// A crop below this share of the picture misses too much of the action; the paper's 96 of 128 is 56%.
    /// </summary>
    private const double SmallestSensibleShare = 0.4;

    /// <summary>Tells of frames that the clips hardly show, or that are not those of the model to start from.</summary>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="source">The model to start from; null for none.</param>
    /// <param name="notes">Told; null for nobody.</param>
    public static void Frames(
        RunConfiguration configuration,
        TrainingData data,
        ModelDescription? source,
        IProgress<string>? notes
    )
    {
        FrameFormat frames = data.Frames.Format;
        int crop = configuration.Clip.CropSize;
        double seen = (double)crop * crop / (frames.Width * frames.Height);
        if (seen < SmallestSensibleShare)
        {
            notes?.Report(
                $"clips of {crop}×{crop} show {seen:0%} of the store's frames of {frames.Width}×{frames.Height}; "
                    + $"pack smaller frames, or set a larger clip.cropSize with its model.finalPool (crop/8 - 6)"
            );
        }

        if (source is not null && source.Preprocessing.Frames != frames)
        {
            notes?.Report(
                $"the model to start from was trained on frames of {source.Preprocessing.Frames}; the store's are "
                    + $"{frames}"
            );
        }
    }

    /// <summary>Tells of clips left out, of clips that are drawn, and of a missing validation split.</summary>
    /// <param name="data">What the run learns from.</param>
    /// <param name="notes">Told; null for nobody.</param>
    public static void Clips(TrainingData data, IProgress<string>? notes)
    {
        if (data.LeftOut.Count > 0)
        {
            IEnumerable<string> reasons = data.LeftOut.Select(reason => $"{reason.Value} clips {reason.Key}");
            notes?.Report($"left out: {string.Join(", ", reasons)}");
        }

        if (data.Store is null)
        {
            notes?.Report(
                $"clips are drawn as they are needed ({data.Source}): {data.TrainingClips} an epoch, every one new; "
                    + $"the same {data.ValidationClips} others to validate on"
            );
        }

        if (data.ValidatesOnTraining)
        {
            notes?.Report("the data set has no validation clips: the model is measured on the training clips");
        }
    }
}
