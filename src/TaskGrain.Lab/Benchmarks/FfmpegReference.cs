using System.ComponentModel;
using System.Diagnostics;
using TaskGrain.Video;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>The ffmpeg program, as what reading in process is compared with.</summary>
internal static class FfmpegReference
{
    /// <summary>
    /// Decodes a file to frames, as a program would that starts ffmpeg for every clip and reads its output.
    /// </summary>
    /// <returns>Number of bytes the program gave.</returns>
    public static long Decode(string path, FrameFormat format) =>
        Run([
            "-i",
            path,
            "-vf",
            $"fps={format.FramesPerSecond},scale={format.Width}:{format.Height}:flags=area",
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            "-",
        ]);

    /// <summary>
    /// Makes a clip like those of Something-Something V2: VP9 in WebM, 427×240, 12 frames a second, 49 frames.
    /// </summary>
    /// <returns>Its path.</returns>
    public static string MakeClip(string path)
    {
        Run([
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=427x240:rate=12:duration=4.08,noise=alls=4:allf=t",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libvpx-vp9",
            "-b:v",
            "380k",
            "-deadline",
            "good",
            "-cpu-used",
            "4",
            path,
        ]);
        return path;
    }

    private static long Run(string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in (string[])["-hide_banner", "-nostdin", "-v", "error", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new TaskGrainException(
                "The ffmpeg program, which decoding is compared with, was not found; install FFmpeg.",
                fault
            );
        }

        using (process)
        {
            Task<string> messages = process.StandardError.ReadToEndAsync();
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            int read;
            while ((read = process.StandardOutput.BaseStream.Read(buffer)) > 0)
            {
                bytes += read;
            }

            process.WaitForExit();
            return process.ExitCode == 0
                ? bytes
                : throw new TaskGrainException($"The ffmpeg program failed: {messages.Result.Trim()}");
        }
    }
}
