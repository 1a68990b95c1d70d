using TaskGrain.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Transfer;

public sealed class AdamWTests
{
    /// <summary>19 weights that decay and 4 biases that do not: neither is a multiple of a vector's width.</summary>
    [Fact]
    public void Takes_the_same_steps_as_the_optimiser_of_tensors()
    {
        const int Weights = 19;
        const int Biases = 4;
        const double Rate = 0.01;
        const double Decay = 0.1;
        using DisposeScope scope = NewDisposeScope();
        float[] parameters = [.. Enumerable.Range(0, Weights + Biases).Select(i => (float)Math.Cos(i))];
        var weights = new Parameter(tensor(parameters[..Weights]));
        var biases = new Parameter(tensor(parameters[Weights..]));
        using var decaying = new AdamOptimiser([("weights", weights)], Decay);
        using var free = new AdamOptimiser([("biases", biases)]);
        var own = new TaskGrain.Transfer.AdamW(Weights + Biases);
        for (int step = 0; step < 20; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, Weights + Biases).Select(i => (float)Math.Sin((3 * i) + step))];
            own.Update(parameters, gradient, Rate, Decay, Weights);
            weights.grad = tensor(gradient[..Weights]);
            biases.grad = tensor(gradient[Weights..]);
            decaying.Step(Rate);
            free.Step(Rate);
        }

        using IDisposable frozen = no_grad();
        Assert.All(
            cat([weights, biases]).data<float>().ToArray().Zip(parameters),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f)
        );
        Assert.NotEqual(1, parameters[0], 0.05f); // it has moved
    }
}
