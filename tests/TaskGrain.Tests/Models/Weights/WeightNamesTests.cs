using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

public sealed class WeightNamesTests : IDisposable
{
    private static readonly NetworkArchitecture ResNet18 = NetworkArchitecture.Parse("resnet18");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("module.model.")]
    public void Prefixes_of_wrappers_and_counters_of_batch_norms_make_no_difference(string prefix)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = SomeWeights.Of(ResNet18);
        var theirs = weights.ToDictionary(pair => prefix + pair.Key, pair => pair.Value);
        theirs[$"{prefix}bn1.num_batches_tracked"] = tensor(7L);

        using WeightSet set = Set(theirs);

        Assert.Equal(ResNet18.Tensors().Select(tensor => tensor.Name), NetworkFile.Match(set, ResNet18).Keys);
    }

    [Fact]
    public void Weights_without_a_classifier_are_complete()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = SomeWeights.Of(ResNet18);
        weights.Remove("fc.weight");
        weights.Remove("fc.bias");
        using WeightSet set = Set(weights);

        Assert.Equal(100, NetworkFile.Match(set, ResNet18).Count);
    }

    [Fact]
    public void Every_missing_unexpected_and_misshapen_tensor_is_named()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = SomeWeights.Of(ResNet18);
        weights.Remove("layer2.1.bn2.bias");
        weights.Remove("fc.bias");
        weights["layer1.0.conv1.weight"] = zeros(64, 64, 1, 1);
        weights["conv1.weight"] = zeros([64, 3, 7, 7], ScalarType.Int64);
        weights["head.weight"] = zeros(2);
        using WeightSet set = Set(weights);

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => NetworkFile.Match(set, ResNet18));

        Assert.Contains("'layer2.1.bn2.bias' is missing", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'fc.bias' is missing", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "'layer1.0.conv1.weight' has shape (64, 64, 1, 1) where (64, 64, 3, 3) is expected",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'conv1.weight' is Int64 where a float type is expected",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("'head.weight' is unexpected", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(set.Path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_linear_layers_of_timms_vgg_are_convolutions_there()
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture vgg = NetworkArchitecture.Parse("vgg16");
        Dictionary<string, Tensor> theirs = vgg.Tensors()
            .ToDictionary(
                tensor => tensor.Name,
                tensor => zeros([.. tensor.Shape.Select(size => size < 0 ? 2 : size)], ScalarType.Float16)
            );
        theirs["pre_logits.fc1.weight"] = theirs["classifier.0.weight"].reshape(4096, 512, 7, 7);
        theirs["pre_logits.fc1.bias"] = theirs["classifier.0.bias"];
        theirs["pre_logits.fc2.weight"] = theirs["classifier.3.weight"].reshape(4096, 4096, 1, 1);
        theirs["pre_logits.fc2.bias"] = theirs["classifier.3.bias"];
        theirs["head.fc.weight"] = theirs["classifier.6.weight"];
        theirs["head.fc.bias"] = theirs["classifier.6.bias"];
        foreach (
            string ours in theirs.Keys.Where(name => name.StartsWith("classifier", StringComparison.Ordinal)).ToArray()
        )
        {
            theirs.Remove(ours);
        }

        IReadOnlyDictionary<string, Tensor> found = NetworkFile.Match(new WeightSet("timm.pth", "test", theirs), vgg);

        Assert.Equal([4096L, 25088], found["classifier.0.weight"].shape);
        Assert.Equal(vgg.Tensors().Select(tensor => tensor.Name), found.Keys);
    }

    private WeightSet Set(Dictionary<string, Tensor> tensors)
    {
        string path = _folder.File("weights.safetensors");
        Safetensors.Write(path, tensors);
        return WeightFile.Read(path);
    }
}
