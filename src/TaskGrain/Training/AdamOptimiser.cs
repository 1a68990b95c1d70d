using TaskGrain.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). The same numbers as PyTorch's
/// <c>AdamW</c>; of our own because its whole state, with the steps of each parameter, must come back bit for bit
/// from a checkpoint, and because a step is a handful of operations whatever the number of parameters.
/// </summary>
/// <remarks>
/// Values and moments of all parameters lie one behind the other in one tensor each, and the parameters become views
/// of theirs: a small network on a GPU is bound by the number of operations, which would otherwise be ten a parameter.
/// Nothing in a step waits for the device. A processor is bound by memory and goes over it once
/// (<see cref="AdamPass"/>).
/// </remarks>
internal sealed class AdamOptimiser : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly ParameterSlice[] _parameters;
    private readonly Tensor _values;
    private readonly Tensor _means;
    private readonly Tensor _squares;
    private readonly long[] _steps;
    private readonly double _weightDecay;

    /// <summary>Makes an optimiser that has seen nothing yet.</summary>
    /// <param name="parameters">What it changes, by name; float32, on the device where they stay.</param>
    /// <param name="weightDecay">Decoupled weight decay; 0 for none.</param>
    public AdamOptimiser(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        _weightDecay = weightDecay;
        _parameters = ParameterSlice.Lay(parameters, out long total);
        _steps = new long[_parameters.Length];
        Device device = _parameters.Length > 0 ? _parameters[0].Parameter.device : CPU;
        _values = zeros(total, ScalarType.Float32, device).DetachFromDisposeScope();
        _means = zeros_like(_values).DetachFromDisposeScope();
        _squares = zeros_like(_values).DetachFromDisposeScope();
        foreach (ParameterSlice slice in _parameters)
        {
            slice.MoveInto(_values);
        }
    }

    /// <summary>Forgets the gradients; parameters that the next loss does not reach then have none.</summary>
    public void ZeroGradients()
    {
        foreach (ParameterSlice slice in _parameters)
        {
            slice.Parameter.grad = null;
        }
    }

    /// <summary>
    /// Makes one step. A parameter without a gradient stays as it is and so do its moments. When a gradient is not
    /// finite, all parameters stay as they are.
    /// </summary>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="largestNorm">
    /// All gradients are scaled down together when their norm is larger; 0 leaves every norm.
    /// </param>
    /// <returns>
    /// The gradients' norm before scaling, a scalar on their device; not finite when any of them is not. Belongs to
    /// the caller's dispose scope.
    /// </returns>
    public Tensor Step(double learningRate, double largestNorm = 0)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (_values.device.type == DeviceType.CPU)
        {
            return StepAtOnce(learningRate, largestNorm).MoveToOuterDisposeScope();
        }

        List<Segment> segments = [.. Segments()];
        if (segments.Count == 0)
        {
            return zeros([], ScalarType.Float32, _values.device).MoveToOuterDisposeScope();
        }

        Tensor norm =
            segments.Count == 1
                ? segments[0].Gradient.norm()
                : stack(segments.Select(segment => segment.Gradient.norm())).norm();
        Tensor finite = norm.isfinite();
        Tensor? factor = largestNorm > 0 ? Factor(norm, largestNorm) : null;
        foreach (Segment segment in segments)
        {
            Update(segment, factor, finite, learningRate);
        }

        return norm.MoveToOuterDisposeScope();
    }

    /// <summary>The state by name, for a checkpoint. Moments are live, not copies.</summary>
    /// <param name="prefix">Put before every name.</param>
    /// <returns>Names such as <c>optimizer.mean.encoder.lstm.weight_ih_l0</c>, and <c>optimizer.steps</c>.</returns>
    public IReadOnlyDictionary<string, Tensor> State(string prefix)
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [$"{prefix}steps"] = tensor(_steps) };
        foreach (ParameterSlice slice in _parameters)
        {
            state.Add($"{prefix}mean.{slice.Name}", slice.ViewOf(_means));
            state.Add($"{prefix}square.{slice.Name}", slice.ViewOf(_squares));
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
        foreach (ParameterSlice slice in _parameters)
        {
            long[] shape = slice.Parameter.shape;
            slice.ViewOf(_means).copy_(Find(state, $"{prefix}mean.{slice.Name}", shape));
            slice.ViewOf(_squares).copy_(Find(state, $"{prefix}square.{slice.Name}", shape));
        }
    }

    /// <summary>Frees the moments. The parameters keep their values.</summary>
    public void Dispose()
    {
        _values.Dispose();
        _means.Dispose();
        _squares.Dispose();
    }

    /// <summary>The step on a processor, where nothing is asynchronous and the norm can be looked at.</summary>
    private Tensor StepAtOnce(double learningRate, double largestNorm)
    {
        var parts = new List<AdamPass.Part>(_parameters.Length);
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].Parameter.grad is not null)
            {
                long step = ++_steps[i];
                double rate = learningRate / (1 - Math.Pow(Beta1, step));
                double root = Math.Sqrt(1 - Math.Pow(Beta2, step));
                parts.Add(new AdamPass.Part(_parameters[i].Start, _parameters[i].Gradient().contiguous(), rate, root));
            }
        }

        var pass = new AdamPass(parts);
        double norm = pass.Norm();
        if (double.IsFinite(norm))
        {
            double scale = largestNorm > 0 ? Math.Min(1, largestNorm / norm) : 1;
            double decay = learningRate * _weightDecay;
            pass.Update(_values, _means, _squares, new AdamFactors(Beta1, Beta2, Epsilon, scale, decay));
        }

        return tensor((float)norm);
    }

    /// <summary>
    /// Runs of parameters that have a gradient and have made equally many steps: they share their factors.
    /// </summary>
    private IEnumerable<Segment> Segments()
    {
        for (int first = 0; first < _parameters.Length;)
        {
            int end = first;
            while (
                end < _parameters.Length && _steps[end] == _steps[first] && _parameters[end].Parameter.grad is not null
            )
            {
                end++;
            }

            if (end == first)
            {
                first++;
                continue;
            }

            yield return new Segment(first, end, cat([.. _parameters[first..end].Select(slice => slice.Gradient())]));
            first = end;
        }
    }

    private static Tensor Factor(Tensor norm, double largestNorm)
    {
        using Scalar most = 1;
        return norm.reciprocal().MultiplyInPlace(largestNorm).clamp_(max: most);
    }

    private void Update(Segment segment, Tensor? factor, Tensor finite, double learningRate)
    {
        long step = 0;
        for (int i = segment.First; i < segment.End; i++)
        {
            step = ++_steps[i];
        }

        long start = _parameters[segment.First].Start;
        long length = _parameters[segment.End - 1].End - start;
        Tensor gradient = factor is null ? segment.Gradient : segment.Gradient.mul_(factor);
        gradient = where(finite, gradient, zeros([], ScalarType.Float32, gradient.device));
        Tensor mean = _means.narrow(0, start, length).MultiplyInPlace(Beta1).AddInPlace(gradient, 1 - Beta1);
        using Scalar rest = 1 - Beta2;
        Tensor square = _squares.narrow(0, start, length).MultiplyInPlace(Beta2).addcmul_(gradient, gradient, rest);
        double correction1 = 1 - Math.Pow(Beta1, step);
        double correction2 = 1 - Math.Pow(Beta2, step);
        using Scalar root = Math.Sqrt(correction2);
        Tensor deviation = square.sqrt().div_(root).AddInPlace(Epsilon);
        Tensor change = mean.div(deviation).MultiplyInPlace(learningRate / correction1);
        Tensor values = _values.narrow(0, start, length);
        if (_weightDecay > 0)
        {
            change.AddInPlace(values, learningRate * _weightDecay);
        }

        values.AddInPlace(change.mul_(finite), -1);
        foreach (ParameterSlice slice in _parameters[segment.First..segment.End])
        {
            slice.CopyBack(_values);
        }
    }

    private static Tensor Find(IReadOnlyDictionary<string, Tensor> state, string name, long[] shape) =>
        state.TryGetValue(name, out Tensor? found) && found.shape.AsSpan().SequenceEqual(shape)
            ? found
            : throw new TaskGrainException(
                $"The checkpoint has no '{name}' of shape ({string.Join(", ", shape)}): it is of another model."
            );

    /// <summary>
    /// Parameters <paramref name="First"/> up to <paramref name="End"/> and their gradients in a row.
    /// </summary>
    private readonly record struct Segment(int First, int End, Tensor Gradient);
}
