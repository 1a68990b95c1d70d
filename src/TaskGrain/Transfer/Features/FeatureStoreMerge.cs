using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Joins the parts of a feature store: the result has, byte for byte, the files of one extracted in one piece. An
/// interrupted joining goes on where it stopped.
/// </summary>
internal static class FeatureStoreMerge
{
    /// <summary>Joins parts.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <param name="into">The whole's folder; made when missing.</param>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops between clips.</param>
    /// <returns>How many clips the whole has.</returns>
    /// <exception cref="TaskGrainException">
    /// The parts are not complete, are of different sources or number formats, or hold damaged vectors.
    /// </exception>
    public static int Run(
        IReadOnlyList<string> folders,
        string into,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var parts = StoreParts.Open(folders, into);
        var stores = new List<FeatureStore>();
        try
        {
            foreach (string folder in parts.Folders)
            {
                stores.Add(FeatureStore.Open(folder));
                RequireSame(stores[0], stores[^1]);
                parts.Check(stores.Count - 1, stores[^1].Entries.Select(entry => entry.Id));
            }

            using var writer = FeatureStoreWriter.OpenOrCreate(into, stores[0].Source, stores[0].Type);
            parts.CheckTarget(into, writer.Count, writer.Contains);
            Copy(parts, stores, writer, progress, cancel);
            return writer.Count;
        }
        finally
        {
            stores.ForEach(store => store.Dispose());
        }
    }

    private static void Copy(
        StoreParts parts,
        List<FeatureStore> stores,
        FeatureStoreWriter writer,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        parts.Join(
            (id, part) =>
            {
                if (!writer.Contains(id) && stores[part].TryIndexOf(id, out int index))
                {
                    writer.Append(stores[part].Entries[index], stores[part].Read(index));
                }
            },
            writer.Commit,
            progress,
            cancel
        );
    }

    private static void RequireSame(FeatureStore first, FeatureStore other)
    {
        if (other.Source.Identity != first.Source.Identity || other.Type != first.Type)
        {
            throw new TaskGrainException(
                $"{other.Folder} holds {other.Type} features of {other.Source.Description} (identity "
                    + $"{other.Source.Identity}), {first.Folder} {first.Type} of {first.Source.Description} "
                    + $"({first.Source.Identity}); parts of one store are of one source."
            );
        }
    }
}
