using TaskGrain.Data;
using TaskGrain.Tests.Video;
using TaskGrain.Training;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

/// <summary>The same code cuts clips out on a GPU; here its device is the processor.</summary>
public sealed class DeviceClipsTests
{
    private static readonly ClipSamplerOptions Options = new()
    {
        Frames = 4,
        CropSize = 8,
        Flip = true,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clips_cut_out_on_the_device_are_those_of_the_loader_bit_for_bit(bool compressed)
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(
            folder.Path,
            10,
            compressed ? FrameCompression.Jpeg(90) : FrameCompression.Raw
        );
        using DisposeScope scope = NewDisposeScope();
        using DeviceClips clips = DeviceClips.Load(store, CPU, TestContext.Current.CancellationToken);
        using var loader = new ClipLoader(store, Options, 7, 2);
        var planner = new ClipPlanner(store, Options, training: true, seed: 42);
        int[] order = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7];
        int position = 0;
        bool flipped = false;

        foreach (ClipBatch batch in loader.Load(order, training: true, seed: 42, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                int[] indices = order[position..(position + batch.Count)];
                ClipPlan[] plans =
                [
                    .. indices.Select((index, i) => planner.Plan(new ClipExample(index), position + i)),
                ];
                Tensor cut = clips.Cut(indices, plans);

                Assert.Equal([batch.Count, 4, 8, 8, 3], cut.shape);
                Assert.True(batch.Pixels.Span.SequenceEqual(cut.contiguous().bytes));
                flipped |= plans.Any(plan => plan.Flipped);
                position += batch.Count;
            }
        }

        Assert.True(flipped);
        Assert.Equal(order.Length, position);
    }

    [Fact]
    public void The_bytes_are_counted_before_anything_is_copied()
    {
        using var folder = new TemporaryFolder();
        using FrameStore store = SomeFrames.Store(folder.Path, 3);

        // 3, 4 and 5 frames of 20×16 pixels of 3 bytes.
        Assert.Equal(12 * 20 * 16 * 3, DeviceClips.BytesOf(store));
    }
}
