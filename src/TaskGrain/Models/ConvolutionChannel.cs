using TaskGrain.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>
/// One channel of the encoder: six convolution blocks (Figure 2). With kernels of 3 frames it is the 3D channel,
/// with kernels of 1 frame the 2D channel, which sees every frame by itself.
/// </summary>
internal sealed class ConvolutionChannel : Module<Tensor, Tensor>
{
    private readonly ConvolutionBlock block1;
    private readonly ConvolutionBlock block2;
    private readonly ConvolutionBlock block3;
    private readonly ConvolutionBlock block4;
    private readonly ConvolutionBlock block5;
    private readonly ConvolutionBlock block6;
    private readonly int _finalPool;

    /// <param name="features">Width of the last three layers; the first has an eighth of it.</param>
    /// <param name="frames">Kernel size in time, 1 or 3.</param>
    /// <param name="finalPool">Side of the max pooling after the last layer.</param>
    /// <param name="random">Draws the weights; null to leave them for a file to fill.</param>
    public ConvolutionChannel(int features, int frames, int finalPool, SeededRandom? random)
        : base(nameof(ConvolutionChannel))
    {
        int width = features / EncoderArchitecture.WidthOfBase;
        _finalPool = finalPool;
        block1 = new ConvolutionBlock(PixelTensor.Channels, width, frames, 1, 2, random);
        block2 = new ConvolutionBlock(width, 2 * width, frames, 1, 2, random);
        block3 = new ConvolutionBlock(2 * width, 4 * width, frames, 1, 2, random);
        block4 = new ConvolutionBlock(4 * width, 8 * width, frames, 0, 1, random);
        block5 = new ConvolutionBlock(8 * width, 8 * width, frames, 0, 1, random);
        block6 = new ConvolutionBlock(8 * width, 8 * width, frames, 0, 1, random);
        RegisterComponents();
    }

    /// <summary>The last layer's map, before the final pooling.</summary>
    /// <param name="input">(N, 3, T, H, W), channels-last.</param>
    /// <returns>
    /// (N, features, T, H/8 - 6, W/8 - 6), channels-last, or as <see cref="LongRows"/> leaves it.
    /// </returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor map = input;
        foreach (ConvolutionBlock block in new[] { block1, block2, block3, block4, block5, block6 })
        {
            // The block's input is let go as soon as its output exists: without gradients, one map lives at a time.
            Tensor next = block.call(map);
            if (!ReferenceEquals(map, input))
            {
                map.Dispose();
            }

            map = next;
        }

        return map.MoveToOuterDisposeScope();
    }

    /// <summary>Pools a map to one vector a frame.</summary>
    /// <param name="map">(N, features, T, h, w): what <see cref="forward"/> gives.</param>
    /// <returns>(N, T, features), float32.</returns>
    public Tensor Pool(Tensor map)
    {
        using var scope = NewDisposeScope();

        // Not MaxPoolRelu, which compares bits: a negative not-a-number of a diverged training must come out as one.
        Tensor pooled = ChannelsLast.AsClips(
            functional.max_pool2d(ChannelsLast.AsImages(map), _finalPool),
            map.shape[0]
        );
        return pooled.flatten(2).transpose(1, 2).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The channel for inference, with the running statistics folded into the convolutions.</summary>
    /// <param name="type">Compute format.</param>
    /// <returns>The six layers; the last one does the final pooling too.</returns>
    public FoldedConvolution[] Fold(ScalarType type) =>
        [
            block1.Fold(type),
            block2.Fold(type),
            block3.Fold(type),
            block4.Fold(type),
            block5.Fold(type),
            block6.Fold(type, _finalPool),
        ];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (ConvolutionBlock block in new[] { block1, block2, block3, block4, block5, block6 })
            {
                block.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
