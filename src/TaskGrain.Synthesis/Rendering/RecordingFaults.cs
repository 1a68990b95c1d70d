using SkiaSharp;
using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>What a worse camera and its recording do to the frames of a clip.</summary>
internal sealed record RecordingFaults
{
    /// <summary>None.</summary>
    public static RecordingFaults None { get; } = new();

    /// <summary>Passes of the small blur, beyond the room's own.</summary>
    public int Softness { get; init; }

    /// <summary>Strength of sensor noise, 0 to 4; null for the room's own.</summary>
    public int? Noise { get; init; }

    /// <summary>Moments that are averaged to a frame; 1 for none.</summary>
    public int Moments { get; init; } = 1;

    /// <summary>The part of the time between two films' frames that the shutter is open, 0 to 1.</summary>
    public double Shutter { get; init; }

    /// <summary>Size of the recorded picture beside that of the frame, 0.5 to 1.</summary>
    public double Detail { get; init; } = 1;

    /// <summary>Quality of the recording's compression, 1 to 100; null for none.</summary>
    public int? Quality { get; init; }

    /// <summary>Draws those of a clip.</summary>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="strength">0 none to 1.</param>
    public static RecordingFaults Draw(SeededRandom random, double strength)
    {
        double[] chance = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
        double detail = random.NextDouble(0.5, 0.9),
            shutter = random.NextDouble(0.3, 1);
        int softness = random.NextInt(3),
            noise = random.NextInt(5),
            quality = random.NextInt(15, 60);
        return strength == 0
            ? None
            : new RecordingFaults
            {
                Softness = chance[0] < 0.6 * strength ? softness : 0,
                Noise = chance[0] > 1 - (0.6 * strength) ? noise : null,
                Moments = chance[1] < 0.35 * strength ? 3 : 1,
                Shutter = shutter,
                Detail = chance[2] < 0.4 * strength ? detail : 1,
                Quality = chance[3] < 0.5 * strength ? quality : null,
            };
    }

    /// <summary>Loses detail and compresses, as a recording does.</summary>
    /// <param name="frame">The frame; changed in place.</param>
    public void Record(SKBitmap frame)
    {
        if (Detail < 1)
        {
            using var small = new SKBitmap(
                frame.Info.WithSize(Math.Max(1, (int)(frame.Width * Detail)), Math.Max(1, (int)(frame.Height * Detail)))
            );
            frame.ScalePixels(small, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            small.ScalePixels(frame, new SKSamplingOptions(SKFilterMode.Linear));
        }

        if (Quality is { } quality)
        {
            using SKData data = frame.Encode(SKEncodedImageFormat.Jpeg, quality);
            using SKBitmap decoded = SKBitmap.Decode(data, frame.Info);
            decoded.GetPixelSpan().CopyTo(frame.GetPixelSpan());
        }
    }
}
