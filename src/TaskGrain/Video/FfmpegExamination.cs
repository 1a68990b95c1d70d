using System.ComponentModel;
using System.Diagnostics;
using TaskGrain.Runtime;
using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>Looks over what reading and writing video needs of this machine.</summary>
internal static class FfmpegExamination
{
    private const string Install = "install FFmpeg: apt-get install ffmpeg, brew install ffmpeg, or from ffmpeg.org.";

    /// <summary>Looks at FFmpeg's libraries, which read video, and at its program, which writes it.</summary>
    /// <returns>A finding a subject; never throws for what it finds.</returns>
    public static IReadOnlyList<Finding> Examine() => [Libraries(), Program()];

    private static Finding Libraries()
    {
        try
        {
            return new(
                "ffmpeg libraries",
                FindingLevel.Good,
                $"FFmpeg {Ffmpeg.Instance.Generation.Release}; videos can be read"
            );
        }
        catch (TaskGrainException fault)
        {
            return new("ffmpeg libraries", FindingLevel.Fault, "do not load", fault.Message);
        }
    }

    private static Finding Program()
    {
        const string Subject = "ffmpeg program";
        string encoders;
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("ffmpeg", "-hide_banner -encoders")
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            encoders = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            return new(Subject, FindingLevel.Warning, "not found; video files cannot be written", Install);
        }

        return encoders.Contains("libvpx-vp9", StringComparison.Ordinal)
            ? new(Subject, FindingLevel.Good, "found, with VP9; videos can be written")
            : new(
                Subject,
                FindingLevel.Warning,
                "found, but without the encoder libvpx-vp9; generated data sets cannot be written as WebM",
                Install
            );
    }
}
