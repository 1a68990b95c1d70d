using System.Runtime.InteropServices;

namespace TaskGrain.Runtime;

/// <summary>How much memory the current CUDA device has left.</summary>
internal static unsafe class CudaMemory
{
    // The library comes with libtorch and has been loaded by it, so that its name is enough.
    private static readonly string[] Names = ["libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0"];

    /// <summary>Free bytes; null where they cannot be told.</summary>
    public static long? Free()
    {
        foreach (string name in Names)
        {
            if (
                NativeLibrary.TryLoad(name, out nint library)
                && NativeLibrary.TryGetExport(library, "cudaMemGetInfo", out nint function)
            )
            {
                nuint free = 0;
                nuint total = 0;
                int error = ((delegate* unmanaged<nuint*, nuint*, int>)function)(&free, &total);
                return error == 0 ? (long)free : null;
            }
        }

        return null;
    }
}
