using System.Buffers.Binary;
using TaskGrain.Models;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>
/// Model files (safetensors): the header's JSON, the description in it, its length, the tensors' bytes.
/// </summary>
internal sealed class ModelTarget : IFuzzTarget
{
    private byte[][] _models = [];

    public string Name => "model";

    public void Prepare(string folder) =>
        _models = [SeedFiles.Read("taught.safetensors"), SeedFiles.Read("best.safetensors")];

    public string Write(SeededRandom random, string folder)
    {
        byte[] model = random.Pick(_models);
        string path = Path.Combine(folder, "model.safetensors");
        File.WriteAllBytes(
            path,
            random.NextInt(3) == 0 ? Mutation.Of(random, model, random.Pick(_models)) : WithDamagedHeader(random, model)
        );
        return path;
    }

    public void Read(string path)
    {
        NativeLibraries.EnsureLoaded();
        ModelFile.Load(path).Dispose();
    }

    /// <summary>A header of another text, whose length is told rightly.</summary>
    public static byte[] WithDamagedHeader(SeededRandom random, byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        byte[] header = TextMutation.Of(random, file[8..(8 + length)]);
        byte[] size = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(size, (ulong)header.Length);
        return [.. size, .. header, .. file[(8 + length)..]];
    }
}
