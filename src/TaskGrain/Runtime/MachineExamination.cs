using System.Globalization;
using System.Runtime.InteropServices;
using TaskGrain.Runtime.Storage;
using TorchSharp;

namespace TaskGrain.Runtime;

/// <summary>
/// Looks over what the heavy work needs of this machine: processor, memory, disk, libtorch and devices.
/// </summary>
internal static class MachineExamination
{
    private const long Gibibyte = 1L << 30;

    /// <summary>Looks at everything, in the order in which a fault would hurt.</summary>
    /// <param name="folder">The folder whose disk will hold stores and runs.</param>
    /// <returns>A finding a subject; never throws for what it finds.</returns>
    public static IReadOnlyList<Finding> Examine(string folder) => [System(), Memory(), Disk(folder), .. LibTorch()];

    private static Finding System() =>
        new(
            "system",
            FindingLevel.Good,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, "
                + $"{RuntimeInformation.FrameworkDescription}"
        );

    private static Finding Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string found = Gib(bytes);
        return bytes >= 8 * Gibibyte
            ? new("memory", FindingLevel.Good, found)
            : new(
                "memory",
                FindingLevel.Warning,
                found,
                "training M(256-256) with batch 8 wants 8 GiB; use a smaller batch or preset."
            );
    }

    private static Finding Disk(string folder)
    {
        string full = Path.GetFullPath(folder);
        while (!Directory.Exists(full))
        {
            full = Path.GetDirectoryName(full)!;
        }

        long free = new DriveInfo(full).AvailableFreeSpace;
        string found = $"{Gib(free)} free at {full}";
        string probe = Path.Combine(full, $".taskgrain-{Guid.NewGuid():N}");
        try
        {
            AtomicFile.WriteText(probe, "");
            File.Delete(probe);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return new(
                "disk",
                FindingLevel.Fault,
                $"{found}, not writable: {refusal.Message}",
                "run where you may write, or put stores and results elsewhere."
            );
        }

        return free >= 5 * Gibibyte
            ? new("disk", FindingLevel.Good, found)
            : new(
                "disk",
                FindingLevel.Warning,
                found,
                "a raw store takes 2.4 MB a clip of 4 seconds at 128x128; packed as JPEG it takes a tenth."
            );
    }

    private static IEnumerable<Finding> LibTorch()
    {
        string version;
        try
        {
            NativeLibraries.EnsureLoaded();
            version = torch.__version__;
        }
        catch (TaskGrainException fault)
        {
            return [new("libtorch", FindingLevel.Fault, "does not load", fault.Message)];
        }

        string folder = NativeLibraries.LibTorchFolder() ?? AppContext.BaseDirectory;
        string chosen = Environment.GetEnvironmentVariable(NativeLibraries.LibTorchVariable) is { Length: > 0 }
            ? $" (chosen by {NativeLibraries.LibTorchVariable})"
            : "";
        return
        [
            new("libtorch", FindingLevel.Good, $"{version} from {folder}{chosen}"),
            Devices(),
            PrecisionMode(),
            Threads(),
        ];
    }

    private static Finding Devices() =>
        torch.cuda.is_available()
            ? new("device", FindingLevel.Good, $"{torch.cuda.device_count()} CUDA GPU(s); auto takes cuda:0")
            : new("device", FindingLevel.Good, $"the processor; no CUDA GPU is visible to this libtorch");

    private static Finding PrecisionMode()
    {
        torch.Device device = ComputeDevice.Parse("auto");
        return Precision.Auto.TypeOn(device) == torch.ScalarType.BFloat16
            ? new("precision", FindingLevel.Good, "bfloat16 in hardware; auto takes it")
            : new("precision", FindingLevel.Good, "no bfloat16 in hardware; auto takes float32");
    }

    private static Finding Threads()
    {
        int cores = Environment.ProcessorCount;
        int threads = torch.get_num_threads();
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"libtorch computes with {threads} of {cores} processors by itself"
        );
        return new("threads", FindingLevel.Good, found);
    }

    private static string Gib(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gibibyte:0.0} GiB");
}
