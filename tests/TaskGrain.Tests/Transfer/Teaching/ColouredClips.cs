using System.Globalization;
using TaskGrain.Tests.Video;

namespace TaskGrain.Tests.Transfer.Teaching;

/// <summary>Video files that any encoder can tell apart: each class has a colour, each clip its own noise.</summary>
internal static class ColouredClips
{
    private static readonly string[] Colours = ["red", "blue", "green", "white"];

    /// <summary>Makes <paramref name="classes"/> folders of clips named 0.mp4, 1.mp4, ….</summary>
    public static string Folder(string folder, int classes, int clips)
    {
        for (int c = 0; c < classes; c++)
        {
            Directory.CreateDirectory(Path.Combine(folder, Colours[c]));
            for (int i = 0; i < clips; i++)
            {
                Clip(Path.Combine(folder, Colours[c], $"{i}.mp4"), c, (c * 100) + i);
            }
        }

        return folder;
    }

    /// <summary>Makes one clip.</summary>
    public static string Clip(string path, int colour, int seed, double seconds = 1)
    {
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            string.Create(
                CultureInfo.InvariantCulture,
                $"color=c={Colours[colour]}:size=64x64:rate=12:duration={seconds},"
                    + $"noise=alls=30:allf=t:all_seed={seed + 1}"
            ),
            "-preset",
            "ultrafast",
            path
        );
        return path;
    }
}
