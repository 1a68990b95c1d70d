using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>
/// One clip of the generator: its annotation, its frames on request, and what is true of every frame.
/// </summary>
internal sealed class SyntheticClip
{
    /// <summary>Frames a second of the films.</summary>
    public const int FramesPerSecond = 12;

    private readonly ClipMaker.Made _made;

    internal SyntheticClip(Annotation annotation, string template, ClipMaker.Made made)
    {
        Annotation = annotation;
        Template = template;
        _made = made;
    }

    /// <summary>Id, split, category, label and placeholders.</summary>
    public Annotation Annotation { get; }

    /// <summary>The category's text, with its brackets.</summary>
    public string Template { get; }

    /// <summary>Frames at 12 a second: 24 to 72, whatever the category; 14 to 150 where speed is varied.</summary>
    public int FrameCount => _made.Frames;

    /// <summary>Size of the film: 240 lines, 320 or 426 pixels each.</summary>
    public FrameFormat Format => new(_made.Width, _made.Height, FramesPerSecond);

    internal Scene Scene => _made.Scene;

    /// <summary>Renders all frames.</summary>
    /// <param name="format">Size and rate; the whole picture is brought to this size, aspect ratio not kept.</param>
    /// <returns>The frames, the same on every call.</returns>
    public VideoFrames Render(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        format.Validate();
        int count = CountAt(format.FramesPerSecond);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(count * format.BytesPerFrame);
        using FrameRenderer renderer = Renderer(format);
        for (int frame = 0; frame < count; frame++)
        {
            renderer.Render(
                TimeOf(frame, format.FramesPerSecond),
                frame,
                pixels.AsSpan(frame * format.BytesPerFrame, format.BytesPerFrame)
            );
        }

        return new VideoFrames(format, pixels);
    }

    /// <summary>Renders some frames of the film at its rate of 12 a second, in another size.</summary>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="frames">Numbers of frames, each below <see cref="FrameCount"/>.</param>
    /// <returns>(frames, height, width, 3), RGB bytes.</returns>
    public byte[] RenderFrames(int width, int height, params ReadOnlySpan<int> frames)
    {
        int size = width * height * 3;
        byte[] pixels = new byte[frames.Length * size];
        using var renderer = new FrameRenderer(_made.Scene, width, height);
        for (int i = 0; i < frames.Length; i++)
        {
            renderer.Render(TimeOf(frames[i], FramesPerSecond), frames[i], pixels.AsSpan(i * size, size));
        }

        return pixels;
    }

    /// <summary>What is true of every frame of the film: boxes and events.</summary>
    /// <returns>The ground truth, in pixels of <see cref="Format"/>.</returns>
    public GroundTruth Truth() => GroundTruth.Of(this);

    /// <summary>What draws this clip's frames one by one, in a size of its own.</summary>
    internal FrameRenderer Renderer(FrameFormat format) => new(_made.Scene, format.Width, format.Height);

    /// <summary>Scene time of a frame.</summary>
    internal double TimeOf(int frame, double framesPerSecond) => frame / framesPerSecond * _made.Scene.Speed;

    /// <summary>Frames at another rate.</summary>
    internal int CountAt(FrameRate rate) =>
        (int)((FrameCount - 1L) * rate.Numerator / ((long)FramesPerSecond * rate.Denominator)) + 1;
}
