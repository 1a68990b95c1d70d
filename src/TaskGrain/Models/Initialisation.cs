using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Fills layers with random weights from a <see cref="SeededRandom"/>, so that one seed gives the same model
/// whatever else draws random numbers and whatever libtorch does. Without a <see cref="SeededRandom"/> they are left as
/// they are, for a file or a copy to fill.
/// </summary>
internal static class Initialisation
{
    /// <summary>Seed of models made without one (about to be loaded from a file, or a test).</summary>
    public const ulong DefaultSeed = 0;

    /// <summary>PyTorch's default for a linear layer: weight and bias uniform in ±1/√fan_in.</summary>
    public static void Linear(Linear layer, SeededRandom? random)
    {
        Tensor weight = layer.weight;
        Uniform(weight, 1 / Math.Sqrt(weight.shape[1]), random);
        if (layer.bias is { } bias)
        {
            Uniform(bias, 1 / Math.Sqrt(weight.shape[1]), random);
        }
    }

    /// <summary>PyTorch's default for an LSTM: everything uniform in ±1/√hidden.</summary>
    public static void Lstm(LSTM layer, int hidden, SeededRandom? random)
    {
        foreach ((string _, Parameter parameter) in layer.named_parameters())
        {
            Uniform(parameter, 1 / Math.Sqrt(hidden), random);
        }
    }

    /// <summary>PyTorch's default for an embedding: standard normal numbers.</summary>
    public static void Embedding(Embedding layer, SeededRandom? random)
    {
        // The property would make a second handle of the matrix, which nothing would ever let go.
        Fill(layer.get_parameter("weight")!, random is null ? null : random.NextGaussian);
    }

    /// <summary>Uniform numbers in ±<paramref name="bound"/>.</summary>
    public static void Uniform(Tensor tensor, double bound, SeededRandom? random) =>
        Fill(tensor, random is null ? null : () => random.NextDouble(-bound, bound));

    /// <summary>Keeps a module's tensors out of the scope that is open, which would end them.</summary>
    public static void Keep(nn.Module module)
    {
        foreach (Tensor tensor in module.state_dict().Values)
        {
            tensor.DetachFromDisposeScope();
        }
    }

    private static void Fill(Tensor target, Func<double>? next)
    {
        // TorchSharp's ready-made layers leave their parameters in the scope that they are made in, which would end
        // them.
        target.DetachFromDisposeScope();
        if (next is null)
        {
            return;
        }

        using IDisposable noGradient = no_grad();
        float[] values = new float[target.numel()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)next();
        }

        using Tensor drawn = tensor(values, target.shape);
        target.copy_(drawn);
    }
}
