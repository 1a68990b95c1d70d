using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). The same numbers as PyTorch's
/// <c>AdamW</c>; of our own because its whole state, with the steps of each parameter, must come back bit for bit
/// from a checkpoint.
/// </summary>
public sealed class AdamOptimiser : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly long[] _steps;
    private readonly double _weightDecay;

    /// <summary>Makes an optimiser that has seen nothing yet.</summary>
    /// <param name="parameters">What it changes, by name; on the device where they stay.</param>
    /// <param name="weightDecay">Decoupled weight decay; 0 for none.</param>
    public AdamOptimiser(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        _weightDecay = weightDecay;
        _means = [.. _parameters.Select(p => zeros_like(p.Parameter).requires_grad_(false).DetachFromDisposeScope())];
        _squares = [.. _parameters.Select(p => zeros_like(p.Parameter).requires_grad_(false).DetachFromDisposeScope())];
        _steps = new long[_parameters.Length];
    }

    /// <summary>Forgets the gradients; parameters that the next loss does not reach then have none.</summary>
    public void ZeroGradients()
    {
        foreach ((_, Parameter parameter) in _parameters)
        {
            parameter.grad = null;
        }
    }

    /// <summary>Scales all gradients down together when their norm is too large.</summary>
    /// <param name="largest">The largest norm left alone; 0 to leave any.</param>
    /// <returns>The norm before; not finite when any gradient is not.</returns>
    public double ClipGradients(double largest)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gradients = [.. _parameters.Select(p => p.Parameter.grad).OfType<Tensor>()];
        if (gradients.Length == 0)
        {
            return 0;
        }

        double norm = stack(gradients.Select(gradient => gradient.detach().norm())).norm().item<float>();
        if (largest > 0 && norm > largest && double.IsFinite(norm))
        {
            foreach (Tensor gradient in gradients)
            {
                gradient.mul_(largest / norm);
            }
        }

        return norm;
    }

    /// <summary>Makes one step. A parameter without a gradient stays as it is and so do its moments.</summary>
    /// <param name="learningRate">The step's learning rate.</param>
    public void Step(double learningRate)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i].Parameter;
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            long step = ++_steps[i];
            if (_weightDecay > 0)
            {
                parameter.mul_(1 - (learningRate * _weightDecay));
            }

            _means[i].mul_(Beta1).add_(gradient, 1 - Beta1);
            _squares[i].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            double correction1 = 1 - Math.Pow(Beta1, step);
            double correction2 = 1 - Math.Pow(Beta2, step);
            Tensor deviation = _squares[i].sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
            parameter.addcdiv_(_means[i], deviation, -learningRate / correction1);
        }
    }

    /// <summary>The state by name, for a checkpoint. Moments are live, not copies.</summary>
    /// <param name="prefix">Put before every name.</param>
    /// <returns>Names such as <c>optimizer.mean.encoder.lstm.weight_ih_l0</c>, and <c>optimizer.steps</c>.</returns>
    public IReadOnlyDictionary<string, Tensor> State(string prefix)
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [$"{prefix}steps"] = tensor(_steps) };
        for (int i = 0; i < _parameters.Length; i++)
        {
            state.Add($"{prefix}mean.{_parameters[i].Name}", _means[i]);
            state.Add($"{prefix}square.{_parameters[i].Name}", _squares[i]);
        }

        return state;
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <param name="state">What <see cref="State"/> gave, read back.</param>
    /// <param name="prefix">The same prefix.</param>
    /// <exception cref="TaskGrainException">The state is that of other parameters.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor steps = Find(state, $"{prefix}steps", [_parameters.Length]);
        steps.data<long>().ToArray().CopyTo(_steps, 0);
        for (int i = 0; i < _parameters.Length; i++)
        {
            long[] shape = _parameters[i].Parameter.shape;
            _means[i].copy_(Find(state, $"{prefix}mean.{_parameters[i].Name}", shape));
            _squares[i].copy_(Find(state, $"{prefix}square.{_parameters[i].Name}", shape));
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (Tensor moment in _means.Concat(_squares))
        {
            moment.Dispose();
        }
    }

    private static Tensor Find(IReadOnlyDictionary<string, Tensor> state, string name, long[] shape) =>
        state.TryGetValue(name, out Tensor? found) && found.shape.AsSpan().SequenceEqual(shape)
            ? found
            : throw new TaskGrainException(
                $"The checkpoint has no '{name}' of shape ({string.Join(", ", shape)}): it is of another model."
            );
}
