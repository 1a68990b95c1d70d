using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class ActionClassifierTests
{
    [Fact]
    public void Classifies_the_mean_of_the_features()
    {
        using var scope = NewDisposeScope();
        using var classifier = new ActionClassifier(4, 3);
        Tensor features = rand(2, 5, 4);
        Dictionary<string, Tensor> state = classifier.state_dict();

        Tensor expected = features.mean([1]).matmul(state["output.weight"].t()) + state["output.bias"];

        Assert.InRange(TestEncoders.Difference(expected, classifier.call(features)), 0, 1e-5);
        Assert.Equal(3, classifier.Classes);
    }

    [Fact]
    public void Or_averages_the_log_probabilities_of_the_steps_as_the_authors_code_does()
    {
        using var scope = NewDisposeScope();
        using var classifier = new ActionClassifier(4, 3, ClassifierPooling.MeanLogProbabilities);
        Tensor features = rand(2, 5, 4);
        Dictionary<string, Tensor> state = classifier.state_dict();

        Tensor steps = (features.matmul(state["output.weight"].t()) + state["output.bias"]).softmax(-1).log();

        Assert.InRange(TestEncoders.Difference(steps.mean([1]), classifier.call(features)), 0, 1e-5);
    }
}
