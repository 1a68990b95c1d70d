using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>
/// Reads video through FFmpeg's libraries, in this process. Count and content of the frames agree with the ffmpeg
/// program's <c>-vf fps=12,scale=128:128:flags=area -pix_fmt rgb24</c>. Safe from any number of threads; each reading
/// uses the thread it is called on.
/// </summary>
public static class VideoReader
{
    /// <summary>Reads a whole video at one rate and size.</summary>
    /// <param name="path">Any file FFmpeg reads, or a folder of pictures (see <see cref="FrameFolderReader"/>).</param>
    /// <param name="format">Rate and size.</param>
    /// <param name="cancel">Stops the reading between two pictures.</param>
    /// <returns>
    /// All frames. Where the file is damaged but frames could be had, these and a <see cref="VideoFrames.Warning"/>.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// No frames can be had: the file is missing, empty, no video, sound only or damaged from the start, or FFmpeg is
    /// not installed. The message names the file and says which.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked to stop.</exception>
    public static VideoFrames Read(string path, FrameFormat format, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        format.Validate();
        if (Directory.Exists(path))
        {
            return FrameFolderReader.Read(path, format, cancel: cancel);
        }

        RegularFile.Require(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new TaskGrainException($"{path}: there is no such file.");
        }

        if (file.Length == 0)
        {
            // Pipes and devices have no length either, and would be waited for.
            throw new TaskGrainException($"{path}: the file is empty, or is no regular file.");
        }

        try
        {
            using var decoding = new VideoDecoding(format);
            return decoding.Run(path, cancel);
        }
        catch (UnreadableVideoException fault)
        {
            throw new TaskGrainException($"{path}: {fault.Message}.", fault);
        }
    }

    /// <summary>The size of a video's pictures, as a viewer sees them.</summary>
    /// <param name="path">A file or a folder of pictures that <see cref="Read"/> has read.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>Width and height in pixels.</returns>
    /// <exception cref="TaskGrainException">No picture can be decoded.</exception>
    internal static (int Width, int Height) PictureSize(string path, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            return FrameFolderReader.PictureSize(path);
        }

        try
        {
            return PictureProbe.Size(path, cancel);
        }
        catch (UnreadableVideoException fault)
        {
            throw new TaskGrainException($"{path}: {fault.Message}.", fault);
        }
    }
}
