namespace TaskGrain.Models;

/// <summary>
/// Sizes of a <see cref="TwoChannelEncoder"/>. The defaults are the paper's (Section 4.1, Figures 1 and 2).
/// </summary>
public sealed record EncoderOptions
{
    /// <summary>Units of a layer at most; the paper's widest has 1,024.</summary>
    internal const int MostUnits = 1 << 16;

    /// <summary>LSTM layers at most.</summary>
    internal const int MostLayers = 64;

    /// <summary>Pixels of a frame's side at most.</summary>
    private const int LargestSide = 4096;

    /// <summary>Features of each channel.</summary>
    public required EncoderArchitecture Architecture { get; init; }

    /// <summary>Units of the LSTM in each direction. Paper: 512.</summary>
    public int LstmHidden { get; init; } = 512;

    /// <summary>
    /// Bidirectional LSTM layers. The paper's text says two; the parameter counts of its Table 1 and the authors'
    /// code have one.
    /// </summary>
    public int LstmLayers { get; init; } = 1;

    /// <summary>Length of the feature vector of a time step. Paper: 1024.</summary>
    public int FeatureSize { get; init; } = 1024;

    /// <summary>Dropout on the feature vectors in training, in [0, 1). Paper: 0.5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Height and width of the clips, in pixels. Paper: 96.</summary>
    public int CropSize { get; init; } = 96;

    /// <summary>
    /// Side of the last max pooling, which must leave one position of the last layer's map. Paper: 6, for 96 pixels;
    /// a crop of s pixels leaves a map of side s/8 - 6.
    /// </summary>
    public int FinalPool { get; init; } = 6;

    /// <summary>
    /// Side of the last convolution's map for an image side: three halvings by pooling, then three 3×3 convolutions
    /// without padding.
    /// </summary>
    /// <param name="pixels">Height or width of a frame.</param>
    /// <returns>The map's side; 0 or less when the image is too small.</returns>
    public static int LastMapSide(int pixels) => (pixels / 8) - 6;

    /// <summary>The paper's encoder for frames of another size, with the last pooling that fits it.</summary>
    /// <param name="architecture">Features of each channel.</param>
    /// <param name="cropSize">Side of the frames in pixels, at least 56.</param>
    public static EncoderOptions ForCrop(EncoderArchitecture architecture, int cropSize) =>
        new()
        {
            Architecture = architecture,
            CropSize = cropSize,
            FinalPool = Math.Max(1, LastMapSide(cropSize)),
        };

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Lists all faults.</exception>
    public void Validate()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new TaskGrainException("The encoder cannot be built: " + string.Join(" ", faults));
        }
    }

    /// <summary>Why frames of a size do not fit this encoder.</summary>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <returns>The reason and what would fit; null when they fit.</returns>
    internal string? RefuseFrames(long height, long width)
    {
        int rows = LastMapSide((int)height);
        int columns = LastMapSide((int)width);
        if (rows / FinalPool == 1 && columns / FinalPool == 1 && rows > 0 && columns > 0)
        {
            return null;
        }

        int smallest = (FinalPool + 6) * 8;
        int largest = (((2 * FinalPool) + 6) * 8) - 1;
        return $"Frames of {height}×{width} pixels leave a last map of {Math.Max(rows, 0)}×{Math.Max(columns, 0)} "
            + $"(each side: pixels/8 - 6), and the final {FinalPool}×{FinalPool} max pooling has to make exactly one "
            + $"position of it: each side must have {smallest} to {largest} pixels, or FinalPool another value.";
    }

    /// <summary>Refuses clips that the encoder cannot read.</summary>
    /// <param name="shape">The clips' shape; right is (N, 3, T, H, W).</param>
    /// <exception cref="TaskGrainException">What is wrong and what would be right.</exception>
    internal void CheckClips(long[] shape)
    {
        if (shape.Length != 5 || shape[0] < 1 || shape[1] != PixelTensor.Channels || shape[2] < 1)
        {
            throw new TaskGrainException(
                $"Clips of shape ({string.Join(", ", shape)}); the encoder reads (N, 3, T, H, W) with at least one "
                    + $"clip and one frame."
            );
        }

        if (RefuseFrames(shape[3], shape[4]) is { } refusal)
        {
            throw new TaskGrainException(refusal);
        }
    }

    private IEnumerable<string> Faults()
    {
        foreach (string fault in Architecture.Faults())
        {
            yield return fault;
        }

        foreach (
            (string name, int value, int most) in new[]
            {
                (nameof(LstmHidden), LstmHidden, MostUnits),
                (nameof(LstmLayers), LstmLayers, MostLayers),
                (nameof(FeatureSize), FeatureSize, MostUnits),
                (nameof(FinalPool), FinalPool, LargestSide),
                (nameof(CropSize), CropSize, LargestSide),
            }
        )
        {
            if (value < 1 || value > most)
            {
                yield return $"{name} is {value}; it must be 1 to {most}.";
            }
        }

        if (Dropout is not (>= 0 and < 1))
        {
            yield return $"{nameof(Dropout)} is {Dropout}; it must be at least 0 and below 1.";
        }

        if (FinalPool is >= 1 and <= LargestSide && RefuseFrames(CropSize, CropSize) is { } refusal)
        {
            yield return $"{nameof(CropSize)} {CropSize} with {nameof(FinalPool)} {FinalPool}: {refusal}";
        }
    }
}
