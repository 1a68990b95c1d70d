using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Training;
using TaskGrain.Video;

namespace TaskGrain.Tests.Synthesis;

public sealed class SyntheticSetTests
{
    private static readonly SynthesisOptions Few = new()
    {
        Clips = 4,
        Seed = 11,
        Categories = ["Putting [something] into [something]", "Pretending to put [something] into [something]"],
    };

    [Fact]
    public void A_store_holds_every_clip_and_its_annotation_and_can_grow()
    {
        using var folder = new TemporaryFolder();
        var format = new FrameFormat(32, 32, 12);
        DataSet data = SyntheticSet.WriteStore(Few, folder.Path, format);
        Assert.Equal(4, data.Annotations.Count);
        DataSet more = SyntheticSet.WriteStore(Few with { Clips = 6 }, folder.Path, format);
        Assert.Equal(6, more.Annotations.Count);
        using LabelledStore store = LabelledStore.Open(folder.Path);
        Assert.Equal(6, store.Frames.Count);
        DataSet loaded = store.DataSet;
        Assert.Equal(more.Annotations, loaded.Annotations);
        Assert.Equal(2, loaded.Taxonomy.Categories.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(80)]
    public void Every_byte_is_the_same_on_any_number_of_threads_and_after_a_stop(int? jpeg)
    {
        using var folder = new TemporaryFolder();
        SynthesisOptions twelve = Few with { Clips = 12 };
        string[] whole = Write("one", threads: 1, progress: null, default);
        Assert.Equal(whole, Write("three", threads: 3, progress: null, default));

        using var stop = new CancellationTokenSource();
        var progress = new Immediate<WorkProgress>(done =>
        {
            if (done.Done == 5)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Write("stopped", threads: 2, progress, stop.Token));
        using (FrameStore partial = FrameStore.Open(folder.File("stopped")))
        {
            Assert.InRange(partial.Count, 5, 11);
        }

        Assert.Equal(whole, Write("stopped", threads: 2, progress: null, default));

        string[] Write(string name, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel)
        {
            SyntheticSet.WriteStore(
                twelve with
                {
                    Threads = threads,
                },
                folder.File(name),
                new FrameFormat(24, 24, 4),
                new FrameCompression(jpeg),
                progress,
                cancel
            );

            // The data set is named after its folder.
            return
            [
                .. Directory
                    .GetFiles(folder.File(name))
                    .Order(StringComparer.Ordinal)
                    .Where(file => Path.GetFileName(file) != "dataset.json")
                    .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
                .. LabelledStore.ReadAnnotations(folder.File(name)).Annotations.Select(clip => $"{clip}"),
            ];
        }
    }

    [Fact]
    public void A_folder_of_another_seed_is_refused()
    {
        using var folder = new TemporaryFolder();
        var format = new FrameFormat(16, 16, 12);
        SyntheticSet.WriteStore(Few with { Clips = 1 }, folder.Path, format);
        var fault = Assert.Throws<TaskGrainException>(() =>
            SyntheticSet.WriteStore(Few with { Seed = 12 }, folder.Path, format)
        );
        Assert.Contains("seed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_run_left_half_written_is_deleted()
    {
        using var folder = new TemporaryFolder();
        const string Left = "1.webm.17-0123456789abcdef0123456789abcdef.tmp";
        Directory.CreateDirectory(folder.File("set/ground-truth"));
        Directory.CreateDirectory(folder.File("store"));
        string[] left =
        [
            folder.File($"set/{Left}"),
            folder.File($"set/ground-truth/{Left}"),
            folder.File($"store/{Left}"),
        ];
        Array.ForEach(left, file => File.WriteAllText(file, "half"));

        SyntheticSet.WriteFolder(Few with { Clips = 1 }, folder.File("set"));
        SyntheticSet.WriteStore(Few with { Clips = 1 }, folder.File("store"), new FrameFormat(16, 16, 2));

        Assert.All(left, file => Assert.False(File.Exists(file)));
        Assert.True(File.Exists(folder.File("set/1.webm")));
    }

    [Fact]
    public void The_official_layout_is_read_back_without_a_problem()
    {
        using var folder = new TemporaryFolder();
        DataSet written = SyntheticSet.WriteFolder(
            Few with
            {
                ValidationShare = 0.3,
                TestShare = 0.3,
                Clips = 8,
            },
            folder.Path
        );
        DataSet read = DataSet.Open(folder.Path);
        Assert.Empty(read.Problems);
        Assert.Equal(
            written.Annotations.Where(a => a.Split != Split.Test).Select(a => (a.Id, a.Split, a.Label)),
            read.Annotations.Where(a => a.Split != Split.Test).Select(a => (a.Id, a.Split, a.Label))
        );
        Assert.Equal(
            written.Annotations.Select(a => (a.Id, written.Taxonomy.Categories[a.Category])),
            read.Annotations.Select(a => (a.Id, read.Taxonomy.Categories[a.Category]))
        );
        VideoFrames frames = VideoReader.Read(read.MediaPath(read.Annotations[0]), FrameFormat.Paper);
        Assert.InRange(frames.Count, 24, 72);
    }
}
