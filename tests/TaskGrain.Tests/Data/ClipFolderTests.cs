using TaskGrain.Data;

namespace TaskGrain.Tests.Data;

public sealed class ClipFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_are_the_subfolders_in_alphabetical_order()
    {
        Add("wave/b.mp4", "b");
        Add("wave/a.webm", "a");
        Add("clap/c.avi", "c");
        Add(".hidden/x.mp4", "x");

        var clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal(["clap", "wave"], clips.Classes);
        Assert.Equal(
            [new ClassClip("clap/c.avi", 0), new ClassClip("wave/a.webm", 1), new ClassClip("wave/b.mp4", 1)],
            clips.Clips
        );
        Assert.Empty(clips.Problems);
    }

    [Fact]
    public void A_copy_in_the_same_class_is_used_once_and_one_in_another_class_makes_both_useless()
    {
        Add("a/1.mp4", "same");
        Add("a/2.mp4", "same");
        Add("a/3.mp4", "both");
        Add("b/4.mp4", "both");
        Add("b/5.mp4", "own");

        var clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal(["a/1.mp4", "b/5.mp4"], clips.Clips.Select(clip => clip.Path));
        Assert.Equal(
            ["a/2.mp4", "a/3.mp4", "b/4.mp4"],
            clips.Problems.Where(problem => problem.LeftOut).Select(problem => problem.Path).Order()
        );
        Assert.Contains(
            "class 'b'",
            clips.Problems.First(problem => problem.Path == "a/3.mp4").Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_clip_that_cannot_be_opened_is_left_out_and_named()
    {
        Add("a/1.mp4", "1");
        Add("a/2.mp4", "2");
        Add("b/1.mp4", "3");
        File.CreateSymbolicLink(_folder.File("b/gone.mp4"), _folder.File("nowhere.mp4"));

        ClipFolder folder = ClipFolder.Scan(_folder.Path);

        ClipProblem problem = Assert.Single(folder.Problems);
        Assert.Equal(("b/gone.mp4", true), (problem.Path, problem.LeftOut));
        Assert.Equal(3, folder.Clips.Count);
    }

    [Fact]
    public void What_is_no_clip_is_reported()
    {
        Add("a/1.mp4", "1");
        Add("a/notes.txt", "n");
        Add("a/more/2.mp4", "2");
        Add("loose.mp4", "3");
        Directory.CreateDirectory(_folder.File("empty"));

        string[] reported = [.. ClipFolder.Scan(_folder.Path).Problems.Select(problem => problem.Path)];

        Assert.Equal(["a/more", "a/notes.txt", "empty", "loose.mp4"], reported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_class_and_classes_with_too_few_clips_are_all_named_at_once()
    {
        Add("a/1.mp4", "1");
        Add("b/2.mp4", "2");
        Add("b/3.mp4", "3");
        Directory.CreateDirectory(_folder.File("c"));
        var clips = ClipFolder.Scan(_folder.Path);

        string message = Assert
            .Throws<TaskGrainException>(() => ClipFolder.RequireEnough("f", clips.Classes, clips.Clips, clips.Problems))
            .Message;

        Assert.Contains("'a' has one usable clip", message, StringComparison.Ordinal);
        Assert.Contains("'c' has no usable clip", message, StringComparison.Ordinal);
        Assert.DoesNotContain("'b' has", message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".;", message, StringComparison.Ordinal);
        Assert.Contains(
            "there is one class",
            Assert
                .Throws<TaskGrainException>(() =>
                    ClipFolder.RequireEnough("f", ["a"], [new("a/1", 0), new("a/2", 0)], [])
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_level_for_the_splits_gives_clips_to_learn_from_and_clips_to_measure_with()
    {
        Add("train/wave/1.mp4", "1");
        Add("train/clap/2.mp4", "2");
        Add("validation/wave/3.mp4", "3");
        Add("test/wave/4.mp4", "4");
        Add("test/clap/5.mp4", "2"); // learned from already
        Add("test/only_test/6.mp4", "6");

        var clips = ClipFolder.Scan(_folder.Path);

        Assert.Equal(["clap", "wave"], clips.Classes);
        Assert.Equal(
            [
                new ClassClip("train/clap/2.mp4", 0),
                new ClassClip("train/wave/1.mp4", 1),
                new ClassClip("validation/wave/3.mp4", 1),
            ],
            clips.Clips
        );
        Assert.Equal([new ClassClip("test/wave/4.mp4", 1)], clips.TestClips);
        Assert.Equal(
            ["test/clap/5.mp4", "test/only_test/6.mp4"],
            clips.Problems.Where(problem => problem.LeftOut).Select(problem => problem.Path).Order()
        );
    }

    [Fact]
    public void A_missing_folder_and_one_without_subfolders_are_refused()
    {
        Assert.Throws<TaskGrainException>(() => ClipFolder.Scan(_folder.File("nothing")));
        Add("loose.mp4", "1");
        Assert.Contains(
            "subfolder",
            Assert.Throws<TaskGrainException>(() => ClipFolder.Scan(_folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    private void Add(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        File.WriteAllText(_folder.File(path), content);
    }
}
