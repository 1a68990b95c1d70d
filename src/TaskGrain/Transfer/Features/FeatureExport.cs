using System.Buffers.Binary;
using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;
using static TorchSharp.torch;

namespace TaskGrain.Transfer.Features;

/// <summary>
/// Copies a feature store into files that other programs read. Both forms hold the same: <c>features</c> (sum of T, D),
/// all clips one after the other; <c>offsets</c> (N + 1), so that clip i is <c>features[offsets[i]:offsets[i+1]]</c>;
/// <c>labels</c> (N), indices into the classes, −1 for none; and the clips' ids, classes and splits as JSON.
/// </summary>
internal static class FeatureExport
{
    /// <summary>Writes <c>features.npy</c>, <c>offsets.npy</c>, <c>labels.npy</c> and <c>clips.json</c>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">Where the files go.</param>
    public static void ToNumPy(FeatureStore store, string folder)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(folder);
        (long[] offsets, long[] labels, string clips) = Describe(store);
        string type = store.Type == FeatureType.Float32 ? "<f4" : "<f2";
        NpyFile.Write(
            Path.Combine(folder, "features.npy"),
            type,
            [offsets[^1], store.Source.Dimension],
            Enumerable.Range(0, store.Entries.Count).Select(store.ReadBytes)
        );
        NpyFile.Write(Path.Combine(folder, "offsets.npy"), "<i8", [offsets.Length], [Bytes(offsets)]);
        NpyFile.Write(Path.Combine(folder, "labels.npy"), "<i8", [labels.Length], [Bytes(labels)]);
        AtomicFile.WriteText(Path.Combine(folder, "clips.json"), clips + "\n");
    }

    /// <summary>Writes one <c>.safetensors</c> file; the JSON is in its metadata under <c>clips</c>.</summary>
    /// <param name="store">The store; its vectors must fit into 2 GiB.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="TaskGrainException">There are too many vectors for one tensor.</exception>
    public static void ToSafetensors(FeatureStore store, string path)
    {
        ArgumentNullException.ThrowIfNull(store);
        (long[] offsets, long[] labels, string clips) = Describe(store);
        if (offsets[^1] * store.Source.Dimension * FeatureStoreLayout.SizeOf(store.Type) > int.MaxValue)
        {
            throw new TaskGrainException(
                $"{store.Folder}: the features have more than 2 GiB, which one tensor cannot hold; export them as npy."
            );
        }

        using var scope = NewDisposeScope();
        Tensor features = empty(
            [offsets[^1], store.Source.Dimension],
            store.Type == FeatureType.Float32 ? ScalarType.Float32 : ScalarType.Float16
        );
        Span<byte> bytes = features.bytes;
        for (int i = 0; i < store.Entries.Count; i++)
        {
            byte[] own = store.ReadBytes(i);
            own.CopyTo(bytes);
            bytes = bytes[own.Length..];
        }

        Safetensors.Write(
            path,
            new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["features"] = features,
                ["offsets"] = tensor(offsets),
                ["labels"] = tensor(labels),
            },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["clips"] = clips }
        );
    }

    private static (long[] Offsets, long[] Labels, string Clips) Describe(FeatureStore store)
    {
        long[] offsets = new long[store.Entries.Count + 1];
        string[] classes =
        [
            .. store
                .Entries.Select(entry => entry.Label)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        long[] labels = new long[store.Entries.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            offsets[i + 1] = offsets[i] + store.Entries[i].Steps;
            labels[i] = store.Entries[i].Label is { } label ? Array.IndexOf(classes, label) : -1;
        }

        string clips = JsonSerializer.Serialize(
            new
            {
                Source = store.Source.Description,
                store.Source.Identity,
                store.Source.VectorsPerSecond,
                Classes = classes,
                Ids = store.Entries.Select(entry => entry.Id),
                Splits = store.Entries.Select(entry => entry.Split?.ToString().ToLowerInvariant()),
            },
            TaskGrainJson.Strict
        );
        return (offsets, labels, clips);
    }

    private static byte[] Bytes(long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return bytes;
    }
}
