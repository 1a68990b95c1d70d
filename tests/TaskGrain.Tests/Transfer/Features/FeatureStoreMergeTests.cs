using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Tests.Transfer.Features;

public sealed class FeatureStoreMergeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VideoModel _model = TinyModels.Create();

    public FeatureStoreMergeTests() => TinyWorld.Write(_folder.File("world"), training: 5, validation: 2);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(nameof(FeatureType.Float32))]
    [InlineData(nameof(FeatureType.Float16))]
    public void Extracted_parts_joined_are_the_whole_byte_for_byte(string name)
    {
        FeatureType type = Enum.Parse<FeatureType>(name);
        Extract("whole", null, type);
        string[] parts = [Extract("2", new StorePart(2, 2), type), Extract("1", new StorePart(1, 2), type)];

        Assert.Equal(7, FeatureStoreMerge.Run(parts, _folder.File("joined")));

        foreach (string file in (string[])["features.json", "index.jsonl", "vectors.bin"])
        {
            Assert.Equal(
                File.ReadAllBytes(_folder.File($"whole/{file}")),
                File.ReadAllBytes(_folder.File($"joined/{file}"))
            );
        }
    }

    [Fact]
    public void Parts_of_different_number_formats_or_with_a_flipped_bit_are_refused()
    {
        string[] parts = [Extract("1", new StorePart(1, 2)), Extract("2", new StorePart(2, 2))];
        string half = Extract("half", new StorePart(2, 2), FeatureType.Float16);
        Refused("holds Float16 features", parts[0], half);

        string vectors = Path.Combine(parts[1], "vectors.bin");
        byte[] bytes = File.ReadAllBytes(vectors);
        bytes[0] ^= 1;
        File.WriteAllBytes(vectors, bytes);
        Refused("do not match their checksum", parts);
    }

    private string Extract(string name, StorePart? part, FeatureType type = FeatureType.Float32)
    {
        using var target = TransferTarget.Open(_folder.File("world"));
        using var source = EncoderFeatureSource.Of(_model);
        FeatureExtraction.RunPart(source, target, _folder.File(name), part, type: type);
        return _folder.File(name);
    }

    private void Refused(string words, params string[] parts)
    {
        var fault = Assert.Throws<TaskGrainException>(() => FeatureStoreMerge.Run(parts, _folder.File("joined")));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
