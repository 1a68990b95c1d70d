using TaskGrain.Data;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Fuzz;

/// <summary>
/// Labelled frame stores, raw and of JPEG frames: manifest, annotations, index and frames. Records of the index are
/// protected by a hash, so half of the damage to it is done before the hash is taken.
/// </summary>
internal sealed class StoreTarget : IFuzzTarget
{
    private static readonly string[] Names = ["store.json", "dataset.json", "index.bin", "frames-00000.bin"];
    private static readonly long[] Extremes = [-1, 0, 1, int.MaxValue, long.MaxValue, long.MinValue, 1 << 20];
    private byte[][][] _stores = [];
    private StoreIndex[] _indexes = [];

    public string Name => "store";

    public void Prepare(string folder)
    {
        string[] kinds = ["store", "raw-store"];
        _stores = [.. kinds.Select(kind => Names.Select(name => SeedFiles.Read($"{kind}/{name}")).ToArray())];
        _indexes = [.. kinds.Select(kind => StoreIndex.Load(Path.Combine(AppContext.BaseDirectory, "seeds", kind)))];
    }

    public string Write(SeededRandom random, string folder)
    {
        int kind = random.NextInt(_stores.Length);
        byte[][] files = [.. _stores[kind]];
        int damaged = random.NextInt(Names.Length);
        files[damaged] = damaged switch
        {
            0 or 1 => TextMutation.Of(random, files[damaged]),
            2 when random.NextBool() => Index(random, _indexes[kind]),
            _ => Mutation.Of(random, files[damaged], files[random.NextInt(files.Length)]),
        };
        for (int i = 0; i < files.Length; i++)
        {
            if (i != damaged || random.NextInt(40) > 0)
            {
                File.WriteAllBytes(Path.Combine(folder, Names[i]), files[i]);
            }
        }

        return folder;
    }

    public void Read(string path)
    {
        using LabelledStore store = LabelledStore.Open(path);
        _ = store.Frames.Verify();
        for (int i = 0; i < store.Frames.Count; i++)
        {
            _ = store.Frames.Read(i);
        }
    }

    private static byte[] Index(SeededRandom random, StoreIndex index)
    {
        using var bytes = new MemoryStream();
        bytes.Write(StoreIndex.Magic);
        foreach (StoredClip clip in index.Clips)
        {
            long number = random.Pick(Extremes);
            StoredClip record = random.NextInt(9) switch
            {
                0 => clip with { Shard = (int)number },
                1 => clip with { Offset = number },
                2 => clip with { Length = number },
                3 => clip with { Frames = (int)number },
                4 => clip with { Checksum = (ulong)number },
                5 => clip with { Id = random.Pick(["", "\0", "../x", "\u001b[2J", index.Clips[0].Id]) },
                6 => clip with { Warning = new string('w', 1 << random.NextInt(16)) },
                _ => clip,
            };
            record.WriteTo(bytes);
        }

        return bytes.ToArray();
    }
}
