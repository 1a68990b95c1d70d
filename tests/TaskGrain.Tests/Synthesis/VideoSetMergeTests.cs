using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Synthesis;

/// <summary>Parts of a folder of videos, made once for all tests: encoding is what takes time.</summary>
public sealed class VideoSetMergeTests(VideoSetMergeTests.Made made)
    : IClassFixture<VideoSetMergeTests.Made>,
        IDisposable
{
    /// <summary>Each split has at least one of the clips.</summary>
    private static readonly SynthesisOptions Four = new()
    {
        Clips = 4,
        Seed = 5,
        Categories = ["Putting [something] into [something]", "Pretending to put [something] into [something]"],
        ValidationShare = 0.3,
        TestShare = 0.3,
        Threads = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_joined_in_any_order_are_the_whole_byte_for_byte()
    {
        Assert.Equal(4, VideoSetMerge.Run([made.Part(2), made.Part(1)], _folder.File("joined")));

        SameFiles(made.Whole, _folder.File("joined"));
        DataSet data = DataSet.Open(_folder.File("joined"));
        Assert.Empty(data.Problems);
        Assert.All(Enum.GetValues<Split>(), split => Assert.NotEmpty(data.Of(split)));
    }

    [Fact]
    public void A_part_is_a_data_set_of_its_own_clips_and_is_gone_on_with_after_a_stop()
    {
        Assert.Equal(["1", "3"], DataSet.Open(made.Part(1)).Annotations.Select(clip => clip.Id).Order());

        // As a killed run leaves it: a video is missing, and the part is not finished.
        string part = Copy(made.Part(1), "part");
        File.Delete(Path.Combine(part, "3.webm"));
        File.Delete(Path.Combine(part, "ground-truth/3.json"));
        EditPart(part, "true", "false");
        Refused("is not finished", part, made.Part(2));

        SyntheticSet.WriteFolderPart(Four, part, new StorePart(1, 2), null, default);

        SameFiles(made.Part(1), part);
    }

    [Fact]
    public void An_interrupted_joining_goes_on_and_a_clip_that_was_cut_short_is_mended()
    {
        string joined = Copy(made.Whole, "joined");
        File.Delete(Path.Combine(joined, "something-something-v2-train.json"));
        File.Delete(Path.Combine(joined, "2.webm"));
        File.WriteAllBytes(Path.Combine(joined, "3.webm"), [1, 2, 3]);

        VideoSetMerge.Run([made.Part(1), made.Part(2)], joined);

        SameFiles(made.Whole, joined);
    }

    [Fact]
    public void Damaged_and_missing_clips_are_named()
    {
        string damaged = Copy(made.Part(2), "damaged");
        byte[] video = File.ReadAllBytes(Path.Combine(damaged, "4.webm"));
        File.WriteAllBytes(Path.Combine(damaged, "4.webm"), video[..^1]);
        Refused("clip '4' is damaged; delete", made.Part(1), damaged);

        File.WriteAllBytes(Path.Combine(damaged, "4.webm"), video);
        File.Delete(Path.Combine(damaged, "ground-truth/4.json"));
        Refused("clip '4' is damaged; delete", made.Part(1), damaged);

        File.Delete(Path.Combine(damaged, "4.webm"));
        Refused("1 clips of the part are missing, such as '4'", made.Part(1), damaged);

        string list = Path.Combine(Copy(made.Part(2), "list"), "something-something-v2-train.json");
        File.WriteAllText(list, "[{\"id\":");
        Refused("something-something-v2-train.json is damaged", made.Part(1), _folder.File("list"));
        File.Delete(list);
        Refused("something-something-v2-train.json is missing", made.Part(1), _folder.File("list"));
        File.WriteAllText(list, "[]");
        Refused("4 clips are in the parts and", made.Part(1), _folder.File("list"));
    }

    [Fact]
    public void Parts_of_other_settings_and_folders_of_other_videos_are_refused()
    {
        string other = Copy(made.Part(2), "other");
        string recipe = Path.Combine(other, "generator.json");
        File.WriteAllText(
            recipe,
            File.ReadAllText(recipe).Replace("\"seed\": 5", "\"seed\": 6", StringComparison.Ordinal)
        );
        Refused("generator.json: differs from that of", made.Part(1), other);
        Refused("are both part 1 of 2", made.Part(1), made.Part(1));

        Directory.CreateDirectory(_folder.File("joined"));
        File.WriteAllText(_folder.File("joined/1.webm"), "somebody's");
        Refused("holds videos that were not generated", made.Part(1), made.Part(2));
        Assert.Equal("somebody's", File.ReadAllText(_folder.File("joined/1.webm")));
        Assert.Contains(
            "holds part 1/2, not a whole set of clips",
            Assert.Throws<TaskGrainException>(() => SyntheticSet.WriteFolder(Four, made.Part(1))).Message,
            StringComparison.Ordinal
        );
    }

    private static void EditPart(string folder, string old, string changed)
    {
        string file = Path.Combine(folder, PartFile.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, changed, StringComparison.Ordinal));
    }

    private static void SameFiles(string one, string other)
    {
        Assert.Equal(Names(one), Names(other));
        Assert.All(
            Names(one),
            name =>
                Assert.True(
                    File.ReadAllBytes(Path.Combine(one, name))
                        .AsSpan()
                        .SequenceEqual(File.ReadAllBytes(Path.Combine(other, name))),
                    $"{name} differs"
                )
        );
    }

    private static string[] Names(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Order(StringComparer.Ordinal),
        ];

    private string Copy(string folder, string name)
    {
        foreach (string file in Names(folder))
        {
            string to = Path.Combine(_folder.File(name), file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(folder, file), to);
        }

        return _folder.File(name);
    }

    private void Refused(string words, params string[] parts) =>
        Assert.Contains(
            words,
            Assert.Throws<TaskGrainException>(() => VideoSetMerge.Run(parts, _folder.File("joined"))).Message,
            StringComparison.Ordinal
        );

    /// <summary>The whole, made in one piece, and its two parts.</summary>
    public sealed class Made : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Made()
        {
            SyntheticSet.WriteFolder(Four, Whole);
            SyntheticSet.WriteFolderPart(Four, Part(1), new StorePart(1, 2), null, default);
            SyntheticSet.WriteFolderPart(Four, Part(2), new StorePart(2, 2), null, default);
        }

        public string Whole => _folder.File("whole");

        public string Part(int number) => _folder.File($"part{number}");

        public void Dispose() => _folder.Dispose();
    }
}
