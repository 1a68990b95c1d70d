using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>
/// The frozen features of the training split's clips, computed when first asked for and once: the linear probe and
/// the nearest neighbours both read them, and many evaluations need neither.
/// </summary>
internal sealed class TrainingFeatures(
    InferenceSession session,
    LabelledStore store,
    EvaluationOptions options,
    IProgress<WorkProgress>? progress,
    CancellationToken cancel
)
{
    private readonly Lazy<LabelledClips> _clips = new(() => store.Labelled(Split.Train));
    private FeatureMatrix? _features;

    /// <summary>The clips.</summary>
    public LabelledClips Clips => _clips.Value;

    /// <summary>One row a clip.</summary>
    public FeatureMatrix Features =>
        _features ??= ClipPass
            .Run(
                session,
                store.Frames,
                Clips.StoreIndices,
                heads: false,
                options,
                "features of the training split",
                progress,
                cancel
            )
            .Features;
}
