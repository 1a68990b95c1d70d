using TaskGrain.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// The same network as <see cref="TwoChannelEncoder"/>, written the way PyTorch or TorchSharp code is written when
/// nobody thinks of speed: ready-made modules, float32, default layout. It is the yardstick of the benchmarks and the
/// reference of the tests, and nothing else uses it.
/// </summary>
internal sealed class PlainEncoder : Module<Tensor, Tensor>
{
    private readonly Sequential? channel2d;
    private readonly Sequential? channel3d;
    private readonly LSTM lstm;
    private readonly Linear projection;
    private readonly Dropout dropout;

    public PlainEncoder(EncoderOptions options)
        : base(nameof(PlainEncoder))
    {
        options.Validate();
        EncoderArchitecture architecture = options.Architecture;
        channel2d = architecture.Features2D > 0 ? Channel(architecture.Features2D, 1, options.FinalPool) : null;
        channel3d = architecture.Features3D > 0 ? Channel(architecture.Features3D, 3, options.FinalPool) : null;
        lstm = LSTM(
            architecture.Features,
            options.LstmHidden,
            options.LstmLayers,
            batchFirst: true,
            bidirectional: true
        );
        projection = Linear(2 * options.LstmHidden, options.FeatureSize);
        dropout = Dropout(options.Dropout);
        RegisterComponents();
    }

    /// <param name="input">(N, 3, T, H, W), float32.</param>
    /// <returns>(N, T, FeatureSize), float32.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = new List<Tensor>();
        foreach (Sequential? channel in new[] { channel2d, channel3d })
        {
            if (channel is not null)
            {
                features.Add(channel.call(input).flatten(2).transpose(1, 2));
            }
        }

        (Tensor sequence, _, _) = lstm.call(cat(features, -1));
        return dropout.call(functional.relu(projection.call(sequence))).MoveToOuterDisposeScope();
    }

    /// <summary>Takes over the weights and batch statistics of an encoder of the same sizes.</summary>
    public void CopyFrom(TwoChannelEncoder encoder)
    {
        using IDisposable noGradient = no_grad();
        Dictionary<string, Tensor> source = encoder.state_dict();
        foreach ((string key, Tensor tensor) in state_dict())
        {
            if (!key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                tensor.copy_(source[KeyOf(key)]);
            }
        }
    }

    /// <summary>
    /// The encoder's key of one of this network's tensors: ours has <c>channel2d.block1.conv.weight</c> where the list
    /// of
    /// ready-made layers has <c>channel2d.block1_conv.weight</c>.
    /// </summary>
    public static string KeyOf(string key) =>
        key.Replace("_conv.", ".conv.", StringComparison.Ordinal).Replace("_norm.", ".norm.", StringComparison.Ordinal);

    private static Sequential Channel(int features, int frames, int finalPool)
    {
        int width = features / EncoderArchitecture.WidthOfBase;
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        void Block(int number, int inputs, int outputs, int padding, int pool)
        {
            layers.Add(
                (
                    $"block{number}_conv",
                    Conv3d(inputs, outputs, (frames, 3, 3), padding: (frames / 2, padding, padding))
                )
            );
            layers.Add(($"block{number}_norm", BatchNorm3d(outputs)));
            layers.Add(($"block{number}_relu", ReLU()));
            if (pool > 1)
            {
                layers.Add(($"block{number}_pool", MaxPool3d((1, pool, pool))));
            }
        }

        Block(1, 3, width, 1, 2);
        Block(2, width, 2 * width, 1, 2);
        Block(3, 2 * width, 4 * width, 1, 2);
        Block(4, 4 * width, 8 * width, 0, 1);
        Block(5, 8 * width, 8 * width, 0, 1);
        Block(6, 8 * width, 8 * width, 0, finalPool);
        return Sequential(layers);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            channel2d?.Dispose();
            channel3d?.Dispose();
            lstm.Dispose();
            projection.Dispose();
            dropout.Dispose();
        }

        base.Dispose(disposing);
    }
}
