using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class ClassFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_level_for_the_splits_is_kept()
    {
        Files(
            "train/pouring/a.mp4",
            "train/pouring/b.WEBM",
            "train/lifting/c.avi",
            "val/pouring/d.mkv",
            "Testing/lifting/e.mov"
        );
        DataSet data = DataSet.Open(_folder.Path);
        Assert.Empty(data.Problems);
        Assert.Equal(["lifting", "pouring"], data.Taxonomy.Categories);
        Assert.Equal(data.Taxonomy.Categories, data.Taxonomy.Groups);
        Assert.Equal(
            [
                "train/lifting/c.avi",
                "train/pouring/a.mp4",
                "train/pouring/b.WEBM",
                "val/pouring/d.mkv",
                "Testing/lifting/e.mov",
            ],
            data.Annotations.Select(a => a.Media!)
                .OrderBy(m =>
                    m.StartsWith("train", StringComparison.Ordinal) ? 0
                    : m.StartsWith("val", StringComparison.Ordinal) ? 1
                    : 2
                )
                .ThenBy(m => m, StringComparer.Ordinal)
        );
        Assert.All(data.Annotations, a => Assert.Equal(a.Media!.Split('/')[1], data.Taxonomy.Categories[a.Category]));
        Assert.Equal(
            [Split.Train, Split.Train, Split.Train, Split.Validation, Split.Test],
            data.Annotations.Select(a => a.Split)
        );
    }

    [Fact]
    public void Without_that_level_every_class_is_divided_alike_and_always_the_same_way()
    {
        for (int i = 0; i < 20; i++)
        {
            Files($"pouring/{i}.mp4", $"lifting/{i}.mp4");
        }

        DataSet data = DataSet.Open(_folder.Path);
        foreach (int category in new[] { 0, 1 })
        {
            Assert.Equal((14, 3, 3), Counts(data, category));
        }

        Assert.Equal(Division(data), Division(DataSet.Open(_folder.Path)));
        Assert.NotEqual(Division(data), Division(DataSet.Open(_folder.Path, new DataSetOptions { SplitSeed = 2 })));
    }

    [Fact]
    public void Adding_a_clip_moves_few_others()
    {
        for (int i = 0; i < 40; i++)
        {
            Files($"pouring/{i}.mp4");
        }

        Dictionary<string, Split> before = DataSet.Open(_folder.Path).Annotations.ToDictionary(a => a.Id, a => a.Split);
        Files("pouring/new.mp4");
        int moved = DataSet
            .Open(_folder.Path)
            .Annotations.Count(a => before.TryGetValue(a.Id, out Split split) && split != a.Split);
        Assert.InRange(moved, 0, 3);
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(5, 5, 0, 0)]
    [InlineData(6, 4, 1, 1)]
    [InlineData(10, 6, 2, 2)]
    public void A_very_small_class_keeps_all_its_clips_for_training(int clips, int train, int validation, int test)
    {
        for (int i = 0; i < clips; i++)
        {
            Files($"pouring/{i}.mp4");
        }

        Assert.Equal((train, validation, test), Counts(DataSet.Open(_folder.Path), 0));
    }

    [Fact]
    public void Training_always_keeps_a_clip()
    {
        Files("pouring/1.mp4", "pouring/2.mp4");
        var options = new DataSetOptions
        {
            SmallestSplitClass = 1,
            ValidationShare = 0.45,
            TestShare = 0.45,
        };
        Assert.Contains(DataSet.Open(_folder.Path, options).Annotations, a => a.Split == Split.Train);
    }

    [Fact]
    public void Folders_of_frames_are_clips_and_odd_names_are_fine()
    {
        Files("pouring/clip one/00001.jpg", "pouring/clip one/00002.jpg", "lifting/it's; 100% [ok], é.mp4");
        DataSet data = DataSet.Open(_folder.Path);
        Assert.Empty(data.Problems);
        Assert.Equal(
            ["lifting/it's; 100% [ok], é.mp4", "pouring/clip one"],
            data.Annotations.Select(a => a.Id).Order(StringComparer.Ordinal)
        );
        Assert.All(data.Annotations, a => Assert.True(Path.Exists(data.MediaPath(a))));
    }

    [Fact]
    public void A_class_called_train_is_a_class()
    {
        Files("train/a.mp4", "car/b.mp4");
        Assert.Equal(["car", "train"], DataSet.Open(_folder.Path).Taxonomy.Categories);
    }

    [Fact]
    public void Everything_that_is_no_clip_is_named()
    {
        Files(
            "pouring/a.mp4",
            "pouring/notes.txt",
            "pouring/deeper/b.mp4",
            "loose.mp4",
            ".hidden/c.mp4",
            "pouring/.DS_Store"
        );
        File.WriteAllText(_folder.File("pouring/empty.mp4"), "");
        Directory.CreateDirectory(_folder.File("lifting"));
        DataSet data = DataSet.Open(_folder.Path);

        Assert.Equal(["pouring/a.mp4"], data.Annotations.Select(a => a.Id));
        Assert.Equal(1, data.LeftOut);
        Assert.Equal(
            [
                ("lifting", DataProblemKind.ClassBalance),
                ("loose.mp4", DataProblemKind.StrayFile),
                ("pouring/deeper", DataProblemKind.StrayFile),
                ("pouring/empty.mp4", DataProblemKind.EmptyMedia),
                ("pouring/notes.txt", DataProblemKind.StrayFile),
            ],
            data.Problems.Select(p => (p.File, p.Kind)).OrderBy(p => p.File, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Kitchenware_classes_keep_their_groups()
    {
        Files(
            "train/Using a fork to pick something up/a.mp4",
            "train/Pretending to use a fork to pick something up/b.mp4",
            "test/Doing other things/c.mp4"
        );
        Taxonomy taxonomy = DataSet.Open(_folder.Path).Taxonomy;
        Assert.Equal(
            [
                "Using a fork to pick something up",
                "Pretending to use a fork to pick something up",
                "Doing other things",
            ],
            taxonomy.Categories
        );
        Assert.Equal(["Fork", "Other things"], taxonomy.Groups);
    }

    [Fact]
    public void A_folder_that_is_no_data_set_says_what_was_found_and_what_is_supported()
    {
        string missing = Assert.Throws<TaskGrainException>(() => DataSet.Open(_folder.File("nowhere"))).Message;
        Assert.Contains("no folder", missing, StringComparison.Ordinal);
        Assert.Contains(
            "it is empty",
            Assert.Throws<TaskGrainException>(() => DataSet.Open(_folder.Path)).Message,
            StringComparison.Ordinal
        );

        Files("a.mp4", "b.mp4");
        string loose = Assert.Throws<TaskGrainException>(() => DataSet.Open(_folder.Path)).Message;
        Assert.Contains("2 video files lie loose", loose, StringComparison.Ordinal);
        Assert.Contains("Something-Something V2", loose, StringComparison.Ordinal);
        Assert.Contains(
            "is a file",
            Assert.Throws<TaskGrainException>(() => DataSet.Open(_folder.File("a.mp4"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Options_that_cannot_be_are_all_named()
    {
        string message = Assert
            .Throws<TaskGrainException>(() =>
                DataSet.Open(
                    _folder.Path,
                    new DataSetOptions
                    {
                        ValidationShare = 0.6,
                        TestShare = 0.6,
                        SmallestSplitClass = 0,
                    }
                )
            )
            .Message;
        Assert.Contains("ValidationShare", message, StringComparison.Ordinal);
        Assert.Contains("SmallestSplitClass", message, StringComparison.Ordinal);
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

    private static string Division(DataSet data) =>
        string.Join(' ', data.Annotations.OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => (int)a.Split));

    private static (int Train, int Validation, int Test) Counts(DataSet data, int category)
    {
        int Of(Split split) => data.Of(split).Count(a => a.Category == category);
        return (Of(Split.Train), Of(Split.Validation), Of(Split.Test));
    }
}
