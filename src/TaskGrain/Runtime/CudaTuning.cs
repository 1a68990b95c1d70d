using System.Runtime.InteropServices;
using TorchSharp;

namespace TaskGrain.Runtime;

/// <summary>
/// Settings of libtorch's CUDA side that hold for the process: which convolution algorithms are tried, and whether
/// float32 products may use the tensor cores' shorter mantissa.
/// </summary>
internal static unsafe class CudaTuning
{
    /// <summary>Applies the settings.</summary>
    /// <param name="benchmark">
    /// Whether cuDNN tries its algorithms once for every shape and keeps the fastest; worth it where shapes repeat.
    /// </param>
    /// <param name="tf32">Whether float32 convolutions and products may round their factors to 10 bits.</param>
    /// <returns>False when this libtorch has no switch for the benchmark, which is then as it was.</returns>
    public static bool Apply(bool benchmark, bool tf32)
    {
        torch.backends.cudnn.allow_tf32 = tf32;
        torch.backends.cuda.matmul.allow_tf32 = tf32;
        return SetBenchmark(benchmark);
    }

    // TorchSharp has no name for this switch. Both functions are exported by every libtorch since 1.0; a member
    // function's first argument is the object.
    private static bool SetBenchmark(bool on)
    {
        string file = Path.Combine(NativeLibraries.LibTorchFolder() ?? "", "libtorch_cpu.so");
        if (
            !NativeLibrary.TryLoad(file, out nint library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context17setBenchmarkCuDNNEb", out nint setter)
        )
        {
            return false;
        }

        nint shared = ((delegate* unmanaged<nint>)context)();
        ((delegate* unmanaged<nint, byte, void>)setter)(shared, on ? (byte)1 : (byte)0);
        return true;
    }
}
