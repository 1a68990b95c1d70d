namespace TaskGrain.Explain.Overlays;

/// <summary>How maps are drawn over frames.</summary>
public sealed record OverlayOptions
{
    /// <summary>How much the most salient places are covered, 0 to 1; less salient ones are covered less.</summary>
    public double Opacity { get; init; } = 0.75;

    /// <summary>The colours.</summary>
    public OverlayColours Colours { get; init; } = OverlayColours.Inferno;

    /// <summary>Frames in a row of a strip, evenly spread over the video.</summary>
    public int Columns { get; init; } = 8;

    /// <summary>Lines of a frame in a strip or a video, in pixels.</summary>
    public int FrameHeight { get; init; } = 96;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (!(Opacity is >= 0 and <= 1))
        {
            faults.Add($"the opacity {Opacity} is not from 0 to 1");
        }

        if (!Enum.IsDefined(Colours))
        {
            faults.Add($"there is no colour map {Colours}");
        }

        if (Columns is < 1 or > 64)
        {
            faults.Add($"a strip has from 1 to 64 frames in a row, not {Columns}");
        }

        if (FrameHeight is < 16 or > 1080)
        {
            faults.Add($"a frame is drawn with 16 to 1080 lines, not {FrameHeight}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Overlay: {string.Join("; ", faults)}.");
        }
    }
}
