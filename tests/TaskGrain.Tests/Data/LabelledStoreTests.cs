using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Video;
using TaskGrain.Video;

namespace TaskGrain.Tests.Data;

public sealed class LabelledStoreTests : IDisposable
{
    private static readonly PackOptions Options = new() { Format = new FrameFormat(16, 16, 12), Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_packed_store_opens_with_its_labels_and_takes_corrected_ones()
    {
        DataSet data = Clips("mine", "red", 4);
        PackReport first = LabelledStore.Pack(data, Store, Options);
        var corrected = new DataSet(
            data.Name,
            data.Taxonomy,
            [.. data.Annotations.Select((a, i) => i == 0 ? a with { Category = 1 } : a)],
            folder: data.Folder
        );
        PackReport second = LabelledStore.Pack(corrected, Store, Options);

        using LabelledStore store = LabelledStore.Open(Store);
        Assert.Equal((4, 0), (first.Added, first.AlreadyThere));
        Assert.Equal((0, 4), (second.Added, second.AlreadyThere));
        Assert.Equal(corrected.Annotations, store.DataSet.Annotations);
        Assert.Equal(4, store.Frames.Count);
    }

    [Fact]
    public void Another_data_set_with_the_same_ids_is_refused_and_changes_nothing()
    {
        DataSet data = Clips("mine", "red", 3);
        LabelledStore.Pack(data, Store, Options);
        byte[] labels = File.ReadAllBytes(Path.Combine(Store, "dataset.json"));

        string message = Assert
            .Throws<TaskGrainException>(() => LabelledStore.Pack(Clips("other", "blue", 4), Store, Options))
            .Message;

        Assert.Contains(
            "of 3 clips that both have, 3 have other files, such as 'lift/1.avi'",
            message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(Store, message, StringComparison.Ordinal);
        Assert.Equal(labels, File.ReadAllBytes(Path.Combine(Store, "dataset.json")));
        using LabelledStore store = LabelledStore.Open(Store);
        Assert.Equal(3, store.Frames.Count);
    }

    [Fact]
    public void A_moved_data_set_that_has_grown_is_added_to()
    {
        LabelledStore.Pack(Clips("mine", "red", 3), Store, Options);
        Clips("mine", "red", 5);
        Directory.Move(_folder.File("mine"), _folder.File("moved"));

        PackReport report = LabelledStore.Pack(DataSet.Open(_folder.File("moved")), Store, Options);

        Assert.Equal((2, 3), (report.Added, report.AlreadyThere));
    }

    [Fact]
    public void One_clip_that_was_replaced_is_left_out_and_named()
    {
        DataSet data = Clips("mine", "red", 4);
        LabelledStore.Pack(data, Store, Options);
        Clip(_folder.File("mine/pour/2.avi"), "blue", 99);

        PackReport report = LabelledStore.Pack(data, Store, Options);

        PackFailure failure = Assert.Single(report.Failures);
        Assert.Equal("pour/2.avi", failure.Id);
        Assert.Equal((4, 3), (report.Asked, report.AlreadyThere));
        using LabelledStore store = LabelledStore.Open(Store);
        Assert.DoesNotContain(store.DataSet.Annotations, a => a.Id == "pour/2.avi");
        Assert.Equal((3, 1), (store.DataSet.Annotations.Count, store.DataSet.LeftOut));
    }

    [Fact]
    public void Where_the_files_are_not_known_most_labels_must_agree()
    {
        DataSet data = Clips("mine", "red", 4);
        LabelledStore.Pack(data, Store, Options);
        File.Delete(Path.Combine(Store, "sources.json"));
        var turned = new DataSet(
            data.Name,
            data.Taxonomy,
            [.. data.Annotations.Select(a => a with { Category = 1 - a.Category })],
            folder: data.Folder
        );

        string message = Assert.Throws<TaskGrainException>(() => LabelledStore.Pack(turned, Store, Options)).Message;
        Assert.Contains("4 have other labels", message, StringComparison.Ordinal);
        Assert.Equal(4, LabelledStore.Pack(data, Store, Options).AlreadyThere);
    }

    [Fact]
    public void A_store_of_generated_clips_and_one_of_videos_are_not_mixed()
    {
        var few = new SynthesisOptions
        {
            Clips = 2,
            Seed = 3,
            Categories = ["Putting [something] into [something]", "Pretending to put [something] into [something]"],
        };
        DataSet generated = SyntheticSet.WriteStore(few, Store, Options.Format);
        Clip(_folder.File("1.avi"), "red", 1);
        var foreign = new DataSet(
            "foreign",
            Taxonomy.Flat(["wave"]),
            [
                .. generated.Annotations.Select(a => new Annotation
                {
                    Id = a.Id,
                    Split = a.Split,
                    Media = "1.avi",
                    Category = 0,
                }),
            ],
            folder: _folder.Path
        );
        LabelledStore.Pack(Clips("mine", "red", 2), _folder.File("videos"), Options);

        Assert.Contains(
            "other labels",
            Assert.Throws<TaskGrainException>(() => LabelledStore.Pack(foreign, Store, Options)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not generated",
            Assert
                .Throws<TaskGrainException>(() => SyntheticSet.WriteStore(few, _folder.File("videos"), Options.Format))
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Packing_that_is_stopped_leaves_a_store_with_labels()
    {
        DataSet data = Clips("mine", "red", 2);
        using var stop = new CancellationTokenSource();
        var stopping = new StopAfterFirst(stop);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            LabelledStore.Pack(data, Store, Options, stopping, stop.Token)
        );

        using LabelledStore store = LabelledStore.Open(Store);
        Assert.Equal(data.Annotations, store.DataSet.Annotations);
    }

    private string Store => _folder.File("store");

    /// <summary>Clips in two classes, named by their number; the same colour and number give the same file.</summary>
    private DataSet Clips(string name, string colour, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Clip(_folder.File($"{name}/{(i % 2 == 0 ? "pour" : "lift")}/{i}.avi"), colour, i);
        }

        return DataSet.Open(_folder.File(name));
    }

    private static void Clip(string path, string colour, int number)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FfmpegProgram.Run(
            "-y",
            "-f",
            "lavfi",
            "-i",
            $"color=c={colour}:size=16x16:rate=12:duration=0.5,noise=alls=20:allf=t:all_seed={number + 1}",
            "-c:v",
            "mpeg4",
            "-flags",
            "+bitexact",
            "-fflags",
            "+bitexact",
            path
        );
    }

    private sealed class StopAfterFirst(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == "packing")
            {
                stop.Cancel();
            }
        }
    }
}
