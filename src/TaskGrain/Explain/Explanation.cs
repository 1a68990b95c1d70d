using TaskGrain.Explain.Overlays;
using TaskGrain.Inference;

namespace TaskGrain.Explain;

/// <summary>Why a model says what it says about a video: maps in space and time for classes and words.</summary>
public sealed class Explanation
{
    internal Explanation(Prediction prediction, string layer, IReadOnlyList<SaliencyMap> maps, ExplainedFrames frames)
    {
        Prediction = prediction;
        Layer = layer;
        Maps = maps;
        Shown = frames;
    }

    /// <summary>What the model says, as it says it when nothing is explained.</summary>
    public Prediction Prediction { get; }

    /// <summary>Name of the layer that was looked at.</summary>
    public string Layer { get; }

    /// <summary>
    /// The maps: classes first, each followed by its contrast, then the caption's words in their order.
    /// </summary>
    public IReadOnlyList<SaliencyMap> Maps { get; }

    /// <summary>When each frame of the maps is, in seconds from the start of the video.</summary>
    public IReadOnlyList<double> Times => Shown.Times;

    /// <summary>The part of the picture that the network sees, each from 0 to 1: left, top, right, bottom.</summary>
    public (double Left, double Top, double Right, double Bottom) Seen => Shown.Seen;

    /// <summary>The frames and how they are shown.</summary>
    internal ExplainedFrames Shown { get; }

    /// <summary>
    /// Writes a picture like the paper's Figures 10 to 13: a row of frames for each map, its label beside it.
    /// </summary>
    /// <param name="path">A PNG file; an existing one is replaced.</param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <exception cref="TaskGrainException">The options are not valid.</exception>
    public void SaveStrip(string path, OverlayOptions? options = null) => SaliencyStrip.Write(path, this, options);

    /// <summary>Writes the video with the maps over it, side by side where there are several.</summary>
    /// <param name="path">
    /// <c>.mp4</c>, <c>.webm</c>, <c>.webp</c> (animated) or <c>.gif</c>; an existing file is replaced.
    /// </param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="TaskGrainException">
    /// The options are not valid, the name ends with something else, or the ffmpeg program is missing.
    /// </exception>
    public void SaveVideo(string path, OverlayOptions? options = null, CancellationToken cancel = default) =>
        OverlayVideo.Write(path, this, options, cancel);

    /// <summary>Writes a strip or a video, as the file's name ends.</summary>
    /// <param name="path"><c>.png</c>, <c>.mp4</c>, <c>.webm</c>, <c>.webp</c> or <c>.gif</c>.</param>
    /// <param name="options">How it looks; null for the defaults.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="TaskGrainException">As for <see cref="SaveVideo"/>.</exception>
    public void Save(string path, OverlayOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (string.Equals(Path.GetExtension(path), ".png", StringComparison.OrdinalIgnoreCase))
        {
            SaveStrip(path, options);
        }
        else
        {
            SaveVideo(path, options, cancel);
        }
    }
}
