using TaskGrain.Data;
using TaskGrain.Runtime;
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
        DataPlace place = session.State.Configuration.Machine.DataOnDevice;
        if (
            session.Data.Store?.Frames is { } store
            && OnDevice(place, session.Model.Device, DeviceClips.BytesOf(store))
        )
        {
            long bytes = DeviceClips.BytesOf(store);
            DeviceClips clips = DeviceClips.Load(store, session.Model.Device, cancel);
            notes?.Report($"{store.Count} videos ({bytes >> 20} MiB) lie on {session.Model.Device}");
            return new DeviceBatches(session.Model, store, clips, session.BatchOfRank);
        }

        return new LoaderBatches(session.Model, Loader(session));
    }

    /// <summary>A loader of a training's clips.</summary>
    public static ClipLoader Loader(TrainingSession session) =>
        new(
            session.Data.Frames,
            session.State.Configuration.Clip,
            session.BatchOfRank,
            session.Options.LoaderThreads > 0
                ? session.Options.LoaderThreads
                : session.Data.UsualLoaderThreads(session.Ranks?.Place.Threads ?? Environment.ProcessorCount)
        );

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
