using System.ComponentModel;
using System.Diagnostics;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>Encodes frames as VP9 in WebM by the ffmpeg program, raw frames on its standard input.</summary>
internal static class WebmEncoder
{
    /// <summary>Writes a video; a file appears under its name only when it is complete.</summary>
    public static void Write(string path, VideoFrames frames, CancellationToken cancellation) =>
        AtomicFile.Replace(path, temporary => Encode(path, temporary, frames, cancellation));

    private static void Encode(string path, string temporary, VideoFrames frames, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        FrameFormat format = frames.Format;
        foreach (
            string word in (ReadOnlySpan<string>)
                [
                    "-v",
                    "error",
                    "-f",
                    "rawvideo",
                    "-pix_fmt",
                    "rgb24",
                    "-s",
                    $"{format.Width}x{format.Height}",
                    "-r",
                    $"{format.FramesPerSecond}",
                    "-i",
                    "-",
                    "-c:v",
                    "libvpx-vp9",
                    "-pix_fmt",
                    "yuv420p",
                    "-b:v",
                    "0",
                    "-crf",
                    "36",
                    "-deadline",
                    "realtime",
                    "-cpu-used",
                    "8",
                    "-row-mt",
                    "0",
                    "-threads",
                    "1",
                    "-fflags",
                    "+bitexact",
                    "-flags:v",
                    "+bitexact",
                    "-f",
                    "webm",
                    "-y",
                    temporary,
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            using Process process =
                Process.Start(start) ?? throw new TaskGrainException("the ffmpeg program did not start");
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
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
            if (process.ExitCode != 0)
            {
                throw new TaskGrainException($"{path}: ffmpeg could not encode the clip: {message}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new TaskGrainException(
                "The ffmpeg program was not found; install it (Debian: apt-get install ffmpeg) or render into a "
                    + "frame store instead.",
                missing
            );
        }
    }
}
