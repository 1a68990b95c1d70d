using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The encoder's temporal part for inference: bidirectional LSTM, linear layer, ReLU. A copy of its own, in the
/// compute format: an LSTM on one clip waits for its weights to come from memory, and bfloat16 halves them.
/// </summary>
internal sealed class SequenceReader : IDisposable
{
    private readonly LSTM _lstm;
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly ScalarType _type;

    /// <param name="lstm">The trained LSTM, which stays as it is.</param>
    /// <param name="projection">The trained linear layer, which stays as it is.</param>
    /// <param name="options">The encoder's sizes.</param>
    /// <param name="type">Compute format.</param>
    public SequenceReader(LSTM lstm, Linear projection, EncoderOptions options, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        _type = type;
        Device device = projection.weight!.device;
        _lstm = nn.LSTM(
            options.Architecture.Features,
            options.LstmHidden,
            options.LstmLayers,
            batchFirst: true,
            bidirectional: true,
            device: device,
            dtype: type
        );
        Dictionary<string, Tensor> trained = lstm.state_dict();
        foreach ((string name, Tensor parameter) in _lstm.state_dict())
        {
            parameter.copy_(trained[name]);
            parameter.requires_grad_(false);
        }

        _weight = projection.weight!.detach().to_type(type, copy: true).DetachFromDisposeScope();
        _bias = projection.bias!.detach().to_type(type, copy: true).DetachFromDisposeScope();
    }

    /// <param name="features">(N, T, features of both channels), in any format.</param>
    /// <returns>(N, T, FeatureSize), float32.</returns>
    public Tensor Read(Tensor features)
    {
        using var scope = NewDisposeScope();
        (Tensor sequence, _, _) = _lstm.call(features.to_type(_type));
        Tensor projected = nn.functional.relu(nn.functional.linear(sequence, _weight, _bias), inplace: true);
        return projected.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lstm.Dispose();
        _weight.Dispose();
        _bias.Dispose();
    }
}
