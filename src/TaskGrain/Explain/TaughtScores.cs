using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>
/// A taught classifier's scores as a function that gradients pass through: what <see cref="FewShotClassifier"/>
/// computes of vectors at its rate, in libtorch.
/// </summary>
internal sealed class TaughtScores : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly Func<Tensor, Tensor> _scores;

    /// <param name="taught">The classifier.</param>
    public TaughtScores(FewShotClassifier taught) =>
        _scores = taught switch
        {
            TimelineClassifier timeline => Course(timeline),
            HeadClassifier head => Head(head),
            _ => throw new InvalidOperationException($"no such classifier: {taught.GetType().Name}"),
        };

    /// <summary>The scores.</summary>
    /// <param name="vectors">(K, T, D), float32, on the processor, at the classifier's rate.</param>
    /// <returns>(K, classes), whose softmax is what the classifier predicts.</returns>
    public Tensor Of(Tensor vectors) => _scores(vectors);

    /// <summary>Features at another rate.</summary>
    /// <param name="features">(K, S, D).</param>
    /// <param name="blends">What each of them is made of.</param>
    /// <returns>(K, T, D).</returns>
    public static Tensor Resample(Tensor features, FeatureBlend[] blends)
    {
        Tensor left = features.index_select(1, tensor([.. blends.Select(blend => (long)blend.Left)]));
        Tensor right = features.index_select(1, tensor([.. blends.Select(blend => (long)blend.Right)]));
        Tensor share = tensor([.. blends.Select(blend => (float)blend.Share)]).view(1, -1, 1);
        return left.Plus(right.Minus(left).mul(share));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose() => _owned.ForEach(own => own.Dispose());

    // Linear in the mean vectors of the clip's parts.
    private Func<Tensor, Tensor> Course(TimelineClassifier classifier)
    {
        int parts = TimelineClassifier.PartsOf(classifier.Kind);
        Tensor weight = Keep(classifier.Weight, parts * classifier.Dimension);
        Tensor bias = Keep(classifier.Bias);
        return vectors =>
        {
            int steps = (int)vectors.shape[1];
            float[] shares = new float[parts * steps];
            foreach ((int part, int step, float share) in TimelineClassifier.Shares(steps, parts))
            {
                shares[(part * steps) + step] = share;
            }

            Tensor course = tensor(shares).view(parts, steps).matmul(vectors); // (K, parts, D)
            return course.flatten(1).matmul(weight.t()).Plus(bias);
        };
    }

    // A projection, then a head.
    private Func<Tensor, Tensor> Head(HeadClassifier classifier)
    {
        FeatureProjection projection = classifier.Projection;
        Tensor mean = Keep(projection.Mean);
        Tensor matrix = Keep(projection.Matrix, projection.Width);
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int at = 0;
        foreach (
            ParameterBlock block in Models
                .Heads.Head.Create(classifier.Kind, projection.Width, classifier.Classes, classifier.Hidden)
                .Layout
        )
        {
            parameters[block.Name] = Keep(classifier.Parameters[at..(at + block.Length)], block.Columns);
            at += block.Length;
        }

        Tensor Affine(Tensor inputs, string name) =>
            inputs.matmul(parameters[$"{name}.weight"]).Plus(parameters[$"{name}.bias"]);

        // The logarithm of the steps' mean probability.
        Tensor Stepwise(Tensor steps) =>
            nn.functional.log_softmax(Affine(steps, "out"), -1).logsumexp(1).Plus(-Math.Log(steps.shape[1]));

        Func<Tensor, Tensor> head = classifier.Kind switch
        {
            ClassifierKind.LogisticRegression => Stepwise,
            ClassifierKind.Mlp => vectors => Stepwise(nn.functional.relu(Affine(vectors, "hidden"))),
            ClassifierKind.BiLstm => Recurrent(
                Lstm(projection.Width, classifier.Hidden, parameters),
                states => Affine(states, "out")
            ),
            _ => throw new InvalidOperationException($"no such classifier: {classifier.Kind}"),
        };
        return vectors => head(vectors.Minus(mean).matmul(matrix));
    }

    private static Func<Tensor, Tensor> Recurrent(LSTM lstm, Func<Tensor, Tensor> output) =>
        vectors => output(lstm.call(vectors).Item1.mean([1]));

    private Tensor Keep(float[] numbers, int columns = 0)
    {
        using var scope = NewDisposeScope();
        Tensor kept = tensor(numbers);
        kept = (columns == 0 ? kept : kept.reshape(-1, columns)).DetachFromDisposeScope();
        _owned.Add(kept);
        return kept;
    }

    // Its own LSTM has the inputs' and the outputs' weights in one matrix and one bias; the gates lie as libtorch's.
    private LSTM Lstm(int width, int hidden, Dictionary<string, Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        LSTM lstm = nn.LSTM(width, hidden, batchFirst: true, bidirectional: true);
        _owned.Add(lstm);
        Initialisation.Keep(lstm);
        Dictionary<string, Tensor> state = lstm.state_dict();
        foreach ((string own, string ending) in new[] { ("lstm_forward", ""), ("lstm_backward", "_reverse") })
        {
            Tensor weight = parameters[$"{own}.weight"]; // (width + hidden, 4·hidden)
            state[$"weight_ih_l0{ending}"].copy_(weight.narrow(0, 0, width).t());
            state[$"weight_hh_l0{ending}"].copy_(weight.narrow(0, width, hidden).t());
            state[$"bias_ih_l0{ending}"].copy_(parameters[$"{own}.bias"]);
            state[$"bias_hh_l0{ending}"].zero_();
        }

        foreach (Tensor parameter in state.Values)
        {
            parameter.requires_grad_(false);
        }

        return lstm;
    }
}
