using TaskGrain.Data;
using TaskGrain.Runtime;
using TaskGrain.Tests.Video;
using TaskGrain.Video;

namespace TaskGrain.Tests.Data;

public sealed class ClipLoaderTests
{
    private static readonly ClipSamplerOptions Options = new() { Frames = 4, CropSize = 8 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 4)]
    [InlineData(32, 8)]
    [InlineData(int.MaxValue, 2)]
    public void Batches_are_what_sampler_and_store_give_one_by_one(int batchSize, int workers)
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 10);
        using var loader = new ClipLoader(store, Options with { Flip = true }, batchSize, workers);
        var sampler = new ClipSampler(Options with { Flip = true });
        int[] order = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7];
        int position = 0;
        int size = 4 * 8 * 8 * 3;

        foreach (ClipBatch batch in loader.Load(order, training: true, seed: 42))
        {
            using (batch)
            {
                Assert.Equal(Math.Min(batchSize, order.Length - position), batch.Count);
                Assert.Equal(batch.Count * size, batch.Pixels.Length);
                for (int i = 0; i < batch.Count; i++, position++)
                {
                    int index = order[position];
                    ClipPlan plan = sampler.Training(
                        store.FrameCount(index),
                        20,
                        16,
                        new SeededRandom(42).Derive((ulong)position)
                    );
                    byte[] expected = new byte[size];
                    store.ReadFrames(index, plan.Frames, plan.Crop, expected);
                    if (plan.Flipped)
                    {
                        FrameMirror.LeftToRight(expected, 8);
                    }

                    Assert.Equal(index, batch.Examples[i].StoreIndex);
                    Assert.Equal(plan.Flipped, batch.Flipped[i]);
                    Assert.True(batch.Pixels.Span.Slice(i * size, size).SequenceEqual(expected));
                }
            }
        }

        Assert.Equal(order.Length, position);
    }

    [Fact]
    public void A_mirrored_clip_has_the_mirrored_target_and_one_without_is_never_mirrored()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 10);
        using var flipping = new ClipLoader(store, Options with { Flip = true }, 32, 2);
        using var plain = new ClipLoader(store, Options, 32, 2);
        var target = new ClipTarget(7, null);
        var mirrored = new ClipTarget(8, [3, 0]);
        ClipExample[] clips =
        [
            .. Enumerable.Range(0, 32).Select(i => new ClipExample(i % 10, target, i % 2 == 0 ? mirrored : null)),
        ];
        using ClipBatch batch = flipping.Load(clips, training: true, seed: 3).Single();
        using ClipBatch straight = plain.Load(clips, training: true, seed: 3).Single();
        int size = batch.Pixels.Length / 32;

        // Of 16 fair coins, all alike once in 32,768 seeds.
        Assert.Contains(true, batch.Flipped);
        Assert.Contains(clips, clip => clip.MayFlip && !batch.Flipped[Array.IndexOf(clips, clip)]);
        for (int i = 0; i < 32; i++)
        {
            byte[] pixels = batch.Pixels.Slice(i * size, size).ToArray();
            if (batch.Flipped[i])
            {
                Assert.True(i % 2 == 0);
                FrameMirror.LeftToRight(pixels, 8);
            }

            Assert.Same(batch.Flipped[i] ? mirrored : target, batch.Targets[i]);
            Assert.Equal(straight.Pixels.Slice(i * size, size).ToArray(), pixels);
        }
    }

    [Fact]
    public void Centre_clips_do_not_depend_on_the_seed_and_training_clips_do()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 10);
        using var loader = new ClipLoader(store, Options, 4, 2);
        int[] order = [.. Enumerable.Range(0, 10)];
        Assert.Equal(All(loader, order, training: false, 1), All(loader, order, training: false, 2));
        Assert.Equal(All(loader, order, training: true, 1), All(loader, order, training: true, 1));
        Assert.NotEqual(All(loader, order, training: true, 1), All(loader, order, training: true, 2));
    }

    [Fact]
    public void Buffers_are_reused_when_batches_are_disposed_and_safe_when_they_are_not()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 8);
        using var loader = new ClipLoader(store, Options, 1, 2);
        int[] order = [.. Enumerable.Range(0, 8)];

        var held = loader.Load(order, training: false, 0).ToList();
        byte[][] kept = [.. held.Select(batch => batch.Pixels.ToArray())];
        All(loader, order, training: true, 1);
        for (int i = 0; i < 8; i++)
        {
            Assert.True(held[i].Pixels.Span.SequenceEqual(kept[i]));
            held[i].Dispose();
            Assert.Throws<ObjectDisposedException>(() => held[i].Pixels);
        }

        GC.Collect();
        long before = GC.GetAllocatedBytesForCurrentThread();
        All(loader, order, training: true, 1, copy: false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Work_left_early_has_no_thread_in_the_store_any_more()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 8);
        ClipExample[] order = [.. Enumerable.Range(0, 8).Select(index => new ClipExample(index))];
        var assembly = new ClipAssembly(
            store,
            Options,
            batchSize: 1,
            order,
            training: false,
            seed: 0,
            firstBatch: 0,
            size => new byte[size]
        );
        assembly.Start(4);
        assembly.Take(CancellationToken.None);

        // Three batches ahead of the eight: the threads are in the middle of their work or wait for the consumer.
        Assert.True(assembly.Running > 0);
        assembly.Dispose();

        Assert.Equal(0, assembly.Running);
    }

    [Fact]
    public void A_damaged_clip_reaches_the_consumer_as_an_error_with_its_name()
    {
        using var folder = new TemporaryFolder();
        SomeFrames.Store(folder.Path, 8, FrameCompression.Jpeg()).Dispose();
        string shard = folder.File("frames-00000.bin");
        byte[] bytes = File.ReadAllBytes(shard);
        bytes.AsSpan(bytes.Length / 2, 400).Clear();
        bytes.AsSpan(bytes.Length / 2 + 400).Fill(0xFF);
        File.WriteAllBytes(shard, bytes);
        using FrameStore store = FrameStore.Open(folder.Path);
        using var loader = new ClipLoader(store, Options, 2, 3);
        var fault = Assert.Throws<TaskGrainException>(() =>
            All(loader, [.. Enumerable.Range(0, 8)], training: false, 0)
        );
        Assert.Contains("clip", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_wait()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 8);
        using var loader = new ClipLoader(store, Options, 2, 1);
        using var cancel = new CancellationTokenSource();
        int batches = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (ClipBatch batch in loader.Load([.. Enumerable.Range(0, 8)], training: false, 0, cancel.Token))
            {
                batch.Dispose();
                batches++;
                cancel.Cancel();
            }
        });
        Assert.Equal(1, batches);
    }

    [Fact]
    public void What_cannot_be_loaded_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 2);
        Assert.Throws<TaskGrainException>(() => new ClipLoader(store, Options with { CropSize = 17 }, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClipLoader(store, Options, 0, 1));
        using var loader = new ClipLoader(store, Options, 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Load([2], training: false, 0));
        Assert.Empty(loader.Load(Array.Empty<int>(), training: false, 0));
    }

    [Fact]
    public void A_batch_larger_than_the_clips_holds_them_all_and_no_more_memory()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 3);
        using var loader = new ClipLoader(store, Options, int.MaxValue, 2);
        int[] order = [0, 1, 2];

        ClipBatch[] batches = [.. loader.Load(order, training: false, seed: 1)];

        Assert.Equal(3, Assert.Single(batches).Count);
        batches[0].Dispose();
    }

    [Fact]
    public void A_batch_that_no_buffer_holds_is_refused_with_what_would_fit()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 3);
        using var loader = new ClipLoader(store, Options with { Frames = 4096 }, 3000, 1);

        var fault = Assert.Throws<TaskGrainException>(() =>
            loader.Load([.. Enumerable.Repeat(0, 3000)], training: false, 1).First()
        );

        // 4096 frames of 8×8 pixels in three colours are 786,432 bytes; an array holds 2,147,483,591.
        Assert.Contains("2,359,296,000 bytes; at most 2730 such clips", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] All(ClipLoader loader, int[] order, bool training, ulong seed, bool copy = true)
    {
        using var all = new MemoryStream();
        foreach (ClipBatch batch in loader.Load(order, training, seed))
        {
            if (copy)
            {
                all.Write(batch.Pixels.Span);
            }

            batch.Dispose();
        }

        return all.ToArray();
    }
}
