using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Tests.Transfer.Features;

public sealed class FeatureStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(nameof(FeatureType.Float32))]
    [InlineData(nameof(FeatureType.Float16))]
    public void What_was_written_is_read(string name)
    {
        FeatureType type = Enum.Parse<FeatureType>(name);
        Write(3, type: type);
        using var store = FeatureStore.Open(_folder.Path);

        Assert.Equal(["clip0", "clip1", "clip2"], store.Entries.Select(entry => entry.Id));
        Assert.True(store.TryIndexOf("clip1", out int index));
        FeatureSequence expected = Vectors(1);
        FeatureSequence found = store.Read(index);
        Assert.Equal((expected.Steps, expected.Dimension), (found.Steps, found.Dimension));
        if (type == FeatureType.Float32)
        {
            Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        }
        else
        {
            Assert.All(
                expected.Values.ToArray().Zip(found.Values.ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 2e-3f)
            );
        }

        Assert.Equal((Split.Train, "class1"), (store.Entries[1].Split, store.Entries[1].Label));
    }

    [Fact]
    public void A_store_goes_on_where_a_kill_left_it()
    {
        Write(2);
        byte[] whole = Bytes("index.jsonl");
        File.AppendAllText(_folder.File("index.jsonl"), """{"id":"clip2","steps":4,"off"""); // torn line
        File.AppendAllText(_folder.File("vectors.bin"), "half a clip");

        using (FeatureStore torn = FeatureStore.Open(_folder.Path))
        {
            Assert.Equal(2, torn.Entries.Count);
        }

        using (var writer = FeatureStoreWriter.OpenOrCreate(_folder.Path, Info()))
        {
            Assert.True(writer.Contains("clip1"));
            Assert.False(writer.Contains("clip2"));
            writer.Append(Entry(2), Vectors(2));
        }

        using var store = FeatureStore.Open(_folder.Path);
        Assert.Equal(Vectors(2).Values.ToArray(), store.Read(2).Values.ToArray());
        Assert.Equal(whole, Bytes("index.jsonl")[..whole.Length]);
    }

    /// <summary>
    /// A kill leaves the files cut at some moment of this sequence: vectors written, the index in part. Every such
    /// state opens with the clips committed before and is gone on from.
    /// </summary>
    [Fact]
    public void A_store_cut_off_at_any_byte_of_its_last_writes_opens_and_goes_on()
    {
        Write(2);
        byte[] index = Bytes("index.jsonl");
        byte[] vectors = Bytes("vectors.bin");
        Append();
        byte[] laterIndex = Bytes("index.jsonl");
        byte[] laterVectors = Bytes("vectors.bin");

        for (int cut = vectors.Length; cut < laterVectors.Length; cut++)
        {
            GoOn(index, laterVectors[..cut]);
        }

        for (int cut = index.Length; cut < laterIndex.Length; cut++)
        {
            GoOn(laterIndex[..cut], laterVectors);
        }

        void GoOn(byte[] indexBytes, byte[] vectorBytes)
        {
            File.WriteAllBytes(_folder.File("index.jsonl"), indexBytes);
            File.WriteAllBytes(_folder.File("vectors.bin"), vectorBytes);
            using (FeatureStore store = FeatureStore.Open(_folder.Path))
            {
                Assert.Equal(["clip0", "clip1"], store.Entries.Select(entry => entry.Id));
                Assert.Equal(Vectors(1).Values.ToArray(), store.Read(1).Values.ToArray());
            }

            Append();
            Assert.Equal(laterIndex, Bytes("index.jsonl"));
            Assert.Equal(laterVectors, Bytes("vectors.bin"));
        }

        void Append()
        {
            using var writer = FeatureStoreWriter.OpenOrCreate(_folder.Path, Info());
            writer.Append(Entry(2), Vectors(2));
        }
    }

    [Fact]
    public void Only_what_is_committed_is_there_for_readers()
    {
        using var writer = FeatureStoreWriter.OpenOrCreate(_folder.Path, Info());
        writer.Append(Entry(0), Vectors(0));
        writer.Commit();
        writer.Append(Entry(1), Vectors(1));

        using FeatureStore store = FeatureStore.Open(_folder.Path);
        Assert.Equal(["clip0"], store.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void A_header_with_impossible_numbers_is_damage()
    {
        Write(1);
        string header = File.ReadAllText(_folder.File("features.json"));
        foreach (string wrong in (string[])["\"dimension\": 0", "\"dimension\": -3"])
        {
            File.WriteAllText(
                _folder.File("features.json"),
                header.Replace("\"dimension\": 3", wrong, StringComparison.Ordinal)
            );
            Assert.Contains(
                "features.json is damaged",
                Assert.Throws<TaskGrainException>(() => FeatureStore.Open(_folder.Path)).Message
            );
        }
    }

    [Fact]
    public void Features_of_another_source_are_never_mixed_in()
    {
        Write(1);

        var fault = Assert.Throws<TaskGrainException>(() =>
            FeatureStoreWriter.OpenOrCreate(_folder.Path, Info() with { Identity = "other" })
        );
        Assert.Contains("features of another source", fault.Message, StringComparison.Ordinal);
        Assert.Throws<TaskGrainException>(() =>
            FeatureStoreWriter.OpenOrCreate(_folder.Path, Info(), FeatureType.Float16)
        );
        using (FeatureStoreWriter.OpenOrCreate(_folder.Path, Info()))
        {
            // The refusals above left nothing locked.
        }
    }

    [Fact]
    public void A_folder_of_other_things_gets_no_features()
    {
        File.WriteAllText(_folder.File("store.json"), "a frame store");

        var fault = Assert.Throws<TaskGrainException>(() => FeatureStoreWriter.OpenOrCreate(_folder.Path, Info()));

        Assert.Contains("holds other things, such as 'store.json'", fault.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_flipped_bit_is_found_and_the_clip_named()
    {
        Write(2);
        byte[] data = Bytes("vectors.bin");
        data[^3] ^= 4;
        File.WriteAllBytes(_folder.File("vectors.bin"), data);
        using var store = FeatureStore.Open(_folder.Path);

        store.Read(0);
        Assert.Contains(
            "clip1",
            Assert.Throws<TaskGrainException>(() => store.Read(1)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_changed_label_is_found_too()
    {
        Write(1);
        string index = File.ReadAllText(_folder.File("index.jsonl"));
        File.WriteAllText(_folder.File("index.jsonl"), index.Replace("class0", "class9", StringComparison.Ordinal));
        using var store = FeatureStore.Open(_folder.Path);

        Assert.Throws<TaskGrainException>(() => store.Read(0));
    }

    [Fact]
    public void A_damaged_line_a_short_file_and_a_missing_store_are_told_apart()
    {
        Write(2);
        string index = File.ReadAllText(_folder.File("index.jsonl"));
        File.WriteAllText(_folder.File("index.jsonl"), "x" + index[1..]);
        Assert.Contains(
            "line 1",
            Assert.Throws<TaskGrainException>(() => FeatureStore.Open(_folder.Path)).Message,
            StringComparison.Ordinal
        );

        File.WriteAllText(_folder.File("index.jsonl"), index);
        File.WriteAllBytes(_folder.File("vectors.bin"), Bytes("vectors.bin")[..^8]);
        Assert.Contains(
            "ends before",
            Assert.Throws<TaskGrainException>(() => FeatureStore.Open(_folder.Path)).Message,
            StringComparison.Ordinal
        );

        Assert.Contains(
            "there is no feature store here",
            Assert.Throws<TaskGrainException>(() => FeatureStore.Open(_folder.File("nothing"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_one_writer_at_a_time()
    {
        using var writer = FeatureStoreWriter.OpenOrCreate(_folder.Path, Info());

        Assert.Contains(
            "another process is writing this feature store",
            Assert.Throws<TaskGrainException>(() => FeatureStoreWriter.OpenOrCreate(_folder.Path, Info())).Message,
            StringComparison.Ordinal
        );
    }

    internal static FeatureSourceInfo Info(string identity = "one", int dimension = 3) =>
        new()
        {
            Kind = FeatureSourceKind.Encoder,
            Description = $"source {identity}",
            Identity = identity,
            Dimension = dimension,
            VectorsPerSecond = 12,
            Frames = FrameFormat.Paper,
        };

    private static FeatureEntry Entry(int clip) =>
        new()
        {
            Id = $"clip{clip}",
            Split = Split.Train,
            Label = $"class{clip}",
            Content = "abc",
        };

    private static FeatureSequence Vectors(int clip)
    {
        var random = new SeededRandom((ulong)clip);
        int steps = 4 + clip;
        return new FeatureSequence(
            [.. Enumerable.Range(0, steps * 3).Select(_ => (float)random.NextGaussian())],
            steps,
            3
        );
    }

    private void Write(int clips, FeatureType type = FeatureType.Float32)
    {
        using var writer = FeatureStoreWriter.OpenOrCreate(_folder.Path, Info(), type);
        for (int i = 0; i < clips; i++)
        {
            writer.Append(Entry(i), Vectors(i));
        }
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(_folder.File(name));
}
