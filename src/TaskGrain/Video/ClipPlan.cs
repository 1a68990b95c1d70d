namespace TaskGrain.Video;

/// <summary>Which frames and which part of them make a clip.</summary>
/// <param name="Frames">
/// Frame numbers in the video, in order; the first and the last repeat where the video is too short.
/// </param>
/// <param name="Crop">The part cut from every frame.</param>
/// <param name="Flipped">
/// Whether the cut part is mirrored left to right, so that a label that names a direction must be swapped.
/// </param>
internal sealed record ClipPlan(int[] Frames, PixelRectangle Crop, bool Flipped)
{
    /// <summary>How the clip's colours are changed; null to leave them.</summary>
    public ClipColour? Colour { get; init; }
}

/// <summary>A change of a clip's colours: every pixel value times its colour's factor, plus the shift.</summary>
/// <param name="Red">Factor of red.</param>
/// <param name="Green">Factor of green.</param>
/// <param name="Blue">Factor of blue.</param>
/// <param name="Shift">Added to every value, in units of pixel values 0…255.</param>
internal readonly record struct ClipColour(float Red, float Green, float Blue, float Shift);
