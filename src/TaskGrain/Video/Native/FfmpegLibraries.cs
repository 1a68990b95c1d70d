using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>Finds and loads FFmpeg's libraries, all of one generation.</summary>
internal sealed record FfmpegLibraries(FfmpegGeneration Generation, nint Util, nint Codec, nint Format, nint Filter)
{
    /// <summary>Names a folder with FFmpeg's shared libraries, to be used instead of the system's.</summary>
    public const string FolderVariable = "TASKGRAIN_FFMPEG";

    /// <summary>Loads the newest generation there is.</summary>
    /// <exception cref="TaskGrainException">There is none; the message says what to install.</exception>
    public static FfmpegLibraries Load()
    {
        string? named = Environment.GetEnvironmentVariable(FolderVariable);
        foreach (string folder in named is { Length: > 0 } ? [named] : SystemFolders())
        {
            foreach (FfmpegGeneration generation in FfmpegGeneration.All)
            {
                if (TryLoad(folder, generation) is { } libraries)
                {
                    return libraries;
                }
            }
        }

        string where = named is { Length: > 0 } ? $" in {named} ({FolderVariable})" : "";
        throw new TaskGrainException(
            $"FFmpeg's libraries (libavformat, libavcodec, libavfilter, libavutil of FFmpeg 4 to 8) were not "
                + $"found{where}. Install FFmpeg: {HowToInstall()}."
        );
    }

    private static FfmpegLibraries? TryLoad(string folder, FfmpegGeneration generation)
    {
        // Each needs the ones before it, and finds them by being loaded after them.
        return
            TryLoad(folder, "avutil", generation.Util, out nint util)
            && TryLoad(folder, "avcodec", generation.Codec, out nint codec)
            && TryLoad(folder, "avformat", generation.Format, out nint format)
            && TryLoad(folder, "avfilter", generation.Filter, out nint filter)
            ? new FfmpegLibraries(generation, util, codec, format, filter)
            : null;
    }

    private static bool TryLoad(string folder, string name, int version, out nint handle) =>
        NativeLibrary.TryLoad(Path.Combine(folder, FileName(name, version)), out handle);

    private static string FileName(string name, int version) =>
        OperatingSystem.IsWindows() ? $"{name}-{version}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.{version}.dylib"
        : $"lib{name}.so.{version}";

    /// <summary>
    /// An empty name leaves the search to the system; Homebrew's folders are not part of macOS's search.
    /// </summary>
    private static string[] SystemFolders() =>
        OperatingSystem.IsMacOS() ? ["", "/opt/homebrew/lib", "/usr/local/lib"] : [""];

    private static string HowToInstall() =>
        OperatingSystem.IsWindows() ? "a shared build, its bin folder on the PATH"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "apt-get install ffmpeg, or your distribution's package";
}
