using TaskGrain.Data;

namespace TaskGrain.Training;

/// <summary>Gives the batches of an epoch as the network reads them, on its device.</summary>
internal interface IBatchSource : IDisposable
{
    /// <summary>How long the computation has waited for batches in total.</summary>
    TimeSpan WaitTime { get; }

    /// <summary>Gives batches in order; each is the caller's to dispose.</summary>
    /// <param name="examples">The clips.</param>
    /// <param name="training">Random clips; otherwise the middle ones.</param>
    /// <param name="seed">Fixes the random clips of this epoch.</param>
    /// <param name="cancel">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <param name="firstBatch">
    /// Batches left out at the beginning: those that follow are what they would be without.
    /// </param>
    IEnumerable<TrainingBatch> Load(
        IReadOnlyList<ClipExample> examples,
        bool training,
        ulong seed,
        CancellationToken cancel,
        int firstBatch
    );
}
