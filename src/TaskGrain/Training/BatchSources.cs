using TaskGrain.Data;
using TaskGrain.Runtime;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Training;

/// <summary>Chooses where a training's batches are cut out.</summary>
internal static class BatchSources
{
    /// <summary>Share of a GPU's free memory that frames may take; the rest is the network's.</summary>
    private const double LargestShare = 0.4;

    /// <summary>What frames may take on a GPU that does not tell its memory.</summary>
    private const long SafeBytes = 2L << 30;

    /// <summary>Makes the source of a training's batches.</summary>
    /// <param name="session">The training.</param>
    /// <param name="notes">Told where the frames are, when that is not the loader.</param>
    /// <param name="cancel">Stops while frames travel to the device.</param>
    public static IBatchSource Make(TrainingSession session, IProgress<string>? notes, CancellationToken cancel)
    {
        FrameStore store = session.Data.Store.Frames;
        long bytes = DeviceClips.BytesOf(store);
        if (OnDevice(session.State.Configuration.Machine.DataOnDevice, session.Model.Device, bytes))
        {
            DeviceClips clips = DeviceClips.Load(store, session.Model.Device, cancel);
            notes?.Report($"{store.Count} videos ({bytes >> 20} MiB) lie on {session.Model.Device}");
            return new DeviceBatches(session.Model, store, clips, session.Options.BatchSize);
        }

        return new LoaderBatches(
            session.Model,
            new ClipLoader(
                store,
                session.State.Configuration.Clip,
                session.Options.BatchSize,
                session.Options.LoaderThreads
            )
        );
    }

    private static bool OnDevice(DataPlace place, torch.Device device, long bytes) =>
        place switch
        {
            DataPlace.On => true,
            DataPlace.Off => false,
            DataPlace.Auto => device.type == DeviceType.CUDA
                && bytes <= (CudaMemory.Free() is { } free ? (long)(LargestShare * free) : SafeBytes),
            _ => throw new ArgumentOutOfRangeException(nameof(place), place, "no such place"),
        };
}
