using TaskGrain.Explain.Networks;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// A model whose encoder has a classifier, a caption decoder, or classes taught on that encoder alone.
/// </summary>
internal sealed class ExplainedModel : IExplainedModel
{
    private readonly InferenceSession _session;
    private readonly TaughtScores? _taught;
    private readonly FeatureOptions? _taughtFeatures;

    private ExplainedModel(InferenceSession session, ModelHeads heads)
    {
        _session = session;
        _taught = heads.Taught is { } classifier ? new TaughtScores(classifier) : null;
        _taughtFeatures = heads.TaughtFeatures;
        Network = new EncoderLayers(session);
    }

    /// <inheritdoc/>
    public ILayeredNetwork Network { get; }

    /// <inheritdoc/>
    public FrameFormat Format => _session.Preprocessing.Frames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _session.Classes;

    /// <inheritdoc/>
    public CaptionDecoder? Decoder => _session.Heads?.Decoder;

    /// <inheritdoc/>
    public Vocabulary? Vocabulary => _session.Heads?.Vocabulary;

    /// <inheritdoc/>
    public bool ReadsWholeVideos => _taught is not null;

    /// <summary>A model of ours, or the parts of one whose taught classes are told by several sources.</summary>
    /// <exception cref="TaskGrainException">
    /// It has no head, its weights are broken, or no source can be looked into.
    /// </exception>
    public static IReadOnlyList<IExplainedModel> Of(VideoModel model)
    {
        var session = new InferenceSession(model);
        try
        {
            session.RequireHead();
            ModelHeads heads = session.Heads!;
            return session.Sources is { } sources
                ? TaughtPart.Of(sources.Parts, sources.Frames, heads.Taught!, session.Classes, session)
                : [new ExplainedModel(session, heads)];
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public StepPlan ClassSteps(VideoFrames seen) =>
        _taughtFeatures is null
            ? WordSteps(seen)
            : StepPlan.Whole(seen, _session.Preprocessing.Clip, _taughtFeatures.Overlap);

    /// <inheritdoc/>
    public StepPlan WordSteps(VideoFrames seen) => StepPlan.Middle(seen, _session.Preprocessing.Clip);

    /// <inheritdoc/>
    public Tensor ClassScores(Tensor features, VideoFrames frames)
    {
        if (_taught is null)
        {
            return _session.Heads!.Logits(features)!;
        }

        double rate = frames.Format.FramesPerSecond / _session.Preprocessing.Clip.FrameStride;
        return _taught.Of(
            TaughtScores.Resample(
                features.cpu(),
                FeatureResampling.Blends(
                    CombinedSource.Times((int)features.shape[1], rate),
                    CombinedSource.Seconds(frames),
                    _taughtFeatures!.VectorsPerSecond
                )
            )
        );
    }

    /// <inheritdoc/>
    public int[] CaptionIds(Tensor features) => _session.Heads!.CaptionIds(features.unsqueeze(0), beamWidth: 1)!;

    /// <inheritdoc/>
    public T Compute<T>(Func<T> work) => _session.Compute(work);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _taught?.Dispose();
    }
}
