using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>
/// Training mode: against the same network made of libtorch's ready-made layers, and what must hold of gradients.
/// </summary>
public sealed class TwoChannelEncoderTrainingTests
{
    // M(128-128) has 16 channels and more everywhere, and so runs the fused kernels throughout; M(16-16) starts with 2.
    // 90 pixels leave a row and a column over at each pooling.
    [Theory]
    [InlineData("M(128-128)", 80)]
    [InlineData("M(128-128)", 90)]
    [InlineData("M(16-16)", 80)]
    [InlineData("M(0-128)", 80)]
    [InlineData("M(24-0)", 80)]
    public void Gives_the_outputs_gradients_and_statistics_of_ready_made_layers(string architecture, int side)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture);
        using var plain = new PlainEncoder(encoder.Options);
        plain.CopyFrom(encoder);
        encoder.train();
        plain.train();
        Tensor clips = TestEncoders.Clips(2, 3, side);
        using var generator = new Generator(1, CPU);
        Tensor probe = rand(encoder.call(clips).shape, generator: generator);
        plain.CopyFrom(encoder);

        Tensor expected = plain.call(clips);
        Tensor actual = encoder.call(clips);
        (expected * probe).sum().backward();
        (actual * probe).sum().backward();

        Assert.InRange(TestEncoders.Difference(expected, actual), 0, 1e-4);
        Dictionary<string, Tensor> trained = encoder.state_dict();
        foreach (
            (string key, Tensor reference) in plain
                .state_dict()
                .Where(entry => !entry.Key.EndsWith("tracked", StringComparison.Ordinal))
        )
        {
            Tensor ours = trained[PlainEncoder.KeyOf(key)];
            Assert.InRange(TestEncoders.Difference(reference, ours), 0, 1e-4);
            if (reference.requires_grad && !key.EndsWith("_conv.bias", StringComparison.Ordinal))
            {
                // Of two values equal but for rounding, either may be the pooling's largest: a few elements may differ.
                double difference = TestEncoders.Distance(reference.grad!, ours.grad!);
                Assert.True(difference < 5e-3, $"gradient of {key}: {difference:e2}");
            }
        }
    }

    [Theory]
    [InlineData("M(128-128)", Precision.Float32)]
    [InlineData("M(128-128)", Precision.BFloat16)]
    [InlineData("M(16-16)", Precision.BFloat16)]
    public void A_gradient_reaches_every_parameter(string architecture, Precision precision)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture, precision);
        encoder.train();
        Tensor features = encoder.call(TestEncoders.Clips(2, 3));
        (features * rand_like(features)).sum().backward();

        Assert.All(
            encoder.named_parameters(),
            entry =>
            {
                Tensor? gradient = entry.parameter.grad;
                Assert.True(gradient is not null, $"no gradient for {entry.name}");
                Assert.Equal(ScalarType.Float32, gradient.dtype);
                Assert.True(gradient.isfinite().all().item<bool>(), entry.name);
                Assert.True(gradient.count_nonzero().item<long>() > 0, $"only zeros for {entry.name}");
            }
        );
    }

    [Theory]
    [InlineData("M(128-128)")]
    [InlineData("M(16-16)")]
    public void Training_mode_without_gradients_gives_the_same(string architecture)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture);
        encoder.train();
        Tensor clips = TestEncoders.Clips(2, 3);
        Tensor expected = encoder.call(clips);
        using IDisposable noGradient = no_grad();

        Tensor actual = encoder.call(clips);

        Assert.False(actual.requires_grad);
        Assert.InRange(TestEncoders.Difference(expected, actual), 0, 1e-4);
    }

    // A diverged model must not look sound: what is no number comes out as none, whatever its sign, in each of the ways
    // to compute.
    [Theory]
    [InlineData("M(128-128)", true)]
    [InlineData("M(128-128)", false)]
    [InlineData("M(16-16)", true)]
    [InlineData("M(16-16)", false)]
    public void A_weight_that_is_no_number_shows_in_the_output(string architecture, bool training)
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained(architecture);
        using IDisposable noGradient = no_grad();
        foreach ((string name, var parameter) in encoder.named_parameters())
        {
            if (
                name.Contains("block6", StringComparison.Ordinal)
                && name.EndsWith("norm.bias", StringComparison.Ordinal)
            )
            {
                parameter.fill_(-float.NaN);
            }
        }

        encoder.train(training);

        Assert.False(encoder.call(TestEncoders.Clips(1, 3)).isfinite().any().item<bool>());
    }

    [Fact]
    public void A_model_made_inside_a_dispose_scope_outlives_it()
    {
        TwoChannelEncoder encoder;
        using (NewDisposeScope())
        {
            encoder = TestEncoders.Trained();
        }

        using (encoder)
        using (NewDisposeScope())
        {
            encoder.train();
            encoder.call(TestEncoders.Clips(1, 3)).sum().backward();
            Assert.All(encoder.parameters(), parameter => Assert.NotNull(parameter.grad));
            Assert.Contains(
                encoder.named_parameters(),
                entry => entry.name.StartsWith("lstm.", StringComparison.Ordinal)
            );
            encoder.eval();
            using var folded = new FoldedEncoder(encoder);
            Assert.True(folded.Encode(TestEncoders.Clips(1, 3)).isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Frozen_parameters_stay_and_the_others_learn()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-128)");
        foreach ((string name, var parameter) in encoder.named_parameters())
        {
            parameter.requires_grad_(!name.StartsWith("channel2d", StringComparison.Ordinal));
        }

        encoder.train();
        encoder.call(TestEncoders.Clips(2, 3)).sum().backward();

        Assert.All(
            encoder.named_parameters(),
            entry =>
                Assert.Equal(entry.name.StartsWith("channel2d", StringComparison.Ordinal), entry.parameter.grad is null)
        );
    }

    /// <summary>
    /// The whole network; ConvolutionTests and ConvolutionBlockTests hold the layers to the format itself. A layer
    /// rounds its input, weights and output, each by 2^-8 at most, so six layers give a map a relative error of at most
    /// √6 · 3 · 2^-8 = 0.03. Where two values of a pooling, or a value and ReLU's zero, are closer than that, rounding
    /// decides where the gradient goes: about a share of 0.8 · 0.03 of normalised numbers (their density at 0, on both
    /// sides), which weighs twice in the squared gradient as half of the gates are shut. A channel has ten such places,
    /// six ReLUs and four poolings: the gradient's distance d has d² of at most 10 · 2 · 0.8 · 0.03 = 0.46, and its
    /// cosine is at least 1/√(1 + d²) = 0.83.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Bfloat16_gradients_point_where_float32_ones_do(int frames)
    {
        const double leastCosine = 0.83;
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-128)");
        encoder.train();
        using var random = new Generator(1, CPU);
        Tensor clips = TestEncoders.Clips(3, frames);

        // Of both signs: batch norm takes the mean of a gradient away, so a loss that pulls everything one way would
        // leave little but differences of large numbers. So are the gradients of the norms' own factors, which the
        // next norm undoes.
        Tensor probe = randn([3, frames, encoder.Options.FeatureSize], generator: random);
        Dictionary<string, Tensor> Gradients(Precision precision)
        {
            encoder.zero_grad();
            encoder.Compute = precision;
            (encoder.call(clips) * probe).sum().backward();
            return encoder
                .named_parameters()
                .Where(entry =>
                    entry.name.EndsWith("conv.weight", StringComparison.Ordinal) || entry.name == "projection.weight"
                )
                .ToDictionary(entry => entry.name, entry => entry.parameter.grad!.clone());
        }

        Dictionary<string, Tensor> wanted = Gradients(Precision.Float32);
        Dictionary<string, Tensor> found = Gradients(Precision.BFloat16);

        Assert.Equal(13, wanted.Count);
        Assert.All(
            wanted,
            entry =>
            {
                double cosine = nn
                    .functional.cosine_similarity(entry.Value.flatten(), found[entry.Key].flatten(), dim: 0)
                    .item<float>();
                Assert.True(cosine > leastCosine, $"{entry.Key}: cosine {cosine}");
            }
        );
    }

    [Fact]
    public void Many_steps_leave_no_tensor_and_no_memory_behind()
    {
        using var scope = NewDisposeScope();
        using TwoChannelEncoder encoder = TestEncoders.Trained("M(128-16)");
        using var classifier = new ActionClassifier(encoder.Options.FeatureSize, 3);
        using var adam = optim.Adam(encoder.parameters().Concat(classifier.parameters()));
        Tensor clips = TestEncoders.Clips(2, 1);
        Tensor labels = tensor(new long[] { 0, 2 });
        encoder.train();
        void Step()
        {
            using var step = NewDisposeScope();
            adam.zero_grad();
            nn.functional.cross_entropy(classifier.call(encoder.call(clips)), labels).backward();
            adam.step();
        }

        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        long native = NativeMemory.Used();
        for (int i = 0; i < 200; i++)
        {
            Step();
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        // A step computes with some 10 MB: one kept in forty would show. (What is compiled late takes some for good.)
        Assert.InRange(NativeMemory.Used() - native, long.MinValue, 50 << 20);
    }
}
