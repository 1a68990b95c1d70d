using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class FrameStoreWriterTests
{
    [Fact]
    public void A_store_is_added_to()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 2).Dispose();
        using (FrameStoreWriter writer = Open(folder))
        {
            Assert.True(writer.Contains("clip1"));
            Assert.Contains(
                "already",
                Assert.Throws<TaskGrainException>(() => writer.Append("clip1", SomeFrames.Noise(1))).Message,
                StringComparison.Ordinal
            );
            writer.Append("ünïcode 動画/1", SomeFrames.Noise(77, 2, warning: "a doubt"));
            Assert.Equal(3, writer.Count);
        }

        using FrameStore store = FrameStore.Open(folder.Path);
        Assert.Equal(["clip0", "clip1", "ünïcode 動画/1"], store.Ids);
        Assert.True(store.Read(2).Pixels.Span.SequenceEqual(SomeFrames.Noise(77, 2).Pixels.Span));
        Assert.Equal("a doubt", store.Warning(2));
        Assert.Null(store.Warning(0));
    }

    [Fact]
    public void Only_what_is_committed_is_there_for_readers()
    {
        using var folder = new TemporaryFolder();
        using FrameStoreWriter writer = Open(folder);
        writer.Append("a", SomeFrames.Noise(1));
        writer.Commit();
        writer.Append("b", SomeFrames.Noise(2));
        using FrameStore store = FrameStore.Open(folder.Path);
        Assert.Equal(["a"], store.Ids);
    }

    /// <summary>
    /// A kill leaves the files cut at some moment of this sequence: frames written, index written in part. Every such
    /// state opens with the clips committed before and is gone on from.
    /// </summary>
    [Fact]
    public void A_store_cut_off_at_any_byte_of_its_last_writes_opens_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 3).Dispose();
        byte[] index = File.ReadAllBytes(folder.File("index.bin"));
        byte[] shard = File.ReadAllBytes(folder.File("frames-00000.bin"));
        using (FrameStoreWriter writer = Open(folder))
        {
            writer.Append("new", SomeFrames.Noise(9));
        }

        byte[] laterIndex = File.ReadAllBytes(folder.File("index.bin"));
        byte[] laterShard = File.ReadAllBytes(folder.File("frames-00000.bin"));

        for (int cut = shard.Length; cut < laterShard.Length; cut += 997)
        {
            GoOn(index, laterShard[..cut]);
        }

        for (int cut = index.Length; cut < laterIndex.Length; cut++)
        {
            GoOn(laterIndex[..cut], laterShard);
        }

        void GoOn(byte[] indexBytes, byte[] shardBytes)
        {
            File.WriteAllBytes(folder.File("index.bin"), indexBytes);
            File.WriteAllBytes(folder.File("frames-00000.bin"), shardBytes);
            using (FrameStore store = FrameStore.Open(folder.Path))
            {
                Assert.Equal(["clip0", "clip1", "clip2"], store.Ids);
                Assert.Empty(store.Verify());
            }

            using (FrameStoreWriter writer = Open(folder))
            {
                Assert.False(writer.Contains("new"));
                writer.Append("new", SomeFrames.Noise(9));
            }

            Assert.Equal(laterIndex, File.ReadAllBytes(folder.File("index.bin")));
            Assert.Equal(laterShard, File.ReadAllBytes(folder.File("frames-00000.bin")));
        }
    }

    [Fact]
    public void Shards_stay_below_their_size_unless_one_clip_is_larger()
    {
        using var folder = new TemporaryFolder();
        long size = SomeFrames.Format.BytesPerFrame * 10;
        for (int part = 0; part < 2; part++)
        {
            using FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(
                folder.Path,
                SomeFrames.Format,
                FrameCompression.Raw,
                size
            );
            for (int i = 0; i < 4; i++)
            {
                writer.Append($"{part}-{i}", SomeFrames.Noise((ulong)i, i == 2 ? 12 : 4));
            }
        }

        using FrameStore store = FrameStore.Open(folder.Path);
        Assert.Equal(8, store.Count);
        Assert.Empty(store.Verify());
        FileInfo[] shards = new DirectoryInfo(folder.Path).GetFiles("frames-*.bin");
        Assert.InRange(shards.Length, 4, 8);
        Assert.All(
            shards,
            shard => Assert.True(shard.Length <= size || shard.Length == SomeFrames.Format.BytesPerFrame * 12)
        );
    }

    [Fact]
    public void Another_format_or_compression_is_refused()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 1).Dispose();
        Assert.Contains(
            "20×16",
            Fault(SomeFrames.Format with { Width = 21 }, FrameCompression.Raw),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "12 frames/s",
            Fault(SomeFrames.Format with { FramesPerSecond = 15 }, FrameCompression.Raw),
            StringComparison.Ordinal
        );
        Assert.Contains("raw", Fault(SomeFrames.Format, FrameCompression.Jpeg()), StringComparison.Ordinal);
        Assert.Contains("101", Fault(SomeFrames.Format, FrameCompression.Jpeg(101)), StringComparison.Ordinal);

        using FrameStoreWriter writer = Open(folder);
        FrameFormat other = new(8, 8, 12);
        Assert.Throws<TaskGrainException>(() => writer.Append("x", SomeFrames.Noise(1, 1, other)));
        Assert.Throws<TaskGrainException>(() => writer.Append(new string('x', 1025), SomeFrames.Noise(1)));

        string Fault(FrameFormat format, FrameCompression compression) =>
            Assert
                .Throws<TaskGrainException>(() => FrameStoreWriter.OpenOrCreate(folder.Path, format, compression))
                .Message;
    }

    [Fact]
    public void A_second_writer_is_refused_while_the_first_is_open()
    {
        using var folder = new TemporaryFolder();
        using (Open(folder))
        {
            Assert.Contains(
                "another process",
                Assert.Throws<TaskGrainException>(() => Open(folder)).Message,
                StringComparison.Ordinal
            );
        }

        Open(folder).Dispose();
    }

    [Fact]
    public void Threads_append_at_once()
    {
        using var folder = new TemporaryFolder();
        using (FrameStoreWriter writer = Open(folder))
        {
            Parallel.For(0, 100, i => writer.Append($"{i}", SomeFrames.Noise((ulong)i)));
        }

        using FrameStore store = FrameStore.Open(folder.Path);
        Assert.Equal(100, store.Count);
        Assert.Empty(store.Verify());
        Assert.True(store.TryIndexOf("42", out int index));
        Assert.True(store.Read(index).Pixels.Span.SequenceEqual(SomeFrames.Noise(42).Pixels.Span));
    }

    private static FrameStoreWriter Open(TemporaryFolder folder) =>
        FrameStoreWriter.OpenOrCreate(folder.Path, SomeFrames.Format, FrameCompression.Raw);
}
