using TaskGrain.Explain.Networks;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// The models that can be explained: an encoder with any head, and taught classifiers on other features.
/// </summary>
internal sealed class ExplainedModel : IExplainedModel
{
    private readonly InferenceSession? _session;
    private readonly TaughtScores? _taught;
    private readonly FeatureOptions? _taughtFeatures;
    private readonly Lock _oneAtATime = new();
    private readonly bool _ownsSession;

    private ExplainedModel(
        ILayeredNetwork network,
        FrameFormat format,
        IReadOnlyList<string> classes,
        InferenceSession? session,
        bool ownsSession,
        (FewShotClassifier Classifier, FeatureOptions Features)? taught
    )
    {
        Network = network;
        Format = format;
        Classes = classes;
        _session = session;
        _ownsSession = ownsSession;
        _taught = taught is { } head ? new TaughtScores(head.Classifier) : null;
        _taughtFeatures = taught?.Features;
    }

    /// <inheritdoc/>
    public ILayeredNetwork Network { get; }

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public CaptionDecoder? Decoder => _session?.Heads?.Decoder;

    /// <inheritdoc/>
    public Vocabulary? Vocabulary => _session?.Heads?.Vocabulary;

    /// <inheritdoc/>
    public bool ReadsWholeVideos => _taught is not null;

    /// <summary>A model of ours.</summary>
    /// <exception cref="TaskGrainException">It has no head, or its weights are broken.</exception>
    public static ExplainedModel Of(VideoModel model)
    {
        var session = new InferenceSession(model);
        try
        {
            session.RequireHead();
            if (session.Sources is not null)
            {
                throw new TaskGrainException(
                    "The model's classes are told by several sources or by others than an encoder, and cannot be "
                        + "explained; teach them on the encoder alone (base), with a logistic, mlp or bilstm "
                        + "classifier."
                );
            }

            ModelHeads heads = session.Heads!;
            return new ExplainedModel(
                new EncoderLayers(session),
                session.Preprocessing.Frames,
                session.Classes,
                session,
                ownsSession: true,
                heads.Taught is null ? null : (heads.Taught, heads.TaughtFeatures!)
            );
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A classifier that was taught on a source's features.</summary>
    /// <exception cref="TaskGrainException">The source's network cannot be looked into.</exception>
    public static ExplainedModel Of(
        IFeatureSource source,
        FewShotClassifier classifier,
        IReadOnlyList<string> classes
    ) =>
        source switch
        {
            EncoderFeatureSource encoder => new ExplainedModel(
                new EncoderLayers(encoder.Session),
                source.Info.Frames,
                classes,
                encoder.Session,
                ownsSession: false,
                (classifier, encoder.Options)
            ),
            FrameBackboneSource { Owned: NetworkWithInput network } => new ExplainedModel(
                new ResidualLayers(network),
                source.Info.Frames,
                classes,
                session: null,
                ownsSession: false,
                (classifier, new FeatureOptions { VectorsPerSecond = source.Info.VectorsPerSecond })
            ),
            _ => throw new TaskGrainException(
                $"Features of {source.Info.Description} cannot be explained: no gradients pass through that network."
            ),
        };

    /// <inheritdoc/>
    public StepPlan ClassSteps(VideoFrames frames) =>
        _session is null ? StepPlan.EveryFrame(frames, NetworkSource.FrameBatch)
        : _taughtFeatures is null ? WordSteps(frames)
        : StepPlan.Whole(frames, _session.Preprocessing.Clip, _taughtFeatures.Overlap);

    /// <inheritdoc/>
    public StepPlan WordSteps(VideoFrames frames) => StepPlan.Middle(frames, _session!.Preprocessing.Clip);

    /// <inheritdoc/>
    public Tensor ClassScores(Tensor features, VideoFrames frames)
    {
        if (_taught is null)
        {
            return _session!.Heads!.Logits(features)!;
        }

        double fps = frames.Format.FramesPerSecond;
        double stride = _session?.Preprocessing.Clip.FrameStride ?? 1;
        double[] times = [.. Enumerable.Range(0, (int)features.shape[1]).Select(step => step * stride / fps)];
        return _taught.Of(
            features.cpu(),
            FeatureResampling.Blends(times, frames.Count / fps, _taughtFeatures!.VectorsPerSecond)
        );
    }

    /// <inheritdoc/>
    public int[] CaptionIds(Tensor features) => _session!.Heads!.CaptionIds(features.unsqueeze(0), beamWidth: 1)!;

    /// <inheritdoc/>
    public T Compute<T>(Func<T> work)
    {
        if (_session is not null)
        {
            return _session.Compute(work);
        }

        lock (_oneAtATime)
        {
            return work();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsSession)
        {
            _session?.Dispose();
        }

        _taught?.Dispose();
    }
}
