using System.Diagnostics;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

/// <summary>Whatever is given for a file is opened or refused at once: nothing here may wait.</summary>
public sealed class InputFileTests
{
    [Fact]
    public void A_file_is_opened_also_through_a_link()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "content");
        File.CreateSymbolicLink(folder.File("link"), folder.File("a"));

        foreach (string name in new[] { "a", "link" })
        {
            using FileStream stream = InputFile.OpenRead(folder.File(name));
            Assert.Equal(7, stream.Length);
        }
    }

    [Fact]
    public void Missing_empty_and_folder_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("empty"), "");
        File.CreateSymbolicLink(folder.File("dangling"), folder.File("nowhere"));
        File.CreateSymbolicLink(folder.File("loop"), folder.File("loop"));

        Assert.Equal($"{folder.Path} is a folder; name a file in it.", Refusal(folder.Path));
        Assert.Equal($"{folder.File("none")} cannot be read: there is no such file.", Refusal(folder.File("none")));
        Assert.Equal(
            $"{folder.File("dangling")} cannot be read: there is no such file.",
            Refusal(folder.File("dangling"))
        );
        Assert.StartsWith($"{folder.File("empty")} is empty or not a regular file", Refusal(folder.File("empty")));
        Assert.StartsWith($"{folder.File("loop")} cannot be read: ", Refusal(folder.File("loop")));
        Assert.Equal("A file's name is empty.", Refusal(""));
        Assert.Contains("cannot be read", Refusal("a\0b"));
    }

    [Fact]
    public void Nobody_waits_for_a_pipe_or_reads_a_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and devices have no names of this kind there");
        using var folder = new TemporaryFolder();
        using (Process make = Process.Start("mkfifo", folder.File("pipe")))
        {
            make.WaitForExit();
        }

        File.CreateSymbolicLink(folder.File("link"), folder.File("pipe"));

        foreach (string path in new[] { folder.File("pipe"), folder.File("link"), "/dev/zero", "/dev/null" })
        {
            Assert.StartsWith($"{path} is not a regular file but a pipe, a socket or a device", Refusal(path));
        }
    }

    [Fact]
    public void A_file_without_permission_is_not_called_damaged()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have other permissions there");
            return;
        }

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "content");
        File.SetUnixFileMode(folder.File("a"), UnixFileMode.None);
        if (Environment.IsPrivilegedProcess)
        {
            // Permissions do not bind root.
            using FileStream stream = InputFile.OpenRead(folder.File("a"));
            Assert.Equal(7, stream.Length);
            return;
        }

        Assert.Equal($"{folder.File("a")} cannot be read: its permissions do not allow it.", Refusal(folder.File("a")));
    }

    private static string Refusal(string path) =>
        Assert.Throws<TaskGrainException>(() => InputFile.OpenRead(path).Dispose()).Message;
}
