namespace TaskGrain.Video;

/// <summary>Reads video files.</summary>
public static class VideoReader
{
    /// <summary>Reads a whole video at one rate and size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Size and rate.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The frames.</returns>
    /// <exception cref="TaskGrainException">No frames can be had from the file; the message names it and says why.</exception>
    public static VideoFrames Read(string path, FrameFormat format, CancellationToken cancel = default)
        => throw new TaskGrainException($"{path}: reading video is not there yet.");
}
