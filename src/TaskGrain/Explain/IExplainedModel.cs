using TaskGrain.Explain.Networks;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>A network with its heads, as explanations ask it.</summary>
internal interface IExplainedModel : IDisposable
{
    /// <summary>The network.</summary>
    ILayeredNetwork Network { get; }

    /// <summary>Size and rate of the frames it reads.</summary>
    FrameFormat Format { get; }

    /// <summary>Names of the classes; empty for a model that only captions.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The decoder; null without one.</summary>
    CaptionDecoder? Decoder { get; }

    /// <summary>The decoder's words; null without one.</summary>
    Vocabulary? Vocabulary { get; }

    /// <summary>Whether there is a decoder.</summary>
    bool WritesCaptions => Decoder is not null;

    /// <summary>Whether the classes are told from other steps than the captions.</summary>
    bool ReadsWholeVideos { get; }

    /// <summary>Turns to a video.</summary>
    /// <param name="frames">Frames of <see cref="Format"/>.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The frames as the network reads them.</returns>
    VideoFrames Read(VideoFrames frames, CancellationToken cancel) => frames;

    /// <summary>The steps that the classes are told from.</summary>
    /// <param name="seen">What <see cref="Read"/> gave.</param>
    StepPlan ClassSteps(VideoFrames seen);

    /// <summary>The steps that a caption is told from.</summary>
    /// <param name="seen">What <see cref="Read"/> gave.</param>
    StepPlan WordSteps(VideoFrames seen);

    /// <summary>The classes' scores, whose softmax is the model's probability; gradients pass.</summary>
    /// <param name="features">(K, S, D), float32.</param>
    /// <param name="frames">The video that was turned to.</param>
    /// <returns>(K, classes).</returns>
    Tensor ClassScores(Tensor features, VideoFrames frames);

    /// <summary>The ids of the model's own caption.</summary>
    /// <param name="features">(S, D), float32.</param>
    int[] CaptionIds(Tensor features);

    /// <summary>Computes something while no other thread does.</summary>
    T Compute<T>(Func<T> work);
}
