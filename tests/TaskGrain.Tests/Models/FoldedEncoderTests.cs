using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class FoldedEncoderTests
{
    [Theory]
    [InlineData("M(16-16)")]
    [InlineData("M(128-0)")]
    [InlineData("M(0-24)")]
    public void Gives_what_the_encoder_gives_in_evaluation_mode(string architecture)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture);
        Tensor clips = TestEncoders.Clips(2, 5);
        encoder.eval();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);

        Assert.InRange(TestEncoders.Difference(encoder.call(clips), folded.Encode(clips)), 0, 1e-4);
    }

    [Fact]
    public void Stays_close_in_bfloat16()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-128)");
        Tensor clips = TestEncoders.Clips(1, 5);
        encoder.eval();
        using var folded = new FoldedEncoder(encoder, Precision.BFloat16);

        Tensor features = folded.Encode(clips);

        Assert.Equal(ScalarType.Float32, features.dtype);
        Assert.InRange(TestEncoders.Difference(encoder.call(clips), features), 0, 0.15);
    }

    [Fact]
    public void Leaves_the_encoder_and_its_mode_alone_and_does_not_follow_it()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        Tensor clips = TestEncoders.Clips(1, 3);
        encoder.train();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        Tensor before = folded.Encode(clips);

        using (no_grad())
        {
            foreach (Tensor parameter in encoder.parameters())
            {
                parameter.zero_();
            }
        }

        Assert.True(encoder.training);
        Assert.Equal(0, TestEncoders.Difference(before, folded.Encode(clips)));
    }

    [Fact]
    public void Its_features_can_be_trained_on()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder, Precision.Float32);
        using var classifier = new ActionClassifier(encoder.Options.FeatureSize, 3);

        classifier.call(folded.Encode(TestEncoders.Clips(2, 3))).sum().backward();

        Assert.All(classifier.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Refuses_weights_that_are_not_numbers()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using (no_grad())
        {
            encoder.get_parameter("channel2d.block4.conv.weight")!.fill_(float.NaN);
        }

        var fault = Assert.Throws<TaskGrainException>(() => new FoldedEncoder(encoder));
        Assert.Contains("channel2d.block4.conv.weight", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_frames_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained();
        using var folded = new FoldedEncoder(encoder);

        Assert.Throws<TaskGrainException>(() => folded.Encode(TestEncoders.Clips(1, 2, side: 64)));
    }
}
