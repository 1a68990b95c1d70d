using TaskGrain.Runtime;
using TaskGrain.Runtime.Ranks;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>What a configuration means on the machine at hand.</summary>
internal static class MachineChoice
{
    /// <summary>
    /// Replaces <c>auto</c> by what it means here, so that the written configuration says what was used.
    /// </summary>
    /// <param name="configuration">As asked for.</param>
    /// <param name="place">Which of several ranks this is; null for a process alone.</param>
    /// <returns>As it is trained with, and the device.</returns>
    /// <exception cref="TaskGrainException">
    /// There is no such device, or a batch is smaller than the number of ranks.
    /// </exception>
    public static (RunConfiguration Configuration, Device Device) Of(RunConfiguration configuration, RankPlace? place)
    {
        MachineOptions machine = configuration.Machine;
        if (place is not null && configuration.Training.BatchSize < place.Size)
        {
            throw new TaskGrainException(
                $"A batch of {configuration.Training.BatchSize} clips (training.batchSize) does not give each of "
                    + $"{place.Size} ranks one; take larger batches or fewer ranks."
            );
        }

        Device device = ComputeDevice.Parse(machine.Device, place);
        int wanted = machine.Threads == 0 && place is not null ? place.Threads : machine.Threads;
        int threads = ComputeDevice.SetThreads(wanted);
        Precision precision =
            machine.Precision.TypeOn(device) == ScalarType.BFloat16 ? Precision.BFloat16 : Precision.Float32;
        string name = device.type == TorchSharp.DeviceType.CPU ? "cpu" : $"cuda:{device.index}";
        if (place is not null)
        {
            // What holds for every rank: each has a device and a number of threads of its own.
            name = device.type == TorchSharp.DeviceType.CPU ? "cpu" : "cuda";
            threads = machine.Threads;
        }

        return (
            configuration with
            {
                Machine = machine with { Device = name, Threads = threads, Precision = precision },
            },
            device
        );
    }
}
