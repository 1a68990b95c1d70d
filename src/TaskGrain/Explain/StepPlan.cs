using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Video;

namespace TaskGrain.Explain;

/// <summary>One run of the network: the frames it reads, and which of its steps count.</summary>
/// <param name="Frames">Numbers of the video's frames, one a step.</param>
/// <param name="From">First step that counts.</param>
/// <param name="To">The step after the last one that counts.</param>
internal sealed record StepWindow(int[] Frames, int From, int To);

/// <summary>The steps of a video that a head reads, and the network's runs that give them.</summary>
/// <param name="Windows">The runs; their counting steps, one after the other, are the steps of the plan.</param>
/// <param name="Crop">The part of every frame that the network sees.</param>
internal sealed record StepPlan(IReadOnlyList<StepWindow> Windows, PixelRectangle Crop)
{
    /// <summary>The frame of every step; frames repeat where a short video is padded.</summary>
    public int[] Frames { get; } = [.. Windows.SelectMany(window => window.Frames[window.From..window.To])];

    /// <summary>The clip in the middle, which a trained classifier and a decoder read.</summary>
    public static StepPlan Middle(VideoFrames frames, ClipSamplerOptions clip)
    {
        ClipPlan plan = new ClipSampler(clip).Centre(frames.Count, frames.Format.Width, frames.Format.Height);
        return new StepPlan([new StepWindow(plan.Frames, 0, plan.Frames.Length)], plan.Crop);
    }

    /// <summary>The whole video in overlapping windows, as a taught classifier reads an encoder's features.</summary>
    public static StepPlan Whole(VideoFrames frames, ClipSamplerOptions clip, double overlap)
    {
        int stride = clip.FrameStride;
        int steps = (frames.Count + stride - 1) / stride;
        return new StepPlan(
            [
                .. WindowPlan
                    .Create(steps, clip.Frames, overlap)
                    .Select(window => new StepWindow(
                        [
                            .. Enumerable
                                .Range(window.Start, clip.Frames)
                                .Select(step => Math.Clamp(step, 0, steps - 1) * stride),
                        ],
                        window.From - window.Start,
                        window.To - window.Start
                    )),
            ],
            Centre(frames, clip.CropSize)
        );
    }

    /// <summary>One window whose frames are the middles of equal parts of the video.</summary>
    public static StepPlan Spread(VideoFrames frames, ClipSamplerOptions clip)
    {
        double part = (double)frames.Count / clip.Frames;
        int[] numbers = [.. Enumerable.Range(0, clip.Frames).Select(step => (int)((step + 0.5) * part))];
        return new StepPlan([new StepWindow(numbers, 0, numbers.Length)], Centre(frames, clip.CropSize));
    }

    /// <summary>Every frame once, some at a time, for networks that see each by itself.</summary>
    public static StepPlan EveryFrame(VideoFrames frames, int batch) =>
        new(
            [
                .. Enumerable
                    .Range(0, frames.Count)
                    .Chunk(batch)
                    .Select(numbers => new StepWindow(numbers, 0, numbers.Length)),
            ],
            new PixelRectangle(0, 0, frames.Format.Width, frames.Format.Height)
        );

    /// <summary>The pixels that a run reads.</summary>
    public byte[] Pixels(VideoFrames frames, StepWindow window)
    {
        byte[] pixels = new byte[window.Frames.Length * Crop.Width * Crop.Height * PixelTensor.Channels];
        frames.CopyClip(new ClipPlan(window.Frames, Crop, Flipped: false), pixels);
        return pixels;
    }

    private static PixelRectangle Centre(VideoFrames frames, int side) =>
        new((frames.Format.Width - side) / 2, (frames.Format.Height - side) / 2, side, side);
}
