using TaskGrain.Models.Weights;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>Weights that other programs write: PyTorch's zip and older form, ONNX, safetensors.</summary>
internal sealed class WeightsTarget : IFuzzTarget
{
    private byte[][] _files = [];

    public string Name => "weights";

    public void Prepare(string folder) =>
        _files = [
            SeedFiles.Read("checkpoint-zip.pth"),
            SeedFiles.Read("checkpoint-legacy.pth"),
            Onnx(),
            SeedFiles.Read("best.safetensors"),
        ];

    public string Write(SeededRandom random, string folder)
    {
        int kind = random.NextInt(_files.Length);
        byte[] bytes =
            kind == 3 && random.NextBool()
                ? ModelTarget.WithDamagedHeader(random, _files[kind])
                : Mutation.Of(random, _files[kind], random.Pick(_files));
        string path = Path.Combine(folder, "weights.bin");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Read(string path) => WeightFile.Read(path).Dispose();

    /// <summary>A graph of one convolution: the format's version, a node and two tensors.</summary>
    private static byte[] Onnx()
    {
        byte[] node = [.. Text(1, "x"), .. Text(1, "w"), .. Text(1, "b"), .. Text(2, "y"), .. Text(4, "Conv")];
        byte[] weight =
        [
            .. Number(1, 2),
            .. Number(1, 3),
            .. Number(2, 1),
            .. Text(8, "w"),
            .. Field(9, new byte[2 * 3 * sizeof(float)]),
        ];
        byte[] bias = [.. Number(1, 2), .. Number(2, 7), .. Text(8, "b"), .. Number(7, 5), .. Number(7, 6)];
        return [.. Number(1, 8), .. Field(7, [.. Field(1, node), .. Field(5, weight), .. Field(5, bias)])];
    }

    private static byte[] Text(int field, string text) => Field(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];

    /// <summary>A field of fewer than 16,384 bytes.</summary>
    private static byte[] Field(int field, byte[] content) =>
        [(byte)((field << 3) | 2), (byte)((content.Length & 0x7F) | 0x80), (byte)(content.Length >> 7), .. content];
}
