using TaskGrain.Explain.Networks;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// A taught classifier as it is looked at in one of the sources that it reads: the scores as a function of that
/// source's features, while what the other sources see stays as it is.
/// </summary>
internal sealed class TaughtPart : IExplainedModel
{
    private readonly IReadOnlyList<IFeatureSource> _sources;
    private readonly int _number;
    private readonly double _rate;
    private readonly TaughtScores _scores;
    private readonly Lock _oneAtATime;
    private readonly IDisposable? _owned;
    private Look? _look;

    private TaughtPart(
        IReadOnlyList<IFeatureSource> sources,
        int number,
        ILayeredNetwork network,
        FrameFormat frames,
        FewShotClassifier classifier,
        IReadOnlyList<string> classes,
        Lock oneAtATime,
        IDisposable? owned
    )
    {
        _sources = sources;
        _number = number;
        _rate = sources.Max(source => source.Info.VectorsPerSecond);
        _scores = new TaughtScores(classifier);
        _oneAtATime = oneAtATime;
        _owned = owned;
        Network = network;
        Format = frames;
        Classes = classes;
    }

    /// <inheritdoc/>
    public ILayeredNetwork Network { get; }

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public CaptionDecoder? Decoder => null;

    /// <inheritdoc/>
    public Vocabulary? Vocabulary => null;

    /// <inheritdoc/>
    public bool ReadsWholeVideos => true;

    private IFeatureSource Source => _sources[_number];

    /// <summary>
    /// The sources of a classifier that can be looked into: encoders and residual networks of images.
    /// </summary>
    /// <param name="sources">All its sources by name, in the order of their vectors.</param>
    /// <param name="frames">The frames that all of them are made of.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="classes">Names of its classes.</param>
    /// <param name="owned">Disposed with the first of the parts; null for none.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="TaskGrainException">No source can be looked into.</exception>
    public static IReadOnlyList<IExplainedModel> Of(
        IReadOnlyList<(string Name, IFeatureSource Source)> sources,
        FrameFormat frames,
        FewShotClassifier classifier,
        IReadOnlyList<string> classes,
        IDisposable? owned = null
    )
    {
        var oneAtATime = new Lock();
        IFeatureSource[] all = [.. sources.Select(source => source.Source)];
        var parts = new List<IExplainedModel>();
        for (int i = 0; i < all.Length; i++)
        {
            if (NetworkOf(all[i]) is { } network)
            {
                ILayeredNetwork named = all.Length > 1 ? new NamedLayers(network, sources[i].Name) : network;
                IDisposable? own = parts.Count == 0 ? owned : null;
                parts.Add(new TaughtPart(all, i, named, frames, classifier, classes, oneAtATime, own));
            }
        }

        return parts.Count > 0
            ? parts
            : throw new TaskGrainException(
                $"The classes are told by features of {string.Join(" and ", all.Select(one => one.Info.Description))}, "
                    + "which cannot be looked into: two-channel encoders and residual networks of images can, and "
                    + "networks in ONNX files and motion cannot."
            );
    }

    /// <inheritdoc/>
    public VideoFrames Read(VideoFrames frames, CancellationToken cancel)
    {
        VideoFrames seen = FrameScaling.To(frames, Source.Info.Frames);
        _look = new Look(
            CombinedSource.Seconds(seen),
            CombinedSource.Seconds(frames),
            TimesOf(seen),
            [
                .. _sources.Select(source =>
                    source == Source ? null : CombinedSource.AtRate(source, frames, _rate, cancel)
                ),
            ]
        );
        return seen;
    }

    /// <inheritdoc/>
    public StepPlan ClassSteps(VideoFrames seen) =>
        Source is not IEncoderSource encoder ? StepPlan.EveryFrame(seen, NetworkSource.FrameBatch)
        : encoder.Options.WholeClip ? StepPlan.Spread(seen, encoder.Session.Preprocessing.Clip)
        : StepPlan.Whole(seen, encoder.Session.Preprocessing.Clip, encoder.Options.Overlap);

    /// <inheritdoc/>
    public StepPlan WordSteps(VideoFrames seen) => throw new InvalidOperationException("a taught part has no words");

    /// <inheritdoc/>
    public Tensor ClassScores(Tensor features, VideoFrames frames)
    {
        Look look = _look ?? throw new InvalidOperationException("no video was read");
        double rate = Source.Info.VectorsPerSecond;
        Tensor own = TaughtScores.Resample(
            features.cpu(),
            FeatureResampling.Blends(look.Times, look.SecondsSeen, rate)
        );
        own = TaughtScores.Resample(
            own,
            FeatureResampling.Blends(CombinedSource.Times((int)own.shape[1], rate), look.Seconds, _rate)
        );
        if (_sources.Count == 1)
        {
            return _scores.Of(own);
        }

        Tensor[] parts = [.. look.Others.Select(other => other is null ? own : Fixed(other, own.shape[0]))];
        return _scores.Of(cat(parts, 2));
    }

    /// <inheritdoc/>
    public int[] CaptionIds(Tensor features) => throw new InvalidOperationException("a taught part has no words");

    /// <inheritdoc/>
    public T Compute<T>(Func<T> work)
    {
        // First the lock of all parts: each of them asks the others' sources, and those have locks of their own.
        lock (_oneAtATime)
        {
            return Source is IEncoderSource encoder ? encoder.Session.Compute(work) : work();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scores.Dispose();
        _owned?.Dispose();
    }

    private static ILayeredNetwork? NetworkOf(IFeatureSource source) =>
        source switch
        {
            IEncoderSource encoder => new EncoderLayers(encoder.Session),
            FrameBackboneSource { Owned: NetworkWithInput network } when ResidualLayers.Fits(network) =>
                new ResidualLayers(network),
            _ => null,
        };

    // When the network's steps are, as the source itself counts them.
    private double[] TimesOf(VideoFrames seen)
    {
        double fps = seen.Format.FramesPerSecond;
        if (Source is not IEncoderSource encoder)
        {
            return CombinedSource.Times(seen.Count, fps);
        }

        ClipSamplerOptions clip = encoder.Session.Preprocessing.Clip;
        if (!encoder.Options.WholeClip)
        {
            return CombinedSource.Times((seen.Count + clip.FrameStride - 1) / clip.FrameStride, fps / clip.FrameStride);
        }

        double part = (double)seen.Count / clip.Frames;
        return [.. Enumerable.Range(0, clip.Frames).Select(step => (step + 0.5) * part / fps)];
    }

    private static Tensor Fixed(FeatureSequence other, long copies) =>
        tensor(other.Values.ToArray()).view(1, other.Steps, other.Dimension).expand(copies, -1, -1);

    /// <summary>A video as the part sees it.</summary>
    /// <param name="SecondsSeen">Its length by the frames of the part.</param>
    /// <param name="Seconds">Its length by all its frames.</param>
    /// <param name="Times">When the network's steps are, in seconds.</param>
    /// <param name="Others">The other sources' vectors at the classifier's rate; null in the part's own place.</param>
    private sealed record Look(
        double SecondsSeen,
        double Seconds,
        double[] Times,
        IReadOnlyList<FeatureSequence?> Others
    );
}
