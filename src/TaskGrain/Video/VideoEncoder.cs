using System.ComponentModel;
using System.Diagnostics;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary>Encodes frames by the ffmpeg program, raw frames on its standard input.</summary>
internal static class VideoEncoder
{
    /// <summary>How long an ffmpeg that a signal has ended waits for the request to stop that it came with.</summary>
    private static readonly TimeSpan TimeToHear = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, string[]> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] =
        [
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-crf",
            "20",
            "-preset",
            "veryfast",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
        ],
        [".webm"] =
        [
            "-c:v",
            "libvpx-vp9",
            "-pix_fmt",
            "yuv420p",
            "-b:v",
            "0",
            "-crf",
            "30",
            "-deadline",
            "realtime",
            "-cpu-used",
            "6",
            "-f",
            "webm",
        ],
        [".webp"] = ["-c:v", "libwebp_anim", "-quality", "80", "-loop", "0", "-f", "webp"],
        [".gif"] = ["-vf", "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=bayer", "-loop", "0", "-f", "gif"],
    };

    /// <summary>Refuses a file whose name ends with no known format, before any work for it.</summary>
    /// <exception cref="TaskGrainException">The message lists the formats.</exception>
    public static void Require(string path)
    {
        if (!Formats.ContainsKey(Path.GetExtension(path)))
        {
            throw new TaskGrainException(
                $"{path}: a video's name must end with one of {string.Join(", ", Formats.Keys)}."
            );
        }
    }

    /// <summary>Writes a video in the format that its name ends with.</summary>
    /// <param name="path">The file; it appears under its name when it is complete.</param>
    /// <param name="frames">The frames, of even width and height.</param>
    /// <param name="cancel">Stops the encoder.</param>
    /// <exception cref="TaskGrainException">There is no such format, or ffmpeg is missing or cannot encode.</exception>
    public static void Write(string path, VideoFrames frames, CancellationToken cancel)
    {
        Require(path);
        Write(path, frames, Formats[Path.GetExtension(path)], cancel);
    }

    /// <summary>Writes a video.</summary>
    /// <param name="path">The file; it appears under its name when it is complete.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="encoding">ffmpeg's words for codec and container.</param>
    /// <param name="cancel">Stops the encoder.</param>
    /// <exception cref="TaskGrainException">ffmpeg is missing or cannot encode.</exception>
    public static void Write(
        string path,
        VideoFrames frames,
        IReadOnlyList<string> encoding,
        CancellationToken cancel
    ) => AtomicFile.Replace(path, temporary => Encode(path, temporary, frames, encoding, cancel));

    private static void Encode(
        string path,
        string temporary,
        VideoFrames frames,
        IReadOnlyList<string> encoding,
        CancellationToken cancel
    )
    {
        FrameFormat format = frames.Format;
        string size = $"{format.Width}x{format.Height}";
        string rate = $"{format.FramesPerSecond.Numerator}/{format.FramesPerSecond.Denominator}";
        var start = new ProcessStartInfo(
            "ffmpeg",
            ["-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", rate, "-i", "-"]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string word in (IEnumerable<string>)[.. encoding, "-y", temporary])
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            using Process process =
                Process.Start(start) ?? throw new TaskGrainException("the ffmpeg program did not start");
            using CancellationTokenRegistration stop = cancel.Register(() => process.Kill());
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                using Stream input = process.StandardInput.BaseStream;
                input.Write(frames.Pixels.Span);
            }
            catch (IOException)
            {
                // ffmpeg has given up; its message says why.
            }

            process.WaitForExit();
            string message = errors.GetAwaiter().GetResult().Trim();
            cancel.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                // Ctrl-C, and a scheduler's request to end, reach ffmpeg as well, and it may be the quicker one.
                if (WasSignalled(process.ExitCode))
                {
                    cancel.WaitHandle.WaitOne(TimeToHear);
                    cancel.ThrowIfCancellationRequested();
                }

                throw new TaskGrainException($"{path}: ffmpeg could not encode the clip: {message}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new TaskGrainException(
                "The ffmpeg program, which encodes videos, was not found; install it (Debian: apt-get install ffmpeg).",
                missing
            );
        }
    }

    /// <summary>255 is what ffmpeg ends with when a signal asks it to; above 128, one has killed it.</summary>
    private static bool WasSignalled(int exitCode) => exitCode is 255 or (> 128 and < 128 + 32);
}
