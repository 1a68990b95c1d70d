using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// Says why a model says what it says about a video: Grad-CAM in space and time for classes, the difference of two
/// classes, and every word of a caption (the paper's appendix). Safe to use from several threads; one computes at a
/// time.
/// </summary>
/// <remarks>
/// It looks at the video as <see cref="VideoPredictor"/> does: at the clip in the middle, or for taught classes at all
/// of
/// it. Explaining changes nothing about the model.
/// </remarks>
public sealed class VideoExplainer : IDisposable
{
    // One, or one for each source of a taught classifier that can be looked into.
    private readonly IReadOnlyList<IExplainedModel> _models;

    /// <summary>Makes an explainer of a model.</summary>
    /// <param name="model">
    /// The model; stays the caller's, in the mode it is in. Its later training is not followed.
    /// </param>
    /// <exception cref="TaskGrainException">The model has no head, or its weights are broken.</exception>
    public VideoExplainer(VideoModel model)
        : this(ExplainedModel.Of(model)) { }

    private VideoExplainer(IReadOnlyList<IExplainedModel> models) => _models = models;

    /// <summary>Names of the classes that can be explained; empty for a model that only captions.</summary>
    public IReadOnlyList<string> Classes => _models[0].Classes;

    /// <summary>Whether it writes captions, whose words can be explained.</summary>
    public bool WritesCaptions => _models[0].WritesCaptions;

    /// <summary>The layers that can be looked at, from the input on.</summary>
    /// <remarks>
    /// Where a taught classifier reads several sources, the layers bear the source's name, such as
    /// <c>encoder@clip:conv4</c>; what the other sources see is held as it is.
    /// </remarks>
    public IReadOnlyList<ExplainableLayer> Layers => [.. _models.SelectMany(model => model.Network.Layers)];

    /// <summary>Name of the layer that is looked at where none is named.</summary>
    public string DefaultLayer => _models[0].Network.DefaultLayer;

    /// <summary>Size and rate of the frames it reads.</summary>
    public FrameFormat Format => _models[0].Format;

    /// <summary>Makes an explainer of a model file or a shipped model.</summary>
    /// <param name="nameOrPath">Such as <c>base</c>, or a file.</param>
    /// <param name="device">Where to compute; null for the CPU.</param>
    /// <param name="precision">Number format of the heavy layers.</param>
    /// <returns>The explainer.</returns>
    /// <exception cref="TaskGrainException">It cannot be read as a model, or the model has no head.</exception>
    public static VideoExplainer Open(
        string nameOrPath = ModelCatalog.DefaultName,
        Device? device = null,
        Precision precision = Precision.Auto
    )
    {
        using VideoModel model = ModelFile.Load(ModelCatalog.Installed().Resolve(nameOrPath), device, precision);
        return new VideoExplainer(model);
    }

    /// <summary>Makes an explainer of a classifier that was taught on the features of any source.</summary>
    /// <param name="source">An encoder of ours or a residual network of images; stays the caller's.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="classes">Names of its classes.</param>
    /// <returns>The explainer, to be disposed before the source.</returns>
    /// <exception cref="TaskGrainException">The source's network cannot be looked into.</exception>
    internal static VideoExplainer Of(
        IFeatureSource source,
        FewShotClassifier classifier,
        IReadOnlyList<string> classes
    ) => new(TaughtPart.Of([("", source)], source.Info.Frames, classifier, classes));

    /// <summary>Explains what the model says about a video file.</summary>
    /// <param name="path">Any file that FFmpeg reads.</param>
    /// <param name="options">What to explain; null for the likeliest class and the caption's words.</param>
    /// <param name="cancel">Stops the decoding, or the computation between two windows.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="TaskGrainException">
    /// The file cannot be read, there is no such class or layer, or there is nothing of the kind to explain.
    /// </exception>
    public Explanation Explain(string path, ExplainOptions? options = null, CancellationToken cancel = default)
    {
        VideoFrames frames = VideoReader.Read(path, Format, cancel);
        return Explain(frames, options, cancel, () => ShownPictures.Read(path, frames, cancel));
    }

    /// <summary>Explains what the model says about decoded frames.</summary>
    /// <param name="frames">Frames of <see cref="Format"/>.</param>
    /// <param name="options">What to explain; null for the likeliest class and the caption's words.</param>
    /// <param name="pictures">The same video as it is to be shown, in any size and rate; null for the frames.</param>
    /// <param name="cancel">Stops the computation between two windows.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames have another format, there is no such class or layer, or there is nothing of the kind to explain.
    /// </exception>
    public Explanation Explain(
        VideoFrames frames,
        ExplainOptions? options = null,
        VideoFrames? pictures = null,
        CancellationToken cancel = default
    ) => Explain(frames, options, cancel, () => pictures ?? frames);

    /// <summary>Frees what it holds; not the model it was made of.</summary>
    public void Dispose()
    {
        foreach (IExplainedModel model in _models)
        {
            model.Dispose();
        }
    }

    private Explanation Explain(
        VideoFrames frames,
        ExplainOptions? options,
        CancellationToken cancel,
        Func<VideoFrames> pictures
    )
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Format != Format)
        {
            throw new TaskGrainException($"The frames are {frames.Format}; the model reads {Format}.");
        }

        options ??= new ExplainOptions();
        IExplainedModel model =
            _models.FirstOrDefault(one => one.Network.Layers.Any(layer => layer.Name == options.Layer)) ?? _models[0];
        var request = ExplainRequest.Of(model, options, Layers);
        return new ExplainPass(model, frames, request).Run(pictures, cancel);
    }
}
