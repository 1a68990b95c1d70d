using System.Diagnostics;
using System.Globalization;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

/// <summary>The ffmpeg program: makes the tests' clips, and is what the reader is compared with.</summary>
internal static class FfmpegProgram
{
    /// <summary>Runs <c>ffmpeg</c> and returns its standard output.</summary>
    public static byte[] Run(params string[] arguments)
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

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"ffmpeg {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }

    /// <summary>A file's frames as the ffmpeg program gives them.</summary>
    public static byte[] Frames(string path, FrameFormat format, params string[] inputOptions) =>
        Run([
            .. inputOptions,
            "-i",
            path,
            "-vf",
            string.Create(
                CultureInfo.InvariantCulture,
                $"fps={format.FramesPerSecond},scale={format.Width}:{format.Height}:flags=area"
            ),
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            "-",
        ]);

    /// <summary>A small moving test picture.</summary>
    public static string Pattern(string rate, string seconds, string size = "96x64") =>
        $"testsrc2=size={size}:rate={rate}:duration={seconds}";

    /// <summary>Makes a clip of the test picture.</summary>
    public static string Clip(string path, string rate = "12", string seconds = "1", params string[] outputOptions)
    {
        Run(["-f", "lavfi", "-i", Pattern(rate, seconds), .. outputOptions, path]);
        return path;
    }
}
