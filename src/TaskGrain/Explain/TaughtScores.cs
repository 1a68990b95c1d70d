using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// A taught classifier's scores as a function that gradients pass through: resampling to its rate, projection and head
/// as <see cref="FewShotClassifier"/> computes them, in libtorch.
/// </summary>
internal sealed class TaughtScores : IDisposable
{
    private readonly HeadClassifier _classifier;
    private readonly Dictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly Tensor _mean;
    private readonly Tensor _matrix;
    private readonly LSTM? _lstm;

    /// <param name="taught">The classifier.</param>
    /// <exception cref="TaskGrainException">It is a kind that gradients are not led through.</exception>
    public TaughtScores(FewShotClassifier taught)
    {
        HeadClassifier classifier =
            taught as HeadClassifier
            ?? throw new TaskGrainException(
                $"A taught classifier of the kind '{taught.Kind.Word()}' cannot be explained; teach one on the encoder "
                    + "alone (base), with a logistic, mlp or bilstm classifier."
            );
        _classifier = classifier;
        FeatureProjection projection = classifier.Projection;
        _mean = tensor(projection.Mean).DetachFromDisposeScope();
        _matrix = Matrix(projection.Matrix, projection.Width);
        int at = 0;
        foreach (
            ParameterBlock block in Head.Create(
                classifier.Kind,
                projection.Width,
                classifier.Classes,
                classifier.Hidden
            ).Layout
        )
        {
            float[] numbers = classifier.Parameters[at..(at + block.Length)];
            _parameters[block.Name] =
                block.Columns == 0 ? tensor(numbers).DetachFromDisposeScope() : Matrix(numbers, block.Columns);
            at += block.Length;
        }

        _lstm = classifier.Kind == ClassifierKind.BiLstm ? Lstm(projection.Width, classifier.Hidden) : null;
    }

    /// <summary>The scores.</summary>
    /// <param name="features">(K, S, D), float32, on the processor.</param>
    /// <param name="blends">How the features are brought to the classifier's rate.</param>
    /// <returns>(K, classes), whose softmax is what the classifier predicts.</returns>
    public Tensor Of(Tensor features, FeatureBlend[] blends)
    {
        Tensor left = features.index_select(1, tensor([.. blends.Select(blend => (long)blend.Left)]));
        Tensor right = features.index_select(1, tensor([.. blends.Select(blend => (long)blend.Right)]));
        Tensor share = tensor([.. blends.Select(blend => (float)blend.Share)]).view(1, -1, 1);
        Tensor vectors = (left.Plus((right - left) * share) - _mean).matmul(_matrix); // (K, S', width)
        return _classifier.Kind switch
        {
            ClassifierKind.LogisticRegression => Stepwise(vectors),
            ClassifierKind.Mlp => Stepwise(nn.functional.relu(Affine(vectors, "hidden"))),
            ClassifierKind.BiLstm => Affine(_lstm!.call(vectors).Item1.mean([1]), "out"),
            _ => throw new InvalidOperationException($"no such classifier: {_classifier.Kind}"),
        };
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor own in _parameters.Values.Append(_mean).Append(_matrix))
        {
            own.Dispose();
        }

        _lstm?.Dispose();
    }

    // The logarithm of the steps' mean probability.
    private Tensor Stepwise(Tensor steps) =>
        nn.functional.log_softmax(Affine(steps, "out"), -1).logsumexp(1).Plus(-Math.Log(steps.shape[1]));

    private Tensor Affine(Tensor inputs, string name) =>
        inputs.matmul(_parameters[$"{name}.weight"]).Plus(_parameters[$"{name}.bias"]);

    private static Tensor Matrix(float[] numbers, int columns)
    {
        using var scope = NewDisposeScope();
        return tensor(numbers).reshape(-1, columns).DetachFromDisposeScope();
    }

    // Its own LSTM has the inputs' and the outputs' weights in one matrix and one bias; the gates lie as libtorch's.
    private LSTM Lstm(int width, int hidden)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        LSTM lstm = nn.LSTM(width, hidden, batchFirst: true, bidirectional: true);
        Initialisation.Keep(lstm);
        Dictionary<string, Tensor> state = lstm.state_dict();
        foreach ((string own, string ending) in new[] { ("lstm_forward", ""), ("lstm_backward", "_reverse") })
        {
            Tensor weight = _parameters[$"{own}.weight"]; // (width + hidden, 4·hidden)
            state[$"weight_ih_l0{ending}"].copy_(weight.narrow(0, 0, width).t());
            state[$"weight_hh_l0{ending}"].copy_(weight.narrow(0, width, hidden).t());
            state[$"bias_ih_l0{ending}"].copy_(_parameters[$"{own}.bias"]);
            state[$"bias_hh_l0{ending}"].zero_();
        }

        foreach (Tensor parameter in state.Values)
        {
            parameter.requires_grad_(false);
        }

        return lstm;
    }
}
