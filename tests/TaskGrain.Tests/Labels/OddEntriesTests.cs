using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

/// <summary>
/// What file systems, other programs and archives put into a folder of clips: it is left out, named and counted, by
/// the same rules for a data set and for teaching, and never ends the reading.
/// </summary>
public sealed class OddEntriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OddEntriesTests() => Files("pouring/1.mp4", "pouring/2.mp4", "lifting/3.mp4", "lifting/4.mp4");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_that_are_not_UTF_8_are_left_out_and_named()
    {
        // "caf" and the e with an accent in Latin-1: a clip, and a class folder with one.
        const string Make = "touch \"$(printf 'pouring/caf\\351.mp4')\"; mkdir \"$(printf 'caf\\351')\"";
        Shell(Make);
        try
        {
            DataSet data = DataSet.Open(_folder.Path);
            ClipFolder clips = ClipFolder.Scan(_folder.Path);

            Assert.Equal(4, data.Annotations.Count);
            Assert.Equal(2, data.LeftOut);
            Assert.Equal([DataProblemKind.BadName, DataProblemKind.BadName], data.Problems.Select(p => p.Kind));
            Assert.All(data.Problems, p => Assert.Contains("not UTF-8", p.Reason, StringComparison.Ordinal));
            Assert.Contains(data.Problems, p => p.File == "pouring/caf\uFFFD.mp4");
            Assert.Equal((4, 2), (clips.Clips.Count, clips.Problems.Count(p => p.LeftOut)));
        }
        finally
        {
            Shell("rm -r pouring/caf* caf*"); // .NET cannot delete what it cannot name
        }
    }

    [Fact]
    public void A_name_that_truly_holds_the_replacement_letter_is_an_ordinary_name()
    {
        Files("pouring/\uFFFD.mp4");

        Assert.Contains(DataSet.Open(_folder.Path).Annotations, a => a.Id == "pouring/\uFFFD.mp4");
    }

    [Fact]
    public void A_link_in_a_circle_is_a_missing_clip()
    {
        File.CreateSymbolicLink(_folder.File("pouring/me.mp4"), "me.mp4");
        File.CreateSymbolicLink(_folder.File("lifting/a.mp4"), "b.mp4");
        File.CreateSymbolicLink(_folder.File("lifting/b.mp4"), "a.mp4");

        DataSet data = DataSet.Open(_folder.Path);
        ClipFolder clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal((4, 3), (data.Annotations.Count, data.LeftOut));
        Assert.All(data.Problems, p => Assert.Equal(DataProblemKind.MissingMedia, p.Kind));
        Assert.Equal((4, 3), (clips.Clips.Count, clips.Problems.Count(p => p.LeftOut)));
    }

    [Fact]
    public void In_a_folder_of_videos_by_id_a_link_in_a_circle_is_a_missing_video()
    {
        using var v2 = new V2Folder();
        File.Delete(Path.Combine(v2.Path, "2.webm"));
        File.CreateSymbolicLink(Path.Combine(v2.Path, "2.webm"), "2.webm");

        DataSet data = v2.Open();

        Assert.Equal(["1", "3"], data.Annotations.Select(a => a.Id));
        Assert.Equal((DataProblemKind.MissingMedia, "2"), (data.Problems[0].Kind, data.Problems[0].Id));
    }

    [Fact]
    public void What_systems_make_is_passed_over_with_a_line_for_each_folder()
    {
        Files(
            "@eaDir/1.mp4",
            "lost+found/1.mp4",
            "System Volume Information/IndexerVolumeGuid",
            "__MACOSX/pouring/._1.mp4",
            "$RECYCLE.BIN/x.mp4",
            "pouring/@eaDir/1.mp4",
            "pouring/._1.mp4",
            "pouring/.DS_Store",
            "pouring/Thumbs.db",
            "lifting/desktop.ini"
        );

        DataSet data = DataSet.Open(_folder.Path);
        ClipFolder clips = ClipFolder.Scan(_folder.Path);

        string[] folders =
        [
            "$RECYCLE.BIN",
            "@eaDir",
            "System Volume Information",
            "__MACOSX",
            "lost+found",
            "pouring/@eaDir",
        ];
        Assert.Equal(4, data.Annotations.Count);
        Assert.Equal(0, data.LeftOut);
        Assert.All(data.Problems, p => Assert.Equal(DataProblemKind.SystemFolder, p.Kind));
        Assert.Equal(folders, data.Problems.Select(p => p.File).Order(StringComparer.Ordinal));
        Assert.Equal(["lifting", "pouring"], clips.Classes);
        Assert.Equal(folders, clips.Problems.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.True(
            DataCheck
                .Run(_folder.Path, new DataCheckOptions { Decode = DecodeChoice.None, FewClips = 0 })
                .Problems.All(p => p.Kind is DataProblemKind.SystemFolder or DataProblemKind.MissingSplit)
        );
    }

    [Fact]
    public void A_closed_folder_is_left_out_and_named()
    {
        Files("shut/5.mp4", "pouring/closed/1.jpg");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string[] shut = ["shut", "pouring/closed"];
        foreach (string name in shut)
        {
            File.SetUnixFileMode(_folder.File(name), UnixFileMode.None);
        }

        try
        {
            DataSet data = DataSet.Open(_folder.Path);
            ClipFolder clips = ClipFolder.Scan(_folder.Path);

            // To the system's administrator no folder is closed.
            bool open = Environment.IsPrivilegedProcess;
            Assert.Equal(open ? (6, 0) : (4, 2), (data.Annotations.Count, data.LeftOut));
            Assert.Equal(open ? [] : ["pouring/closed", "shut"], data.Problems.Select(p => p.File));
            Assert.All(data.Problems, p => Assert.Equal(DataProblemKind.ClosedFolder, p.Kind));
            Assert.Equal(open ? 6 : 4, clips.Clips.Count);
            Assert.Equal(open ? ["lifting", "pouring", "shut"] : ["lifting", "pouring"], clips.Classes);
        }
        finally
        {
            foreach (string name in shut)
            {
                File.SetUnixFileMode(
                    _folder.File(name),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }
        }
    }

    [Fact]
    public void A_pipe_among_the_clips_is_called_a_pipe_and_left_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are made with mkfifo, and told apart on Linux");
        Shell("mkfifo pouring/5.mp4; ln -s /dev/zero lifting/6.mp4; touch lifting/7.mp4");

        DataSet data = DataSet.Open(_folder.Path);
        ClipFolder clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal((4, 3), (data.Annotations.Count, data.LeftOut));
        Assert.Equal(4, clips.Clips.Count);
        Assert.Equal(
            [
                ("lifting/6.mp4", DataProblemKind.UnreadableMedia, true),
                ("lifting/7.mp4", DataProblemKind.EmptyMedia, false),
                ("pouring/5.mp4", DataProblemKind.UnreadableMedia, true),
            ],
            data.Problems.Select(p => (p.File, p.Kind, p.Reason.Contains("a pipe", StringComparison.Ordinal)))
        );
        string taught = clips.Problems.Single(p => p.Path == "pouring/5.mp4").Reason;
        Assert.Contains("a pipe", taught, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_folder_of_videos_by_id_a_pipe_is_called_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are made with mkfifo, and told apart on Linux");
        using var v2 = new V2Folder();
        File.Delete(Path.Combine(v2.Path, "2.webm"));
        Shell($"mkfifo '{Path.Combine(v2.Path, "2.webm")}'");

        DataProblem problem = v2.Open().Problems[0];

        Assert.Equal((DataProblemKind.UnreadableMedia, "2"), (problem.Kind, problem.Id));
        Assert.StartsWith("2.webm is not a regular file but a pipe", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_has_a_reason_and_no_entries()
    {
        Assert.NotNull(FolderListing.TryList(_folder.File("nowhere"), out IReadOnlyList<FolderEntry> entries));
        Assert.Empty(entries);
    }

    [Fact]
    public void A_backslash_in_a_name_is_a_letter_and_the_file_is_that_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var secret = new TemporaryFolder();
        const string Name = @"pouring/a\..\..\..\secret\s.mp4";
        Files(Name, @"lifting/c\d.mp4");

        DataSet data = DataSet.Open(_folder.Path);

        Annotation clip = Assert.Single(data.Annotations, a => a.Id == Name);
        Assert.Equal(Path.Combine(_folder.Path, Name), data.MediaPath(clip));
        Assert.True(File.Exists(data.MediaPath(clip)));
        Assert.Contains(data.Annotations, a => a.Media == @"lifting/c\d.mp4");
        Assert.Contains(ClipFolder.Scan(_folder.Path).Clips, c => c.Path == Name);
        Assert.Empty(data.Problems);
    }

    [Theory]
    [InlineData("Pouring")]
    [InlineData("pouring ")]
    [InlineData(" pouring")]
    public void Folders_that_differ_in_case_or_blanks_are_one_class_and_both_are_named(string other)
    {
        Files($"{other}/5.mp4");

        OneClass("pouring", other);
    }

    [Fact]
    public void Folders_that_differ_in_the_coding_of_letters_are_one_class()
    {
        Files("caf\u00e9/5.mp4", "cafe\u0301/6.mp4");

        OneClass("caf\u00e9", "cafe\u0301");
    }

    [Fact]
    public void A_class_is_written_alike_in_all_splits()
    {
        using var divided = new TemporaryFolder();
        foreach (string path in (string[])["train/caf\u00e9/1.mp4", "test/cafe\u0301/2.mp4", "train/Tea/3.mp4"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(divided.File(path))!);
            File.WriteAllText(divided.File(path), path);
        }

        Assert.Equal(["Tea", "caf\u00e9"], DataSet.Open(divided.Path).Taxonomy.Categories);
    }

    [Fact]
    public void Endings_that_FFmpeg_knows_are_clips_and_others_are_to_be_renamed()
    {
        Files(
            "pouring/5.mts",
            "pouring/6.M2TS",
            "pouring/7.gif",
            "pouring/8.vob",
            "pouring/9.3g2",
            "pouring/list.m3u8"
        );

        DataSet data = DataSet.Open(_folder.Path);

        Assert.Equal(9, data.Annotations.Count);
        DataProblem playlist = Assert.Single(data.Problems);
        Assert.Equal("pouring/list.m3u8", playlist.File);
        Assert.Contains("rename it to one of", playlist.Fix, StringComparison.Ordinal);
        Assert.Equal(9, ClipFolder.Scan(_folder.Path).Clips.Count);
    }

    [Fact]
    public void Companions_of_frames_do_not_make_a_clip_and_do_not_spoil_one()
    {
        Files(
            "pouring/frames/00001.jpg",
            "pouring/frames/._00001.jpg",
            "pouring/frames/Thumbs.db",
            "lifting/pictures/00001.png",
            "lifting/only/._00001.jpg"
        );

        DataSet data = DataSet.Open(_folder.Path);

        Assert.Contains(data.Annotations, a => a.Id == "pouring/frames");
        Assert.Contains(data.Annotations, a => a.Id == "lifting/pictures");
        Assert.Equal("lifting/only", Assert.Single(data.Problems).File);
        Assert.Equal(6, ClipFolder.Scan(_folder.Path).Clips.Count);
    }

    private void OneClass(string one, string other)
    {
        DataSet data = DataSet.Open(_folder.Path);
        ClipFolder clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal(clips.Classes, data.Taxonomy.Categories);
        Assert.Equal(clips.Clips.Count, data.Annotations.Count);
        DataProblem problem = Assert.Single(data.Problems);
        Assert.Equal((DataProblemKind.ClassName, false), (problem.Kind, problem.LeavesOut));
        Assert.Contains($"'{one}'", problem.Reason, StringComparison.Ordinal);
        Assert.Contains($"'{other}'", problem.Reason, StringComparison.Ordinal);
        Assert.Single(
            data.Annotations.Where(a =>
                    a.Id.StartsWith(one, StringComparison.Ordinal) || a.Id.StartsWith(other, StringComparison.Ordinal)
                )
                .Select(a => a.Category)
                .Distinct()
        );
        Assert.Contains(clips.Problems, p => p.Reason.Contains($"'{other}'", StringComparison.Ordinal));
    }

    private void Files(params string[] paths)
    {
        foreach (string path in paths)
        {
            string full = _folder.File(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, $"content of {path}");
        }
    }

    private void Shell(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.Path }
        )!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
