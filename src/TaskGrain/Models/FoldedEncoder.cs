using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// A trained <see cref="TwoChannelEncoder"/> made ready for inference: batch norms folded into the convolutions, ReLU
/// in place or with the pooling, weights in the compute format once and for all, no dropout and no gradients. It keeps
/// copies and does not follow the encoder's further training.
/// </summary>
internal sealed class FoldedEncoder : IDisposable
{
    private readonly SequenceReader _reader;

    /// <summary>Makes the inference form of an encoder, on the encoder's device.</summary>
    /// <param name="encoder">The encoder; its running batch statistics are used, whatever mode it is in.</param>
    /// <param name="precision">Format of convolutions, LSTM and linear layer.</param>
    /// <exception cref="TaskGrainException">
    /// A weight is no finite number: the training that made it has diverged.
    /// </exception>
    public FoldedEncoder(TwoChannelEncoder encoder, Precision precision = Precision.Auto)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        Options = encoder.Options;
        Device = encoder.parameters().First().device;
        Type = precision.TypeOn(Device);
        CheckFinite(encoder);
        (Channel2D, Channel3D, _reader) = encoder.Fold(Type);
    }

    /// <summary>The encoder's sizes.</summary>
    public EncoderOptions Options { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>The compute format, float32 or bfloat16.</summary>
    public ScalarType Type { get; }

    /// <summary>Layers of the 2D channel; null when the architecture has none.</summary>
    internal FoldedConvolution[]? Channel2D { get; }

    /// <summary>Layers of the 3D channel; null when the architecture has none.</summary>
    internal FoldedConvolution[]? Channel3D { get; }

    /// <summary>Encodes clips: one feature vector a frame.</summary>
    /// <param name="clips">(N, 3, T, H, W), as for the encoder; on any device.</param>
    /// <returns>(N, T, FeatureSize), float32, on <see cref="Device"/>.</returns>
    /// <exception cref="TaskGrainException">
    /// The frames' size does not fit the encoder; the message says what would.
    /// </exception>
    public Tensor Encode(Tensor clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Options.CheckClips(clips.shape);
        return Infer(() => Read(Vectors(clips)));
    }

    /// <summary>The convolutional part.</summary>
    /// <param name="clips">(N, 3, T, H, W).</param>
    /// <returns>(N, T, features of both channels), 2D first, in the compute format.</returns>
    internal Tensor Vectors(Tensor clips)
    {
        using var scope = NewDisposeScope();
        Tensor input = ChannelsLast.Make(clips.to(Type, Device));
        var features = new List<Tensor>(2);
        foreach (FoldedConvolution[]? channel in new[] { Channel2D, Channel3D })
        {
            if (channel is not null)
            {
                features.Add(Run(channel, input).flatten(2).transpose(1, 2));
            }
        }

        return cat(features, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Runs something in inference mode; its result is an ordinary tensor, which gradients may pass.</summary>
    internal static Tensor Infer(Func<Tensor> compute)
    {
        using var scope = NewDisposeScope();
        Tensor result;
        using (inference_mode())
        {
            result = compute();
        }

        return result.clone().MoveToOuterDisposeScope();
    }

    /// <summary>The temporal part.</summary>
    /// <param name="features">(N, T, features of both channels).</param>
    /// <returns>(N, T, FeatureSize), float32.</returns>
    internal Tensor Read(Tensor features) => _reader.Read(features);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FoldedConvolution layer in (Channel2D ?? []).Concat(Channel3D ?? []))
        {
            layer.Dispose();
        }

        _reader.Dispose();
    }

    // The pooling compares bits, in which not-a-number may pass for nothing; so none may get in.
    private static void CheckFinite(TwoChannelEncoder encoder)
    {
        using var scope = NewDisposeScope();
        foreach ((string key, Tensor tensor) in encoder.state_dict())
        {
            if (!tensor.isfinite().all().item<bool>())
            {
                throw new TaskGrainException(
                    $"The encoder's '{key}' holds numbers that are not finite: its training has diverged."
                );
            }
        }
    }

    /// <summary>Runs layers one after the other; each map is let go as soon as the next one exists.</summary>
    internal static Tensor Run(FoldedConvolution[] layers, Tensor input)
    {
        Tensor map = input;
        foreach (FoldedConvolution layer in layers)
        {
            Tensor next = layer.Apply(map);
            if (!ReferenceEquals(map, input))
            {
                map.Dispose();
            }

            map = next;
        }

        return map;
    }
}
