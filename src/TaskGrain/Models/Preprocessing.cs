using TaskGrain.Video;

namespace TaskGrain.Models;

/// <summary>
/// How a video becomes the numbers a model reads. Kept with the model, so that every use does the same.
/// </summary>
public sealed record Preprocessing
{
    /// <summary>Size and rate that videos are brought to. Paper: 128×128 at 12 frames a second.</summary>
    public FrameFormat Frames { get; init; } = FrameFormat.Paper;

    /// <summary>Length and crop of a clip. Paper: 48 frames, 96×96 pixels.</summary>
    public ClipSamplerOptions Clip { get; init; } = new();

    /// <summary>Factor of every pixel value 0…255. The authors' code divides by 64 and subtracts no mean.</summary>
    public double PixelScale { get; init; } = 1.0 / 64;

    /// <summary>Time between two of the frames that the model reads, in seconds.</summary>
    internal double SecondsPerStep() => Clip.FrameStride / Frames.FramesPerSecond;

    /// <summary>Checks every value and that the crop fits the frames.</summary>
    /// <exception cref="TaskGrainException">Lists all faults.</exception>
    public void Validate()
    {
        Frames.Validate();
        Clip.Validate();
        var faults = new List<string>();
        if (Clip.CropSize > Frames.Width || Clip.CropSize > Frames.Height)
        {
            faults.Add(
                $"a crop of {Clip.CropSize}×{Clip.CropSize} pixels does not fit into frames of "
                    + $"{Frames.Width}×{Frames.Height}"
            );
        }

        if (!double.IsFinite(PixelScale) || PixelScale <= 0)
        {
            faults.Add($"the pixel scale is {PixelScale}; it must be above 0");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Preprocessing: {string.Join("; ", faults)}.");
        }
    }
}
