using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class FrameStoreTests
{
    [Fact]
    public void Raw_frames_come_back_exactly()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 5);

        Assert.Equal(["clip0", "clip1", "clip2", "clip3", "clip4"], store.Ids);
        Assert.Equal(SomeFrames.Format, store.Format);
        Assert.True(store.TryIndexOf("clip3", out int index));
        Assert.False(store.TryIndexOf("clip9", out _));
        Assert.Equal(6, store.FrameCount(index));
        Assert.True(store.Read(index).Pixels.Span.SequenceEqual(SomeFrames.Noise(3, 6).Pixels.Span));
        Assert.Empty(store.Verify());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(90)]
    public void A_shard_that_is_cut_short_while_it_is_open_is_named_and_the_process_lives(int? jpegQuality)
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 5, new FrameCompression(jpegQuality));
        using (
            FileStream shard = new(
                folder.File("frames-00000.bin"),
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite
            )
        )
        {
            shard.SetLength(shard.Length / 2);
        }

        Assert.Equal(3, store.Read(0).Count);
        Assert.Contains(
            "frames-00000.bin: the file ends at byte",
            Assert.Throws<TaskGrainException>(() => store.Read(4)).Message
        );
        Assert.Contains("frames-00000.bin", Assert.Throws<TaskGrainException>(() => store.Verify()).Message);
    }

    /// <summary>Every fourth byte announces a record of 65,000 bytes: to hash them all would take 16 GB.</summary>
    [Fact]
    public void An_index_made_to_be_searched_for_long_is_refused()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 1).Dispose();
        string index = folder.File("index.bin");
        byte[] bytes = new byte[1 << 20];
        StoreIndex.Magic.CopyTo(bytes);
        for (int at = StoreIndex.Magic.Length; at < bytes.Length; at += sizeof(int))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), 65_000);
        }

        File.WriteAllBytes(index, bytes);

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => FrameStore.Open(folder.Path));
        Assert.StartsWith($"{index}: damaged in too many places", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Records whose checksums are right and whose numbers cannot be.</summary>
    [Fact]
    public void Impossible_numbers_in_the_index_are_damage()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 1).Dispose();
        StoredClip whole = StoreIndex.Load(folder.Path).Clips[0];
        StoredClip[] impossible =
        [
            whole with
            {
                Offset = -1,
            },
            whole with
            {
                Length = -1,
            },
            whole with
            {
                Length = long.MaxValue,
            },
            whole with
            {
                Frames = 0,
            },
            whole with
            {
                Frames = int.MinValue,
            },
            whole with
            {
                Shard = -1,
            },
            whole with
            {
                Id = "",
            },
        ];
        using (FileStream index = new(folder.File("index.bin"), FileMode.Append))
        {
            Array.ForEach(impossible, clip => clip.WriteTo(index));
            (whole with { Id = "last" }).WriteTo(index);
        }

        using FrameStore store = FrameStore.Open(folder.Path);

        Assert.Equal(["clip0", "last"], store.Ids);
        Assert.Contains("index.bin: damaged at byte", Assert.Single(store.Verify()).Message);
    }

    [Fact]
    public void A_clip_that_its_shard_cannot_hold_is_refused_when_the_store_is_opened()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 1, new FrameCompression(90)).Dispose();
        StoredClip whole = StoreIndex.Load(folder.Path).Clips[0];

        foreach (
            StoredClip clip in (StoredClip[])
                [
                    whole with
                    {
                        Id = "b",
                        Frames = int.MaxValue,
                    },
                    whole with
                    {
                        Id = "b",
                        Offset = long.MaxValue,
                    },
                    whole with
                    {
                        Id = "b",
                        Length = int.MaxValue,
                        Frames = 1,
                    },
                ]
        )
        {
            long end = new FileInfo(folder.File("index.bin")).Length;
            using (FileStream index = new(folder.File("index.bin"), FileMode.Append))
            {
                clip.WriteTo(index);
            }

            Assert.Contains("'b'", Assert.Throws<TaskGrainException>(() => FrameStore.Open(folder.Path)).Message);
            using FileStream back = new(folder.File("index.bin"), FileMode.Open);
            back.SetLength(end);
        }
    }

    [Fact]
    public void JPEG_frames_come_back_nearly()
    {
        using var folder = new TemporaryFolder();
        VideoFrames frames = SomeFrames.Smooth(4, new FrameFormat(128, 128, 12));
        using (
            FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(
                folder.Path,
                frames.Format,
                FrameCompression.Jpeg(95)
            )
        )
        {
            writer.Append("a", frames);
        }

        using FrameStore store = FrameStore.Open(folder.Path);
        Assert.Equal(4, store.FrameCount(0));
        Assert.InRange(FrameAssert.Difference(frames.Pixels.Span, store.Read(0).Pixels.Span), 0, 4);
        Assert.True(new FileInfo(folder.File("frames-00000.bin")).Length < frames.Pixels.Length / 5);
        Assert.Empty(store.Verify());
    }

    /// <summary>The fast copy against the obvious one, for every kind of crop and for frames out of order.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(90)]
    public void A_crop_of_chosen_frames_is_what_plain_indexing_gives(int? jpegQuality)
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 3, new FrameCompression(jpegQuality));
        VideoFrames whole = store.Read(2);
        int[] frames = [4, 0, 0, 0, 2, 1, 1];
        var random = new SeededRandom(3);
        for (int round = 0; round < 50; round++)
        {
            int width = random.NextInt(1, 20);
            int height = random.NextInt(1, 16);
            var crop = new PixelRectangle(
                random.NextInt(20 - width + 1),
                random.NextInt(16 - height + 1),
                width,
                height
            );
            byte[] actual = new byte[frames.Length * width * height * 3];

            store.ReadFrames(2, frames, crop, actual);

            int at = 0;
            foreach (int frame in frames)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width * 3; x++)
                    {
                        Assert.Equal(whole.Frame(frame)[((((crop.Y + y) * 20) + crop.X) * 3) + x], actual[at++]);
                    }
                }
            }
        }
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 1);
        byte[] one = new byte[SomeFrames.Format.BytesPerFrame];
        var all = new PixelRectangle(0, 0, 20, 16);
        Assert.Throws<ArgumentException>(() => store.ReadFrames(0, [3], all, one));
        Assert.Throws<ArgumentException>(() => store.ReadFrames(0, [-1], all, one));
        Assert.Throws<ArgumentException>(() => store.ReadFrames(0, [0], all with { X = 1 }, one));
        Assert.Throws<ArgumentException>(() => store.ReadFrames(0, [0], all with { Width = int.MaxValue }, one));
        Assert.Throws<ArgumentException>(() => store.ReadFrames(0, [0], all, new byte[5]));
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.ReadFrames(0, [0], all, one));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(90)]
    public void A_flipped_byte_anywhere_is_found_and_its_clip_named(int? jpegQuality)
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 6, new FrameCompression(jpegQuality)).Dispose();
        string shard = folder.File("frames-00000.bin");
        byte[] sound = File.ReadAllBytes(shard);
        var random = new SeededRandom(5);
        var named = new HashSet<string>();
        for (int round = 0; round < 60; round++)
        {
            byte[] bytes = [.. sound];
            bytes[random.NextInt(bytes.Length)] ^= (byte)(1 << random.NextInt(8));
            File.WriteAllBytes(shard, bytes);
            using FrameStore store = FrameStore.Open(folder.Path);

            StoreProblem problem = Assert.Single(store.Verify());

            Assert.NotNull(problem.Id);
            Assert.Contains($"'{problem.Id}'", problem.Message, StringComparison.Ordinal);
            named.Add(problem.Id);
            if (jpegQuality is not null)
            {
                ReadEverythingOrFail(store);
            }
        }

        Assert.Equal(6, named.Count);
    }

    [Fact]
    public void A_flipped_byte_in_the_index_costs_one_clip_at_most_and_is_reported()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 6).Dispose();
        string index = folder.File("index.bin");
        byte[] sound = File.ReadAllBytes(index);

        // Damage to the last record cannot be told from a write that was cut off; that clip is packed again.
        int lastRecord = (sound.Length - 8) / 6;
        for (int at = 8; at < sound.Length - lastRecord; at++)
        {
            byte[] bytes = [.. sound];
            bytes[at] ^= 0x10;
            File.WriteAllBytes(index, bytes);
            using FrameStore store = FrameStore.Open(folder.Path);
            Assert.Equal(5, store.Count);
            Assert.Contains("index.bin", Assert.Single(store.Verify()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_store_that_is_not_there_or_not_whole_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no frame store", Fault(), StringComparison.Ordinal);

        SomeFrames.Store(folder.Path, 4).Dispose();
        string shard = folder.File("frames-00000.bin");
        byte[] bytes = File.ReadAllBytes(shard);
        File.WriteAllBytes(shard, bytes[..^1]);
        Assert.Contains(shard, Fault(), StringComparison.Ordinal);
        File.Delete(shard);
        Assert.Contains(shard, Fault(), StringComparison.Ordinal);
        File.WriteAllBytes(shard, bytes);

        string manifest = File.ReadAllText(folder.File("store.json"));
        File.WriteAllText(
            folder.File("store.json"),
            manifest.Replace("\"width\": 20", "\"width\": 32", StringComparison.Ordinal)
        );
        Assert.Contains("32×16", Fault(), StringComparison.Ordinal);
        File.WriteAllText(
            folder.File("store.json"),
            manifest.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
        );
        Assert.Contains("version", Fault(), StringComparison.Ordinal);
        File.WriteAllText(folder.File("store.json"), "{}");
        Assert.Contains("store.json", Fault(), StringComparison.Ordinal);

        string Fault() => Assert.Throws<TaskGrainException>(() => FrameStore.Open(folder.Path)).Message;
    }

    [Fact]
    public void Several_threads_read_at_once()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 8, FrameCompression.Jpeg());
        byte[][] expected = [.. Enumerable.Range(0, 8).Select(i => store.Read(i).Pixels.ToArray())];
        Parallel.For(0, 200, i => Assert.True(store.Read(i % 8).Pixels.Span.SequenceEqual(expected[i % 8])));
    }

    /// <summary>Damage may show as an exception of ours, or as other pixels; never as a crash.</summary>
    private static void ReadEverythingOrFail(FrameStore store)
    {
        for (int i = 0; i < store.Count; i++)
        {
            try
            {
                store.Read(i);
            }
            catch (TaskGrainException fault)
            {
                Assert.Contains(store.Ids[i], fault.Message, StringComparison.Ordinal);
            }
        }
    }
}
