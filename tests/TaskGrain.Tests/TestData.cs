namespace TaskGrain.Tests;

/// <summary>Where the tests find the files they read.</summary>
public static class TestData
{
    /// <summary>A file under <c>tests/TaskGrain.Tests/References</c>.</summary>
    public static string File(string relativePath) =>
        Path.Combine(AppContext.BaseDirectory, "References", relativePath);

    /// <summary>The checkout that the tests were built in; null where they were carried elsewhere.</summary>
    public static string? SourceRoot()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !System.IO.File.Exists(Path.Combine(root.FullName, "TaskGrain.slnx")))
        {
            root = root.Parent;
        }

        return root?.FullName;
    }

    /// <summary>
    /// Folder of real clips: <c>TASKGRAIN_TEST_CLIPS</c>, or <c>../shared/data/clips</c> beside the checkout.
    /// They are other people's and not part of the project; a test without them skips.
    /// </summary>
    public static string? ClipsFolder()
    {
        if (Environment.GetEnvironmentVariable("TASKGRAIN_TEST_CLIPS") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "data", "clips");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A real clip; skips the running test where the clips are absent.</summary>
    public static string Clip(string name)
    {
        string? folder = ClipsFolder();
        Assert.SkipWhen(folder is null, "the real clips (shared/data/clips) are not on this machine");
        return Path.Combine(folder!, name);
    }
}
