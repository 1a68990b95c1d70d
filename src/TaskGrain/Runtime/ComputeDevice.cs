using System.Globalization;
using TorchSharp;

namespace TaskGrain.Runtime;

/// <summary>Turns the words of <c>--device</c> into a device that exists.</summary>
public static class ComputeDevice
{
    /// <summary>Reads a device's name.</summary>
    /// <param name="name">
    /// <c>cpu</c>, <c>cuda</c>, <c>cuda:n</c>, or <c>auto</c> (the first GPU, else the processor).
    /// </param>
    /// <returns>A device that libtorch can use now.</returns>
    /// <exception cref="TaskGrainException">
    /// The name is none of these, the device is not there, or libtorch cannot be loaded.
    /// </exception>
    public static torch.Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        NativeLibraries.EnsureLoaded();
        switch (name)
        {
            case "cpu":
                return torch.CPU;
            case "auto":
                return torch.cuda.is_available() ? torch.device(DeviceType.CUDA, 0) : torch.CPU;
            case "cuda":
                return Cuda(name, 0);
            default:
                if (
                    name.StartsWith("cuda:", StringComparison.Ordinal)
                    && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                )
                {
                    return Cuda(name, index);
                }

                throw new TaskGrainException($"'{name}' is not a device; use cpu, cuda, cuda:0, cuda:1 …, or auto.");
        }
    }

    /// <summary>Sets how many threads libtorch uses for one operation, for the whole process.</summary>
    /// <param name="threads">At least 1; 0 for one a core.</param>
    /// <returns>The number in force.</returns>
    /// <exception cref="TaskGrainException">The number is negative.</exception>
    public static int SetThreads(int threads)
    {
        if (threads < 0)
        {
            throw new TaskGrainException($"{threads} threads cannot be used; give 1 or more, or 0 for one a core.");
        }

        NativeLibraries.EnsureLoaded();
        int count = threads == 0 ? Environment.ProcessorCount : threads;
        torch.set_num_threads(count);
        return count;
    }

    private static torch.Device Cuda(string name, int index)
    {
        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index < count)
        {
            return torch.device(DeviceType.CUDA, index);
        }

        string reason =
            count == 0
                ? $"libtorch sees no CUDA GPU (the packaged libtorch is for processors; point "
                    + $"{NativeLibraries.LibTorchVariable} at a CUDA one)"
                : $"libtorch sees {count} CUDA GPU(s), numbered from 0";
        throw new TaskGrainException($"device '{name}' is not available: {reason}. Use --device cpu.");
    }
}
