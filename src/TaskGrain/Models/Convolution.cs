using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models;

/// <summary>A 3D convolution with float32 master weights that computes in the format of its input.</summary>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] _padding;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="frames">Kernel size in time, 1 or 3; time is padded so that the number of frames stays.</param>
    /// <param name="spatialPadding">Padding of height and width.</param>
    /// <param name="random">Draws the weights (Kaiming uniform for ReLU, null leaves them). Biases start at 0.</param>
    public Convolution(int inputs, int outputs, int frames, int spatialPadding, SeededRandom? random)
        : base(nameof(Convolution))
    {
        _padding = [frames / 2, spatialPadding, spatialPadding];
        using (NewDisposeScope())
        {
            weight = new Parameter(ChannelsLast.Make(empty([outputs, inputs, frames, 3, 3])));
            bias = new Parameter(zeros(outputs));
            weight.DetachFromDisposeScope();
            bias.DetachFromDisposeScope();
        }

        Initialisation.Uniform(weight, Math.Sqrt(6.0 / (inputs * frames * 9)), random);
        RegisterComponents();
    }

    /// <param name="input">(N, inputs, T, H, W), channels-last, float32 or bfloat16.</param>
    /// <returns>
    /// (N, outputs, T, H', W') in the same format; channels-last, or as <see cref="LongRows"/> leaves it.
    /// </returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (IsFasterAsImages(input))
        {
            Tensor images = functional.conv2d(
                ChannelsLast.AsImages(input),
                ChannelsLast.AsImages(weight.to_type(input.dtype)),
                bias.to_type(input.dtype),
                padding: [_padding[1], _padding[2]]
            );
            return ChannelsLast.AsClips(images, input.shape[0]).MoveToOuterDisposeScope();
        }

        if (LongRows.AreFaster(input, _padding[1]))
        {
            return LongRows
                .Convolve(input, weight.to_type(input.dtype), bias.to_type(input.dtype))
                .MoveToOuterDisposeScope();
        }

        ScalarType type = GradientFails(input) ? ScalarType.Float32 : input.dtype;
        (Tensor kernel, long[] padding) = TemporalKernel.For(input, weight, _padding);
        if (padding[0] > 0 && TimePadding.IsFaster(input, ProcessorFeatures.OnlyAvx2))
        {
            return TimePadding.Convolve(input, kernel, bias, padding[1]).MoveToOuterDisposeScope();
        }

        Tensor output = functional.conv3d(
            input.to_type(type),
            kernel.to_type(type),
            bias.to_type(type),
            padding: padding
        );
        return output.to_type(input.dtype).MoveToOuterDisposeScope();
    }

    // A kernel of one frame sees images; cuDNN has far better ways for those than for volumes.
    private bool IsFasterAsImages(Tensor input) =>
        weight.shape[2] == 1 && input.device.type == TorchSharp.DeviceType.CUDA;

    // libtorch 2.10 on processors: for two frames in bfloat16 the gradient of a padded temporal kernel is made of
    // memory nobody wrote. One frame, three and more are right.
    private bool GradientFails(Tensor input) =>
        input.dtype == ScalarType.BFloat16
        && input.shape[2] == 2
        && _padding[0] == 1
        && input.device.type == TorchSharp.DeviceType.CPU
        && is_grad_enabled();

    /// <summary>Padding of height and width.</summary>
    internal long SpatialPadding => _padding[1];

    /// <summary>The weights, (outputs, inputs, frames, 3, 3), and biases, (outputs), float32.</summary>
    internal (Tensor Weight, Tensor Bias) Parameters => (weight, bias);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
        }

        base.Dispose(disposing);
    }
}
