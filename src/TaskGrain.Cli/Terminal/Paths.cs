namespace TaskGrain.Cli.Terminal;

/// <summary>Paths as people want to read and copy them.</summary>
internal static class Paths
{
    /// <summary>The path from the current folder where it lies below it, else the full one.</summary>
    /// <param name="path">Any path.</param>
    public static string Shown(string path)
    {
        string full = Path.GetFullPath(path);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
