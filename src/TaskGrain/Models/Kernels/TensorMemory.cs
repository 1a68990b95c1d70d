using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>Raw access to tensors for the kernels of this folder.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>
    /// Whether the kernels can read and write the tensor where it lies: on the CPU, in a format they know.
    /// </summary>
    public static bool IsReachable(Tensor tensor) =>
        tensor.device.type == TorchSharp.DeviceType.CPU && tensor.dtype is ScalarType.BFloat16 or ScalarType.Float32;

    /// <summary>Address of the first element. The caller keeps the tensor alive and knows its strides.</summary>
    public static void* Address(Tensor tensor)
    {
        // TorchSharp hands memory out as a span of the whole tensor, whose length is an int: ask for one element.
        using Tensor flat = tensor.as_strided([1], [1], tensor.storage_offset());
        fixed (byte* first = flat.bytes)
        {
            return first;
        }
    }
}
