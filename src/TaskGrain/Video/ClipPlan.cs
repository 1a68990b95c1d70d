namespace TaskGrain.Video;

/// <summary>Which frames and which part of them make a clip.</summary>
/// <param name="Frames">
/// Frame numbers in the video, in order; the first and the last repeat where the video is too short.
/// </param>
/// <param name="Crop">The part cut from every frame.</param>
/// <param name="Flipped">
/// Whether the cut part is mirrored left to right, so that a label that names a direction must be swapped.
/// </param>
public sealed record ClipPlan(int[] Frames, PixelRectangle Crop, bool Flipped);
