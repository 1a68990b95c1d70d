using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Evaluation;

/// <summary>One pass of a model over clips of a store: the middle clip of each, as in the paper's evaluation.</summary>
/// <param name="Features">The encoder's features averaged over time, one row a clip.</param>
/// <param name="Probabilities">Class probabilities; null without a classifier or when the heads were not asked.</param>
/// <param name="Captions">Captions; null likewise.</param>
internal sealed record ClipPass(FeatureMatrix Features, ScoreMatrix? Probabilities, IReadOnlyList<string>? Captions)
{
    /// <summary>Runs the pass.</summary>
    /// <param name="model">The model; comes back in the mode it was in.</param>
    /// <param name="store">Frames in the model's format.</param>
    /// <param name="clips">Numbers of the clips in the store.</param>
    /// <param name="heads">Whether the classifier and the decoder are asked, or only the encoder.</param>
    /// <param name="options">Batch size, threads, beam.</param>
    /// <param name="stage">What the progress says is being done.</param>
    /// <param name="progress">Told about every batch.</param>
    /// <param name="cancel">Stops between batches.</param>
    public static ClipPass Run(
        VideoModel model,
        FrameStore store,
        IReadOnlyList<int> clips,
        bool heads,
        EvaluationOptions options,
        string stage,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        int size = model.Description.Encoder.FeatureSize;
        int classes = heads && model.Classifier is not null ? model.Description.Classes.Count : 0;
        float[] features = new float[clips.Count * size];
        float[] probabilities = new float[clips.Count * classes];
        var captions = new List<string>();
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        using var evaluation = new EvaluationMode(model);
        using var loader = new ClipLoader(
            store,
            model.Description.Preprocessing.Clip,
            options.BatchSize,
            options.Workers
        );
        foreach (ClipBatch batch in loader.Load(clips, training: false, seed: 0, cancel))
        {
            using (batch)
            {
                ClipInference result = ClipInference.Run(model, batch.Pixels, batch.Count, heads, options.BeamWidth);
                result.Features.CopyTo(features, done * size);
                result.Probabilities?.CopyTo(probabilities, done * classes);
                captions.AddRange(result.Captions ?? []);
                done += batch.Count;
            }

            progress?.Report(
                new WorkProgress(stage, done, clips.Count, "clips", done / Stopwatch.GetElapsedTime(start).TotalSeconds)
            );
        }

        return new ClipPass(
            new FeatureMatrix(features, size),
            classes > 0 ? new ScoreMatrix(probabilities, classes) : null,
            heads && model.Decoder is not null ? captions : null
        );
    }
}
