using System.IO.Hashing;
using System.Text;
using TaskGrain.Models.Weights.Pickle;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Checkpoints of <c>torch.save</c> since PyTorch 1.6: a zip archive with a pickle <c>NAME/data.pkl</c> and a file
/// <c>NAME/data/KEY</c> for each storage.
/// </summary>
internal static class TorchZipCheckpoint
{
    private const string PickleName = "/data.pkl";
    private const int LargestPickle = 32 << 20;

    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="PickleException">The pickle is damaged or asks for something refused.</exception>
    public static WeightSet Read(string path, FileBytes file)
    {
        IReadOnlyDictionary<string, ZipEntry> entries = ZipEntries.Read(file);
        string[] pickles = [.. entries.Keys.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new InvalidDataException("it is a zip archive without a PyTorch checkpoint's data.pkl");
        }

        string folder = pickles[0][..^PickleName.Length];
        if (
            entries.TryGetValue($"{folder}/byteorder", out ZipEntry? order)
            && Encoding.ASCII.GetString(file.Upto(order.Offset, (int)Math.Min(order.Length, 16))) != "little"
        )
        {
            throw new InvalidDataException("its numbers are big-endian, which cannot be read here");
        }

        ZipEntry pickle = entries[pickles[0]];
        if (pickle.Length > LargestPickle)
        {
            throw new InvalidDataException($"its pickle has {pickle.Length} bytes; at most {LargestPickle} are read");
        }

        byte[] bytes = file.Upto(pickle.Offset, (int)pickle.Length);
        CheckChecksum(pickles[0], pickle, bytes);
        object? root = PickleMachine.Read(bytes, new TorchPickleRules(), out _);
        (IReadOnlyDictionary<string, TorchView> views, IReadOnlyList<string> passedOver) = CheckpointTree.Find(root);
        return new WeightSet(
            path,
            "PyTorch checkpoint (zip)",
            TorchTensors.Make(views, file.Length, (storage, to) => Fill(file, entries, folder, storage, to))
        )
        {
            PassedOver = passedOver,
        };
    }

    private static void Fill(
        FileBytes file,
        IReadOnlyDictionary<string, ZipEntry> entries,
        string folder,
        TorchStorage storage,
        Tensor to
    )
    {
        string name = $"{folder}/data/{storage.Key}";
        long size = TorchTensors.Bytes(storage.Type);
        if (!entries.TryGetValue(name, out ZipEntry? entry))
        {
            throw new InvalidDataException($"storage '{storage.Key}' is missing");
        }

        if (entry.Length != storage.Elements * size || storage.Offset != 0)
        {
            throw new InvalidDataException(
                $"storage '{storage.Key}' has {entry.Length} bytes where {storage.Elements * size} are due"
            );
        }

        file.Read(entry.Offset, to.bytes);
        CheckChecksum(name, entry, to.bytes);
    }

    // PyTorch can be told to leave the checksum out, and writes 0 then.
    private static void CheckChecksum(string name, ZipEntry entry, ReadOnlySpan<byte> bytes)
    {
        if (entry.Checksum != 0 && Crc32.HashToUInt32(bytes) != entry.Checksum)
        {
            throw new InvalidDataException($"'{name}' does not match its checksum: the file is damaged");
        }
    }
}
