using System.Globalization;
using TaskGrain.Runtime.Ranks;
using TorchSharp;

namespace TaskGrain.Runtime;

/// <summary>Turns a device's name into a device that exists.</summary>
public static class ComputeDevice
{
    /// <summary>
    /// Most threads that are of use; every one costs memory and time to start, and thousands bring a machine down.
    /// </summary>
    internal static int MostThreads { get; } = Math.Max(64, 8 * Environment.ProcessorCount);

    /// <summary>Refuses what is no device's name on any machine.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="TaskGrainException">It is none.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name is not ("cpu" or "auto" or "cuda") && CudaIndex(name) is null)
        {
            throw new TaskGrainException($"'{name}' is not a device; use cpu, cuda, cuda:0, cuda:1 …, or auto.");
        }
    }

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
        CheckName(name);
        NativeLibraries.EnsureLoaded();
        return name switch
        {
            "cpu" => torch.CPU,
            "auto" => torch.cuda.is_available() ? torch.device(DeviceType.CUDA, 0) : torch.CPU,
            _ => Cuda(name, CudaIndex(name) ?? 0),
        };
    }

    /// <summary>Reads a device's name for one of several ranks, which have a GPU each.</summary>
    /// <param name="name">As above; the number of a GPU does not count.</param>
    /// <param name="place">Which rank; null for a process alone.</param>
    /// <exception cref="TaskGrainException">As above, or the machine has more ranks than GPUs.</exception>
    internal static torch.Device Parse(string name, RankPlace? place)
    {
        torch.Device device = Parse(name);
        if (place is null || device.type != DeviceType.CUDA)
        {
            return device;
        }

        int count = torch.cuda.device_count();
        return place.LocalRank < count
            ? torch.device(DeviceType.CUDA, place.LocalRank)
            : throw new TaskGrainException(
                $"{place.LocalSize} ranks were started on this machine, and it has {count} GPUs: one rank takes one."
            );
    }

    /// <summary>Sets how many threads libtorch uses for one operation, for the whole process.</summary>
    /// <param name="threads">At least 1; 0 for one a core. At most 64, or eight a core where that is more.</param>
    /// <returns>The number in force.</returns>
    /// <exception cref="TaskGrainException">The number is negative or too large.</exception>
    public static int SetThreads(int threads)
    {
        if (threads < 0 || threads > MostThreads)
        {
            throw new TaskGrainException(
                $"{threads} threads cannot be used; give 1 to {MostThreads}, or 0 for one a core."
            );
        }

        NativeLibraries.EnsureLoaded();
        int count = threads == 0 ? Environment.ProcessorCount : threads;
        torch.set_num_threads(count);
        return count;
    }

    private static int? CudaIndex(string name) =>
        name.StartsWith("cuda:", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : null;

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
        throw new TaskGrainException($"device '{name}' is not available: {reason}. The processor (cpu) always is.");
    }
}
