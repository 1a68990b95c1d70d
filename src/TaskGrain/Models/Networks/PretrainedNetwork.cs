using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Networks;

/// <summary>
/// An image or clip network that others have trained, in its inference form: batch norms folded into the convolutions,
/// channels last in memory, weights in the compute format. It keeps copies of the weights it is made of.
/// </summary>
/// <remarks>Safe to use from several threads, as it changes nothing while computing.</remarks>
internal abstract class PretrainedNetwork : IDisposable
{
    private readonly Tensor? _classifierWeight;
    private readonly Tensor? _classifierBias;

    private protected PretrainedNetwork(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        ScalarType type,
        Device device
    )
    {
        Architecture = architecture;
        Type = type;
        Device = device;
        if (weights.TryGetValue($"{architecture.Classifier}.weight", out Tensor? weight))
        {
            Classes = (int)weight.shape[0];
            Tensor Copy(Tensor tensor) => tensor.detach().to(type, device, copy: true).DetachFromDisposeScope();
            _classifierWeight = Copy(weight);
            _classifierBias = Copy(weights[$"{architecture.Classifier}.bias"]);
        }
    }

    /// <summary>Its layers.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>The compute format, float32 or bfloat16.</summary>
    public ScalarType Type { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>Classes of its classifier; 0 when its weights came without one.</summary>
    public int Classes { get; }

    /// <summary>Builds a network.</summary>
    /// <param name="architecture">Its layers.</param>
    /// <param name="weights">
    /// Exactly those of <see cref="NetworkArchitecture.Tensors"/>, the optional ones all or none; stay the caller's.
    /// </param>
    /// <param name="device">Where it computes; null for the processor.</param>
    /// <param name="precision">Number format of convolutions and linear layers.</param>
    /// <returns>The network.</returns>
    /// <exception cref="TaskGrainException">
    /// Weights are missing, of another shape, of no float type, or hold numbers that are not finite; the message names
    /// them.
    /// </exception>
    public static PretrainedNetwork Create(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        Device? device = null,
        Precision precision = Precision.Auto
    )
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(weights);
        NativeLibraries.EnsureLoaded();
        device ??= CPU;
        NetworkWeightCheck.Require(architecture, weights);
        ScalarType type = precision.TypeOn(device);
        using IDisposable noGradient = no_grad();
        return architecture.Family == NetworkFamily.Vgg
            ? new VggNetwork(architecture, weights, type, device)
            : new ResidualNetwork(architecture, weights, type, device);
    }

    /// <summary>The penultimate vectors.</summary>
    /// <param name="input">
    /// Normalised frames (N, 3, H, W) or clips (N, 3, T, H, W), as the network was trained; any device and layout.
    /// </param>
    /// <returns>(N, D), float32.</returns>
    /// <exception cref="TaskGrainException">
    /// The input has another number of dimensions, or a size too small.
    /// </exception>
    public Tensor Features(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckInput(input.shape);
        return FoldedEncoder.Infer(() =>
        {
            using var scope = NewDisposeScope();
            return Penultimate(NetworkLayer.ChannelsLast(input.to(Type, Device))).MoveToOuterDisposeScope();
        });
    }

    /// <summary>The classifier's answers.</summary>
    /// <param name="features">(N, D), from <see cref="Features"/>.</param>
    /// <returns>Logits (N, classes), float32.</returns>
    /// <exception cref="TaskGrainException">The weights came without a classifier.</exception>
    public Tensor Logits(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return _classifierWeight is null
            ? throw new TaskGrainException($"These weights of {Architecture} have no classifier, only features.")
            : FoldedEncoder.Infer(() =>
            {
                using var scope = NewDisposeScope();
                return nn
                    .functional.linear(features.to(Type, Device), _classifierWeight, _classifierBias)
                    .to(ScalarType.Float32)
                    .MoveToOuterDisposeScope();
            });
    }

    /// <summary>Frees the weights.</summary>
    public virtual void Dispose()
    {
        _classifierWeight?.Dispose();
        _classifierBias?.Dispose();
    }

    /// <summary>The network up to its last layer.</summary>
    /// <param name="input">(N, 3, [T,] H, W), channels last, in the compute format.</param>
    /// <returns>(N, D), float32.</returns>
    protected abstract Tensor Penultimate(Tensor input);

    private void CheckInput(long[] shape)
    {
        bool clips = Architecture.Frames > 1;
        int dimensions = clips ? 5 : 4;

        // VGG's linear layers fix the size of its map; the others average over whatever map there is.
        bool sized = Architecture.Family == NetworkFamily.Vgg;
        if (
            shape.Length != dimensions
            || shape[1] != PixelTensor.Channels
            || shape[^2..].Any(side => sized ? side != Architecture.Side : side < 32)
        )
        {
            string size = sized ? $"{Architecture.Side}, {Architecture.Side}" : "H ≥ 32, W ≥ 32";
            throw new TaskGrainException(
                $"{Architecture} reads (N, 3, {(clips ? "T, " : "")}{size}), not ({string.Join(", ", shape)})."
            );
        }
    }
}
