using TaskGrain.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

public sealed class TorchCheckpointWriterTests
{
    [Fact]
    public void Our_reader_reads_what_it_writes()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["strided"] = arange(6, ScalarType.Float64).reshape(2, 3).t(),
            ["scalar"] = tensor(3),
            ["名"] = tensor(new[] { true, false }),
        };

        TorchCheckpointWriter.Write(folder.File("a.pth"), tensors);

        using WeightSet set = WeightFile.Read(folder.File("a.pth"));
        Assert.Equal(tensors.Keys, set.Tensors.Keys);
        Assert.All(tensors, pair => Assert.True(pair.Value.equal(set.Tensors[pair.Key]).all().item<bool>()));
        Assert.All(tensors, pair => Assert.Equal(pair.Value.dtype, set.Tensors[pair.Key].dtype));
    }
}
