using TaskGrain.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

public sealed class AdamOptimiserTests
{
    [Fact]
    public void Takes_the_steps_of_TorchSharps_Adam()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter own = Make(3, 4);
        Parameter theirs = Make(3, 4);
        using var adam = new AdamOptimiser([("w", own)]);
        using var reference = optim.Adam([theirs], lr: 0.01);
        for (int step = 0; step < 20; step++)
        {
            foreach (Parameter parameter in new[] { own, theirs })
            {
                parameter.grad = null;
                parameter.mul(0.3 * (step + 1)).sin().sum().backward();
            }

            adam.Step(0.01);
            reference.step();
        }

        Assert.True(own.allclose(theirs, rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void Weight_decay_is_decoupled_from_the_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter own = Make(5, 1);
        Parameter theirs = Make(5, 1);
        using var adam = new AdamOptimiser([("w", own)], weightDecay: 0.1);
        using var reference = optim.AdamW([theirs], lr: 0.01, weight_decay: 0.1);
        for (int step = 0; step < 5; step++)
        {
            adam.ZeroGradients();
            reference.zero_grad();
            own.square().sum().backward();
            theirs.square().sum().backward();
            adam.Step(0.01);
            reference.step();
        }

        Assert.True(own.allclose(theirs, rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void A_restored_optimiser_goes_on_bit_for_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter first = Make(4, 4);
        using var adam = new AdamOptimiser([("w", first)], weightDecay: 0.01);
        Steps(adam, first, 3);
        Parameter second = new(first.detach().clone());
        using var restored = new AdamOptimiser([("w", second)], weightDecay: 0.01);
        restored.Restore(adam.State("o.").ToDictionary(s => s.Key, s => s.Value.clone(), StringComparer.Ordinal), "o.");

        Steps(adam, first, 3);
        Steps(restored, second, 3);

        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_starts_afresh_later()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter used = Make(2, 2);
        Parameter unused = Make(2, 2);
        float[] before = unused.data<float>().ToArray();
        using var adam = new AdamOptimiser([("used", used), ("unused", unused)], weightDecay: 0.5);
        Steps(adam, used, 50);
        Assert.Equal(before, unused.data<float>().ToArray());

        // The first step of Adam has the size of the learning rate, however late it comes.
        adam.ZeroGradients();
        unused.sum().backward();
        using var plain = new AdamOptimiser([("used", used), ("unused", unused)]);
        plain.Restore(adam.State("o."), "o.");
        plain.Step(0.01);
        Assert.All(before.Zip(unused.data<float>().ToArray()), pair => Assert.Equal(0.01, pair.First - pair.Second, 6));
    }

    [Fact]
    public void Large_gradients_are_scaled_down_together_and_small_ones_left_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter a = new(zeros(1));
        Parameter b = new(zeros(1));
        using var adam = new AdamOptimiser([("a", a), ("b", b)]);
        (a.sum() * 3 + (b.sum() * 4)).backward();

        Assert.Equal(5, adam.Step(0).item<float>(), 6);
        Assert.Equal(5, adam.Step(0, largestNorm: 10).item<float>(), 6);
        Assert.Equal(5, adam.Step(0, largestNorm: 1).item<float>(), 6);

        // The means have seen 3, 3 and 3/5 with weights 0.1·0.9², 0.1·0.9 and 0.1.
        IReadOnlyDictionary<string, Tensor> state = adam.State("o.");
        Assert.Equal((0.1 * 0.81 * 3) + (0.1 * 0.9 * 3) + (0.1 * 0.6), state["o.mean.a"].item<float>(), 6);
        Assert.Equal((0.1 * 0.81 * 4) + (0.1 * 0.9 * 4) + (0.1 * 0.8), state["o.mean.b"].item<float>(), 6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_leaves_every_parameter_as_it_was(float factor)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter sound = Make(3, 2);
        Parameter broken = Make(2, 2);
        using var adam = new AdamOptimiser([("sound", sound), ("broken", broken)], weightDecay: 0.1);
        float[] before = [.. sound.data<float>().ToArray(), .. broken.data<float>().ToArray()];
        (sound.sum() + (broken.sum() * factor)).backward();

        Assert.False(double.IsFinite(adam.Step(0.01, largestNorm: 1).item<float>()));

        float[] after = [.. sound.data<float>().ToArray(), .. broken.data<float>().ToArray()];
        Assert.Equal(before, after);
    }

    [Fact]
    public void Kernels_that_lie_channels_last_in_memory_stay_so_and_take_the_same_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor kernel = arange(4 * 3 * 2 * 2 * 5, ScalarType.Float32).mul(0.01).reshape(4, 3, 2, 2, 5);
        Parameter plain = new(kernel.clone());
        Parameter channelsLast = new(kernel.permute(0, 2, 3, 4, 1).contiguous().permute(0, 4, 1, 2, 3));
        long[] strides = channelsLast.stride();
        using var first = new AdamOptimiser([("w", plain)], weightDecay: 0.01);
        using var second = new AdamOptimiser([("other", Make(1, 3)), ("w", channelsLast)], weightDecay: 0.01);

        Steps(first, plain, 4);
        Steps(second, channelsLast, 4);

        Assert.Equal(strides, channelsLast.stride());
        Assert.Equal(plain.flatten().data<float>().ToArray(), channelsLast.flatten().data<float>().ToArray());
        Assert.Equal(
            first.State("o.")["o.square.w"].flatten().data<float>().ToArray(),
            second.State("o.")["o.square.w"].flatten().data<float>().ToArray()
        );
    }

    [Fact]
    public void A_state_of_other_parameters_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using var adam = new AdamOptimiser([("w", Make(2, 2))]);
        using var other = new AdamOptimiser([("w", Make(2, 3))]);

        Assert.Contains(
            "'o.mean.w' of shape (2, 3)",
            Assert.Throws<TaskGrainException>(() => other.Restore(adam.State("o."), "o.")).Message,
            StringComparison.Ordinal
        );
    }

    private static void Steps(AdamOptimiser adam, Parameter parameter, int count)
    {
        for (int i = 0; i < count; i++)
        {
            adam.ZeroGradients();
            parameter.mul(1.7).cos().sum().backward();
            adam.Step(0.01);
        }
    }

    private static Parameter Make(long rows, long columns) =>
        new(arange(rows * columns, ScalarType.Float32).reshape(rows, columns).mul(0.1).sub(0.4));
}
