using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Evaluation;

/// <summary>
/// One pass of a model over clips of a store: the middle of each, as in the paper's evaluation, or for taught classes
/// the whole of each, as when predicting.
/// </summary>
/// <param name="Features">The encoder's features averaged over time, one row a clip.</param>
/// <param name="Probabilities">Class probabilities; null without classes or when the heads were not asked.</param>
/// <param name="Captions">Captions; null likewise.</param>
internal sealed record ClipPass(FeatureMatrix Features, ScoreMatrix? Probabilities, IReadOnlyList<string>? Captions)
{
    /// <summary>Runs the pass.</summary>
    /// <param name="session">The model in use.</param>
    /// <param name="store">Frames in the model's format.</param>
    /// <param name="clips">Numbers of the clips in the store.</param>
    /// <param name="heads">Whether the heads are asked, or only the encoder.</param>
    /// <param name="options">Batch size, threads, beam.</param>
    /// <param name="stage">What the progress says is being done.</param>
    /// <param name="progress">Told about every batch.</param>
    /// <param name="cancel">Stops between batches.</param>
    public static ClipPass Run(
        InferenceSession session,
        FrameStore store,
        IReadOnlyList<int> clips,
        bool heads,
        EvaluationOptions options,
        string stage,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        var rows = new Rows(
            clips.Count,
            session.ReadsWholeVideos ? session.VideoFeatureSize : session.FeatureSize,
            heads ? session.Classes.Count : 0
        );
        long start = Stopwatch.GetTimestamp();
        foreach (
            int count in session.ReadsWholeVideos
                ? WholeVideos(session, store, clips, rows, options, cancel)
                : MiddleClips(session, store, clips, heads, rows, options, cancel)
        )
        {
            rows.Done += count;
            progress?.Report(
                new WorkProgress(
                    stage,
                    rows.Done,
                    clips.Count,
                    "clips",
                    rows.Done / Stopwatch.GetElapsedTime(start).TotalSeconds
                )
            );
        }

        return rows.Pass(captions: heads && session.WritesCaptions);
    }

    private static IEnumerable<int> MiddleClips(
        InferenceSession session,
        FrameStore store,
        IReadOnlyList<int> clips,
        bool heads,
        Rows rows,
        EvaluationOptions options,
        CancellationToken cancel
    )
    {
        using var loader = new ClipLoader(store, session.Preprocessing.Clip, options.BatchSize, options.Workers);
        foreach (ClipBatch batch in loader.Load(clips, training: false, seed: 0, cancel))
        {
            using (batch)
            using (NewDisposeScope())
            {
                Tensor features = session.Features(batch.Pixels, batch.Count); // (N, T, D)
                rows.Add(
                    session.Infer(() => ModelHeads.Floats(features.mean([1]))),
                    heads ? session.Infer(() => session.Heads?.Probabilities(features)) : null,
                    heads ? session.Captions(features, options.BeamWidth) : null
                );
            }

            yield return batch.Count;
        }
    }

    private static IEnumerable<int> WholeVideos(
        InferenceSession session,
        FrameStore store,
        IReadOnlyList<int> clips,
        Rows rows,
        EvaluationOptions options,
        CancellationToken cancel
    )
    {
        foreach (int clip in clips)
        {
            cancel.ThrowIfCancellationRequested();
            VideoInference result = session.Infer(
                store.Read(clip),
                clips: 1,
                options.BeamWidth,
                session.WritesCaptions,
                cancel
            );
            rows.Add(result.Features, result.Probabilities, result.Caption is { } caption ? [caption] : null);
            yield return 1;
        }
    }

    /// <summary>What the clips gave so far, row by row.</summary>
    private sealed class Rows(int clips, int size, int classes)
    {
        private readonly float[] _features = new float[clips * size];
        private readonly float[] _probabilities = new float[clips * classes];
        private readonly List<string> _captions = [];

        public int Done { get; set; }

        public void Add(float[] features, float[]? probabilities, IReadOnlyList<string>? captions)
        {
            features.CopyTo(_features, Done * size);
            if (classes > 0)
            {
                probabilities!.CopyTo(_probabilities, Done * classes);
            }

            _captions.AddRange(captions ?? []);
        }

        public ClipPass Pass(bool captions) =>
            new(
                new FeatureMatrix(_features, size),
                classes > 0 ? new ScoreMatrix(_probabilities, classes) : null,
                captions ? _captions : null
            );
    }
}
