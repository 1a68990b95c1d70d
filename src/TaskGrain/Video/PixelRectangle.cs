namespace TaskGrain.Video;

/// <summary>A part of a frame, in pixels.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PixelRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>Whether the rectangle is not empty and lies within a frame.</summary>
    /// <param name="width">The frame's columns.</param>
    /// <param name="height">The frame's rows.</param>
    /// <returns>True when it does.</returns>
    public bool FitsInto(int width, int height) =>
        X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X <= width - Width && Y <= height - Height;
}
