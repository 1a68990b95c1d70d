using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class TwoChannelEncoderTests
{
    [Theory]
    [InlineData(80, 80, 1)]
    [InlineData(80, 87, 7)]
    [InlineData(111, 80, 3)]
    public void Reads_any_number_of_frames_and_every_size_the_pooling_allows(int height, int width, int frames)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        encoder.eval();

        Tensor features = encoder.call(rand([2, 3, frames, height, width]));

        Assert.Equal([2, frames, encoder.Options.FeatureSize], features.shape);
        Assert.Equal(ScalarType.Float32, features.dtype);
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 4, 79, 80 }, "80 to 111 pixels")]
    [InlineData(new long[] { 1, 3, 4, 80, 112 }, "80 to 111 pixels")]
    [InlineData(new long[] { 1, 3, 4, 16, 16 }, "0×0")]
    [InlineData(new long[] { 1, 1, 4, 80, 80 }, "(N, 3, T, H, W)")]
    [InlineData(new long[] { 1, 3, 0, 80, 80 }, "at least one clip and one frame")]
    [InlineData(new long[] { 3, 4, 80, 80 }, "(3, 4, 80, 80)")]
    public void Refuses_other_clips_with_the_reason(long[] shape, string reason)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();

        var fault = Assert.Throws<TaskGrainException>(() => encoder.call(zeros(shape)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_same_whatever_the_layout_of_its_input()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-16)");
        encoder.eval();
        Tensor clips = TestEncoders.Clips(2, 3);
        Assert.Equal(1, clips.stride(1));

        Assert.InRange(TestEncoders.Difference(encoder.call(clips), encoder.call(clips.contiguous())), 0, 1e-6);
    }

    [Fact]
    public void Gives_the_same_with_and_without_gradients()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-16)");
        encoder.eval();
        Tensor clips = TestEncoders.Clips(2, 3);
        Tensor with = encoder.call(clips);
        using IDisposable noGradient = no_grad();

        Assert.InRange(TestEncoders.Difference(with, encoder.call(clips)), 0, 1e-4);
    }

    [Fact]
    public void A_map_can_be_changed_on_its_way_to_the_features()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        encoder.eval();
        Tensor clips = TestEncoders.Clips(1, 3);
        ChannelMaps maps = encoder.Maps(clips);
        Tensor map = maps.Map3D!.detach().requires_grad_(true);

        encoder.FromMaps(maps with { Map3D = map }).sum().backward();

        Assert.Equal([1, 16, 3, 4, 4], map.shape);
        Assert.True(map.grad!.abs().sum().item<float>() > 0);
        Assert.InRange(TestEncoders.Difference(encoder.call(clips), encoder.FromMaps(maps)), 0, 1e-6);
    }

    [Fact]
    public void Its_fields_are_the_keys_of_a_checkpoint()
    {
        using var scope = NewDisposeScope();
        using var encoder = new TwoChannelEncoder(TestEncoders.Options());
        string[] layer =
        [
            "conv.weight",
            "conv.bias",
            "norm.weight",
            "norm.bias",
            "norm.running_mean",
            "norm.running_var",
        ];
        string[] lstm = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        IEnumerable<string> expected =
            from channel in new[] { "channel2d", "channel3d" }
            from block in Enumerable.Range(1, 6)
            from name in layer
            select $"{channel}.block{block}.{name}";
        expected = expected
            .Concat(lstm.Select(name => $"lstm.{name}"))
            .Concat(lstm.Select(name => $"lstm.{name}_reverse"))
            .Concat(["projection.weight", "projection.bias"]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), encoder.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_seed_fixes_the_weights()
    {
        using var scope = NewDisposeScope();
        float[] Weights(ulong seed)
        {
            using var encoder = new TwoChannelEncoder(TestEncoders.Options(), new SeededRandom(seed));
            return
            [
                .. encoder.parameters().SelectMany(parameter => parameter.cpu().contiguous().data<float>().ToArray()),
            ];
        }

        manual_seed(1);
        float[] first = Weights(5);
        manual_seed(2);

        Assert.Equal(first, Weights(5));
        Assert.NotEqual(first, Weights(6));
    }

    [Fact]
    public void More_LSTM_layers_are_an_option()
    {
        using var scope = NewDisposeScope();
        using var encoder = new TwoChannelEncoder(TestEncoders.Options() with { LstmLayers = 2 })
        {
            Compute = Precision.Float32,
        };
        encoder.eval();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        Tensor clips = TestEncoders.Clips(1, 3);

        Assert.Contains("lstm.weight_ih_l1_reverse", encoder.state_dict().Keys);
        Assert.InRange(TestEncoders.Difference(encoder.call(clips), folded.Encode(clips)), 0, 1e-4);
    }

    [Fact]
    public void Keeps_no_tensor_when_it_is_disposed()
    {
        using var scope = NewDisposeScope();
        Tensor clips = TestEncoders.Clips(1, 2);
        void UseOnce()
        {
            using var inner = NewDisposeScope();
            using TwoChannelEncoder encoder = TestEncoders.Trained();
            using var folded = new FoldedEncoder(encoder, Precision.Float32);
            using var stream = new StreamingEncoder(folded);
            stream.Push(clips);
            encoder.call(clips);
        }

        UseOnce();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        UseOnce();

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
