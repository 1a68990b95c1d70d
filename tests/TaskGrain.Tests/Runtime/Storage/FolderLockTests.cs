using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class FolderLockTests
{
    [Fact]
    public void A_second_writer_is_told_that_there_is_a_first()
    {
        using var folder = new TemporaryFolder();
        using (FolderLock.Take(folder.File("store"), "frame store"))
        {
            var fault = Assert.Throws<TaskGrainException>(() => FolderLock.Take(folder.File("store"), "frame store"));
            Assert.Equal(
                $"{folder.File("store")}: another process is writing this frame store; wait for it to end, or use "
                    + "another folder.",
                fault.Message
            );
        }

        // The file that is left behind locks nothing.
        Assert.True(File.Exists(folder.File("store/.lock")));
        FolderLock.Take(folder.File("store"), "frame store").Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_nobody_elses()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        AssertCannotBeWritten(folder.File("file/store"));
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_is_nobody_elses()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(".lock"));

        AssertCannotBeWritten(folder.Path);
    }

    [Fact]
    public void A_folder_without_permission_to_write_is_nobody_elses()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("folders have other permissions there");
            return;
        }

        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                // Permissions do not bind root.
                FolderLock.Take(folder.Path, "frame store").Dispose();
            }
            else
            {
                AssertCannotBeWritten(folder.Path);
            }
        }
        finally
        {
            File.SetUnixFileMode(
                folder.Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    [Fact]
    public void Taking_a_folder_collects_what_killed_writers_left()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.webm.7-0123456789abcdef0123456789abcdef.tmp"), "half");
        File.WriteAllText(folder.File("a.webm"), "whole");

        FolderLock.Take(folder.Path, "set").Dispose();

        Assert.Equal([".lock", "a.webm"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_empty_folder_goes_away_and_one_with_content_stays()
    {
        using var folder = new TemporaryFolder();
        FolderLock.Take(folder.File("empty"), "run").ReleaseOrRemove();
        Assert.False(Directory.Exists(folder.File("empty")));

        FolderLock full = FolderLock.Take(folder.File("full"), "run");
        File.WriteAllText(folder.File("full/model"), "");
        full.ReleaseOrRemove();
        Assert.True(File.Exists(folder.File("full/model")));
        FolderLock.Take(folder.File("full"), "run").Dispose();
    }

    private static void AssertCannotBeWritten(string folder)
    {
        var fault = Assert.Throws<TaskGrainException>(() => FolderLock.Take(folder, "frame store"));
        Assert.StartsWith($"{folder}: the frame store cannot be written: ", fault.Message);
        Assert.DoesNotContain("another process", fault.Message);
    }
}
