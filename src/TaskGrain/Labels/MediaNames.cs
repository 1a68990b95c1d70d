using System.Collections.Frozen;

namespace TaskGrain.Labels;

/// <summary>What is a clip, by its name alone.</summary>
internal static class MediaNames
{
    /// <summary>The endings that FFmpeg's readers of self-contained videos go by; no playlists, no pictures.</summary>
    private static readonly FrozenSet<string> VideoExtensions = FrozenSet.ToFrozenSet(
        [
            ".webm",
            ".mp4",
            ".avi",
            ".mkv",
            ".mov",
            ".qt",
            ".m4v",
            ".mpg",
            ".mpeg",
            ".mpe",
            ".m1v",
            ".m2v",
            ".wmv",
            ".asf",
            ".flv",
            ".f4v",
            ".ogv",
            ".ogm",
            ".3gp",
            ".3g2",
            ".ts",
            ".mts",
            ".m2ts",
            ".m2t",
            ".vob",
            ".mxf",
            ".gif",
            ".h264",
            ".264",
            ".avc",
            ".h265",
            ".265",
            ".hevc",
            ".dv",
            ".divx",
            ".ivf",
            ".y4m",
            ".mjpg",
            ".mjpeg",
            ".nut",
            ".rm",
            ".rmvb",
            ".amv",
            ".wtv",
            ".mj2",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> SystemFiles = FrozenSet.ToFrozenSet(
        ["Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> SystemFolders = FrozenSet.ToFrozenSet(
        [
            "__MACOSX",
            "@eaDir",
            "@Recycle",
            "@Recently-Snapshot",
            "#recycle",
            "#snapshot",
            "$RECYCLE.BIN",
            "RECYCLER",
            "System Volume Information",
            "lost+found",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The extensions, for messages.</summary>
    public static string VideoExtensionList => string.Join(' ', VideoExtensions.Order(StringComparer.Ordinal));

    public static bool IsVideo(string name) => VideoExtensions.Contains(Path.GetExtension(name)) && !IsHidden(name);

    public static bool IsFrame(string name) =>
        Path.GetExtension(name).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" && !IsHidden(name);

    /// <summary>Files and folders that systems leave lying about, <c>._*</c> and <c>.DS_Store</c> among them.</summary>
    public static bool IsHidden(string name) =>
        name.StartsWith('.') || SystemFiles.Contains(name) || IsSystemFolder(name);

    /// <summary>A folder that a system, a network drive or an archive program makes, by its name.</summary>
    public static bool IsSystemFolder(string name) => SystemFolders.Contains(name);
}
