using System.Buffers.Binary;
using System.Numerics;
using TaskGrain.Models.Weights.Pickle;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Checkpoints of <c>torch.save</c> before PyTorch 1.6: five pickles (a magic number, a version, the machine's sizes,
/// the object, the storages' keys), then each storage as the number of its elements and their bytes.
/// </summary>
internal static class TorchLegacyCheckpoint
{
    private const int LargestPickle = 32 << 20;
    private const long Version = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse(
        "119547037146038801333356",
        System.Globalization.CultureInfo.InvariantCulture
    );

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="PickleException">A pickle is damaged or asks for something refused.</exception>
    public static WeightSet Read(string path, FileBytes file)
    {
        byte[] head = file.Upto(0, LargestPickle);
        int at = 0;
        var rules = new TorchPickleRules();
        object? Next(string what)
        {
            try
            {
                object? value = PickleMachine.Read(head.AsSpan(at), rules, out int length);
                at += length;
                return value;
            }
            catch (PickleException fault) when (at > 0)
            {
                throw new PickleException($"{what}: {fault.Message}");
            }
        }

        if (Next("magic number") is not BigInteger magic || magic != Magic)
        {
            throw new PickleException("it is a pickle, but not one of PyTorch");
        }

        if (Next("version") is not long version || version != Version)
        {
            throw new PickleException($"it is of another version than {Version}");
        }

        if (
            Next("sizes") is not PickleDictionary machine
            || machine.Texts().GetValueOrDefault("little_endian") is not true
        )
        {
            throw new PickleException("its numbers are big-endian, which cannot be read here");
        }

        object? root = Next("object");
        if (Next("storages") is not List<object?> keys)
        {
            throw new PickleException("its list of storages is none");
        }

        (IReadOnlyDictionary<string, TorchView> views, IReadOnlyList<string> passedOver) = CheckpointTree.Find(root);
        Dictionary<string, (long Offset, long Elements)> places = Places(file, at, keys, rules.StorageTypes);
        return new WeightSet(
            path,
            "PyTorch checkpoint (older form)",
            TorchTensors.Make(views, file.Length, (storage, to) => Fill(file, places, storage, to))
        )
        {
            PassedOver = passedOver,
        };
    }

    /// <summary>
    /// Where the storages lie. The file says their sizes in numbers alone; the object's pickle says how large those
    /// are.
    /// </summary>
    private static Dictionary<string, (long Offset, long Elements)> Places(
        FileBytes file,
        long at,
        List<object?> keys,
        Dictionary<string, ScalarType> types
    )
    {
        var places = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        Span<byte> count = stackalloc byte[8];
        foreach (object? item in keys)
        {
            if (item is not string key || !types.TryGetValue(key, out ScalarType type))
            {
                throw new PickleException("its list of storages names one that nothing refers to");
            }

            if (at > file.Length - count.Length)
            {
                throw new InvalidDataException($"storage '{key}' is missing: the file is truncated");
            }

            file.Read(at, count);
            long elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            at += count.Length;
            long size = TorchTensors.Bytes(type);
            if (elements < 0 || elements > (file.Length - at) / size)
            {
                throw new InvalidDataException(
                    $"storage '{key}' should have {elements} numbers, and the file ends before"
                );
            }

            if (!places.TryAdd(key, (at, elements)))
            {
                throw new InvalidDataException($"storage '{key}' comes twice");
            }

            at += elements * size;
        }

        return places;
    }

    private static void Fill(
        FileBytes file,
        Dictionary<string, (long Offset, long Elements)> places,
        TorchStorage storage,
        Tensor to
    )
    {
        if (
            !places.TryGetValue(storage.Key, out (long Offset, long Elements) place)
            || storage.Offset > place.Elements - storage.Elements
        )
        {
            throw new InvalidDataException($"storage '{storage.Key}' is missing or too small");
        }

        file.Read(place.Offset + (storage.Offset * TorchTensors.Bytes(storage.Type)), to.bytes);
    }
}
