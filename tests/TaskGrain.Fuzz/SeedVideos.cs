using System.Diagnostics;

namespace TaskGrain.Fuzz;

/// <summary>Small sound videos and pictures, made by the ffmpeg program.</summary>
internal static class SeedVideos
{
    private static readonly string[][] Kinds =
    [
        ["clip.webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"],
        ["clip.mp4", "-c:v", "libx264", "-bf", "2"],
        ["moving.mp4", "-c:v", "libx264", "-movflags", "frag_keyframe+empty_moov"],
        ["clip.mkv", "-c:v", "libx264", "-g", "6"],
        ["clip.avi", "-c:v", "mpeg4"],
        ["pictures.avi", "-c:v", "mjpeg"],
        ["clip.ts", "-c:v", "mpeg2video"],
        ["reordered.ts", "-c:v", "libx264", "-bf", "3"],
        ["clip.mpg", "-c:v", "mpeg2video"],
        ["clip.flv", "-c:v", "flv1"],
        ["clip.gif"],
        ["clip.ogv", "-c:v", "libtheora"],
        ["clip.mov", "-c:v", "mpeg4"],
        ["clip.wmv", "-c:v", "wmv2"],
        ["clip.h264", "-c:v", "libx264"],
        ["clip.m4v", "-c:v", "mpeg4"],
        ["clip.mjpeg", "-c:v", "mjpeg"],
        ["clip.hevc", "-c:v", "libx265", "-x265-params", "log-level=none"],
        ["clip.y4m", "-s", "16x16"],
    ];

    /// <summary>Makes one video of each kind that the installed ffmpeg can write.</summary>
    public static string[] MakeVideos(string folder)
    {
        foreach (string[] kind in Kinds)
        {
            string path = Path.Combine(folder, kind[0]);
            if (!File.Exists(path))
            {
                Make(["-i", "testsrc2=size=64x48:rate=12:duration=1", .. kind[1..], path]);
            }
        }

        string[] made = [.. Directory.GetFiles(folder).Where(file => new FileInfo(file).Length > 0).Order()];
        return made.Length > 0
            ? made
            : throw new TaskGrainException("The ffmpeg program, which makes the sound videos, was not found.");
    }

    /// <summary>Makes six JPEG and six PNG pictures.</summary>
    public static string[] MakePictures(string folder)
    {
        Make(["-i", "testsrc2=size=64x48:rate=12:duration=0.5", Path.Combine(folder, "%02d.jpg")]);
        Make(["-i", "testsrc2=size=64x48:rate=12:duration=0.5", Path.Combine(folder, "%02d.png")]);
        return [.. Directory.GetFiles(folder).Order()];
    }

    private static void Make(string[] arguments)
    {
        string[] words = ["-v", "quiet", "-nostdin", "-y", "-f", "lavfi", .. arguments];
        using Process process = Process.Start("ffmpeg", words);
        process.WaitForExit();
    }
}
