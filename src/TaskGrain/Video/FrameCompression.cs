namespace TaskGrain.Video;

/// <summary>How a frame store keeps its frames.</summary>
/// <param name="JpegQuality">Quality of JPEG frames, 1 to 100; null for raw bytes.</param>
public sealed record FrameCompression(int? JpegQuality)
{
    /// <summary>Uncompressed: the fastest to read, 49 kB a frame of 128×128.</summary>
    public static FrameCompression Raw { get; } = new((int?)null);

    /// <summary>JPEG: about a tenth of the space, lossy.</summary>
    /// <param name="quality">1 to 100.</param>
    /// <returns>The compression.</returns>
    public static FrameCompression Jpeg(int quality = 90) => new(quality);

    /// <summary>Checks the range.</summary>
    /// <exception cref="TaskGrainException">The quality is out of range.</exception>
    public void Validate()
    {
        if (JpegQuality is < 1 or > 100)
        {
            throw new TaskGrainException($"The JPEG quality {JpegQuality} is not between 1 and 100.");
        }
    }

    /// <summary>The compression in words: <c>raw frames</c> or <c>JPEG frames of quality 90</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString() =>
        JpegQuality is { } quality ? $"JPEG frames of quality {quality}" : "raw frames";
}
