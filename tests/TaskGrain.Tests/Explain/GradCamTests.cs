using TaskGrain.Explain;
using TaskGrain.Explain.Networks;
using TaskGrain.Inference;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Explain;

public sealed class GradCamTests
{
    // Two channels, two frames, maps of 1×2. The feature of a frame is 3 × (sum of channel 0) − 1 × (sum of channel 1),
    // doubled in the second frame; so the gradients of the cells are 3 and −1, and 6 and −2.
    private static readonly float[] First = [1, 2, 5, 0];
    private static readonly float[] Second = [4, 1, 2, 2];

    [Fact]
    public void A_network_with_a_known_answer_gets_it_frame_by_frame()
    {
        using var scope = NewDisposeScope();
        using LayerTraceOwner trace = KnownNetwork();

        float[] map = ModelHeads.Floats(GradCam.Maps(trace.Trace, ones([1, 2, 1]), MapWeights.Frames));

        // Frame 1: 3·(1, 2) − (4, 1); frame 2: 6·(5, 0) − 2·(2, 2).
        Assert.Equal([-1, 5, 26, -4], map);
    }

    [Fact]
    public void Weights_of_the_whole_clip_are_the_means_of_the_frames()
    {
        using var scope = NewDisposeScope();
        using LayerTraceOwner trace = KnownNetwork();

        float[] map = ModelHeads.Floats(GradCam.Maps(trace.Trace, ones([1, 2, 1]), MapWeights.Clip));

        // Weights 4.5 and −1.5: 4.5·(1, 2) − 1.5·(4, 1); 4.5·(5, 0) − 1.5·(2, 2).
        Assert.Equal([-1.5f, 7.5f, 19.5f, -3], map);
    }

    [Fact]
    public void Every_target_has_a_map_of_its_own_and_a_frame_that_does_not_count_has_none()
    {
        using var scope = NewDisposeScope();
        using LayerTraceOwner trace = KnownNetwork();
        Tensor targets = tensor(new float[] { 1, 0, 0, -1 }).reshape(2, 2, 1);

        float[] maps = ModelHeads.Floats(GradCam.Maps(trace.Trace, targets, MapWeights.Cells));

        Assert.Equal([-1, 5, 0, 0, 0, 0, -26, 4], maps);
    }

    private static LayerTraceOwner KnownNetwork()
    {
        Tensor map = tensor([.. First, .. Second]).reshape(1, 2, 2, 1, 2);
        Tensor weights = tensor(new float[] { 3, 6, -1, -2 }).reshape(1, 2, 2, 1, 1);
        return new LayerTraceOwner(
            new LayerTrace([map], maps => (maps[0] * weights).sum([1, 3, 4]).unsqueeze(-1)) // (K, T, 1)
        );
    }

    private sealed record LayerTraceOwner(LayerTrace Trace) : IDisposable
    {
        public void Dispose() => Trace.Maps[0].Dispose();
    }
}
