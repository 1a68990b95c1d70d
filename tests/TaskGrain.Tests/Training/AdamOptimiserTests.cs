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

        Assert.Equal(5, adam.ClipGradients(0), 6);
        Assert.Equal(5, adam.ClipGradients(10), 6);
        Assert.Equal(3, a.grad!.item<float>(), 6);
        Assert.Equal(5, adam.ClipGradients(1), 6);
        Assert.Equal((0.6f, 0.8f), (a.grad!.item<float>(), b.grad!.item<float>()));
        (a.sum() / 0).backward();
        Assert.False(double.IsFinite(adam.ClipGradients(1)));
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
