using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>
/// Frames one after the other, as they come, from a file of any length, a camera, or whatever is piped into the
/// program. The ffmpeg program reads them: it knows every camera, and waits while nobody asks for the next frame.
/// </summary>
internal sealed class LiveVideo : IDisposable
{
    // Ctrl-C reaches ffmpeg too, which then ends with this.
    private const int ExitBySignal = 255;

    private readonly Process _ffmpeg;
    private readonly Stream _frames;
    private readonly Task<string> _messages;
    private readonly string _source;
    private bool _stopped;

    private LiveVideo(string source, IEnumerable<string> input, FrameFormat format, bool inheritInput)
    {
        _source = source;
        Format = format;
        var start = new ProcessStartInfo("ffmpeg")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string filter = string.Create(
            CultureInfo.InvariantCulture,
            $"fps={format.FramesPerSecond},scale={format.Width}:{format.Height}:flags=area"
        );
        string[] quiet = ["-hide_banner", "-v", "error"];
        foreach (
            string word in (string[])
                [
                    .. quiet,
                    .. inheritInput ? (string[])[] : ["-nostdin"],
                    .. input,
                    "-an",
                    "-vf",
                    filter,
                    "-pix_fmt",
                    "rgb24",
                    "-f",
                    "rawvideo",
                    "-flush_packets",
                    "1",
                    "-",
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            _ffmpeg = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new TaskGrainException(
                "Streaming needs the ffmpeg program, which was not found; install FFmpeg.",
                fault
            );
        }

        _frames = _ffmpeg.StandardOutput.BaseStream;
        _messages = _ffmpeg.StandardError.ReadToEndAsync();
    }

    /// <summary>Size and rate of the frames.</summary>
    public FrameFormat Format { get; }

    /// <summary>Frames read so far.</summary>
    public long FramesRead { get; private set; }

    /// <summary>Opens a source.</summary>
    /// <param name="source">
    /// A video file; <c>-</c> for the program's standard input; <c>camera</c> for the first camera, or
    /// <c>camera:NAME</c> for another (Linux <c>/dev/video1</c>, macOS a number, Windows the device's name).
    /// </param>
    /// <param name="format">Size and rate of the frames wanted.</param>
    /// <param name="realTime">Give a file's frames at the pace of the video, not as fast as they can be read.</param>
    /// <returns>The open video.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is not there, is no video or no regular file, or ffmpeg is missing.
    /// </exception>
    public static LiveVideo Open(string source, FrameFormat format, bool realTime = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(format);
        format.Validate();
        string[] pace = realTime ? ["-re"] : [];
        if (source == "-")
        {
            string[] piped = [.. pace, "-protocol_whitelist", "pipe", "-i", "pipe:0"];
            return new LiveVideo("standard input", piped, format, inheritInput: true);
        }

        if (source == "camera" || source.StartsWith("camera:", StringComparison.Ordinal))
        {
            string? name = source.Length > "camera:".Length ? source["camera:".Length..] : null;
            return new LiveVideo(source, Camera(name), format, inheritInput: false);
        }

        if (!File.Exists(source))
        {
            throw new TaskGrainException(
                $"{source}: there is no such file (camera reads a camera, - the standard input)."
            );
        }

        if (new FileInfo(source).Length == 0)
        {
            throw new TaskGrainException(
                $"{source}: the file is empty, or is no regular file; - reads the standard input, camera:NAME a device."
            );
        }

        // file: keeps ffmpeg from reading a name with a colon as a protocol, and the format that was found from taking
        // the name for a pattern or the file for a list of others.
        string[] input = ["-protocol_whitelist", "file", "-f", FormatOf(source), "-i", "file:" + source];
        return new LiveVideo(source, [.. pace, .. input], format, inheritInput: false);
    }

    /// <summary>Waits for the next frame.</summary>
    /// <param name="frame">(H, W, 3), RGB: filled.</param>
    /// <returns>False at the end of the video.</returns>
    /// <exception cref="ArgumentException">The buffer is not a frame long.</exception>
    /// <exception cref="TaskGrainException">The source cannot be read: with ffmpeg's reason.</exception>
    public bool Read(Span<byte> frame)
    {
        if (frame.Length != Format.BytesPerFrame)
        {
            throw new ArgumentException(
                $"A frame has {Format.BytesPerFrame} bytes, the buffer {frame.Length}.",
                nameof(frame)
            );
        }

        if (_frames.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            FramesRead++;
            return true;
        }

        _ffmpeg.WaitForExit();
        bool interrupted = _stopped || (_ffmpeg.ExitCode == ExitBySignal && FramesRead > 0);
        if (!interrupted && (_ffmpeg.ExitCode != 0 || FramesRead == 0))
        {
            string reason = _messages.Result.Trim();
            throw new TaskGrainException(
                $"{_source}: {(reason.Length > 0 ? reason : "it holds no picture, or is shorter than half a frame")}"
            );
        }

        return false;
    }

    /// <summary>Ends the video from another thread: a waiting <see cref="Read"/> returns false.</summary>
    public void Stop()
    {
        _stopped = true;
        try
        {
            _ffmpeg.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Stops ffmpeg.</summary>
    public void Dispose()
    {
        Stop();
        _ffmpeg.Dispose();
    }

    private static string FormatOf(string path)
    {
        using FfmpegLog.Scope log = FfmpegLog.Collect();
        try
        {
            using var file = new MediaFile(path, log);
            return file.FormatName.Split(',')[0];
        }
        catch (UnreadableVideoException fault)
        {
            throw new TaskGrainException($"{path}: {fault.Message}.", fault);
        }
    }

    private static string[] Camera(string? name) =>
        OperatingSystem.IsLinux() ? ["-f", "v4l2", "-i", name ?? "/dev/video0"]
        : OperatingSystem.IsMacOS() ? ["-f", "avfoundation", "-framerate", "30", "-i", name ?? "0"]
        : OperatingSystem.IsWindows()
            ?
            [
                "-f",
                "dshow",
                "-i",
                "video="
                    + (
                        name
                        ?? throw new TaskGrainException(
                            "Windows cameras have names: camera:NAME, listed by: ffmpeg -list_devices true -f dshow "
                                + "-i dummy"
                        )
                    ),
            ]
        : throw new TaskGrainException("Cameras are read on Linux, macOS and Windows.");
}
