using static TorchSharp.torch;

namespace TaskGrain.Runtime;

/// <summary>What a <see cref="Precision"/> means on a machine.</summary>
internal static class PrecisionExtensions
{
    /// <summary>The number format of the heavy layers on a device.</summary>
    /// <param name="precision">The wish; <see cref="Precision.Auto"/> takes bfloat16 where it is fast.</param>
    /// <param name="device">Where the model computes.</param>
    /// <returns>float32 or bfloat16.</returns>
    public static ScalarType TypeOn(this Precision precision, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return precision switch
        {
            Precision.Float32 => ScalarType.Float32,
            Precision.BFloat16 => ScalarType.BFloat16,
            Precision.Auto when device.type == TorchSharp.DeviceType.CPU => ProcessorFeatures.BFloat16
                ? ScalarType.BFloat16
                : ScalarType.Float32,
            Precision.Auto => device.type == TorchSharp.DeviceType.CUDA ? ScalarType.BFloat16 : ScalarType.Float32,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "auto, float32 or bfloat16"),
        };
    }
}
