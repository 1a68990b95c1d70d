namespace TaskGrain.Video;

/// <summary>How videos are packed.</summary>
public sealed record PackOptions
{
    /// <summary>
    /// Size and rate of the frames. The paper's by default: 128×128 at 12 frames a second (section 4.1).
    /// </summary>
    public FrameFormat Format { get; init; } = FrameFormat.Paper;

    /// <summary>How frames are kept; raw by default.</summary>
    public FrameCompression Compression { get; init; } = FrameCompression.Raw;

    /// <summary>Videos decoded side by side; 0, the default, for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="TaskGrainException">A value is out of range.</exception>
    public void Validate()
    {
        Format.Validate();
        Compression.Validate();
        if (Threads is < 0 or > 1024)
        {
            throw new TaskGrainException(
                $"Packing with {Threads} threads is not possible; give 0 (one a core) to 1024."
            );
        }
    }
}
