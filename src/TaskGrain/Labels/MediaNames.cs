using System.Collections.Frozen;

namespace TaskGrain.Labels;

/// <summary>What is a clip, by its name alone.</summary>
internal static class MediaNames
{
    private static readonly FrozenSet<string> VideoExtensions = FrozenSet.ToFrozenSet(
        [".webm", ".mp4", ".avi", ".mkv", ".mov", ".m4v", ".mpg", ".mpeg", ".wmv", ".flv", ".ogv", ".3gp", ".ts"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The extensions, for messages.</summary>
    public static string VideoExtensionList => string.Join(' ', VideoExtensions.Order(StringComparer.Ordinal));

    public static bool IsVideo(string name) => VideoExtensions.Contains(Path.GetExtension(name)) && !IsHidden(name);

    public static bool IsFrame(string name) =>
        (
            name.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase)
        ) && !IsHidden(name);

    /// <summary>Files and folders that systems leave lying about.</summary>
    public static bool IsHidden(string name) =>
        name.StartsWith('.') || name is "__MACOSX" or "Thumbs.db" or "desktop.ini";
}
