namespace TaskGrain.Labels;

/// <summary>
/// Paths within a data set, as annotations, stores and messages hold them: relative, with forward slashes. A backslash
/// is a separator on Windows and an ordinary letter of a name everywhere else; it is never turned into a slash there.
/// </summary>
internal static class RelativePath
{
    /// <summary>The path of an entry relative to a folder above it.</summary>
    public static string Of(string root, string path)
    {
        string relative = Path.GetRelativePath(root, path);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The file or folder that a relative path names.</summary>
    /// <param name="root">The folder it is relative to.</param>
    /// <param name="relative">The path, from a data set's file.</param>
    /// <exception cref="TaskGrainException">The path leaves the folder.</exception>
    public static string Within(string root, string relative) =>
        Leaves(relative, OperatingSystem.IsWindows())
            ? throw new TaskGrainException(
                $"'{relative}' leads out of the data set's folder {root}; only files within it are read."
            )
            : Path.GetFullPath(Path.Combine(root, relative));

    /// <summary>Whether a path leads out of the folder it is relative to.</summary>
    /// <param name="relative">The path.</param>
    /// <param name="windows">
    /// Whether Windows' rules hold, where a backslash separates and a colon begins a drive or a stream.
    /// </param>
    public static bool Leaves(string relative, bool windows)
    {
        ReadOnlySpan<char> separators = windows ? ['/', '\\'] : ['/'];
        if (
            relative.Length == 0
            || separators.Contains(relative[0])
            || relative.Contains('\0', StringComparison.Ordinal)
            || (windows && relative.Contains(':', StringComparison.Ordinal))
        )
        {
            return true;
        }

        foreach (Range part in relative.AsSpan().SplitAny(separators))
        {
            // Windows drops blanks and full stops at the end of a name, so '.. ' is '..' there.
            ReadOnlySpan<char> name = relative.AsSpan(part);
            if (windows ? name.StartsWith("..") && name.TrimEnd(" .").IsEmpty : name is "..")
            {
                return true;
            }
        }

        return false;
    }
}
