using TaskGrain.Runtime;

namespace TaskGrain.Models.Heads;

/// <summary>
/// One bidirectional LSTM layer; the mean of its outputs over time, dropout, and a linear layer (Section 6.1).
/// </summary>
internal sealed unsafe class BiLstmHead : Head
{
    private readonly int _hidden;
    private readonly int _classes;
    private readonly LstmDirection[] _directions;
    private readonly int _weightOut;
    private readonly int _biasOut;

    private float[] _pooled = []; // (B, 2H): forward, then backward
    private float[] _factors = [];
    private float[] _logits = [];
    private float[][] _halves =
    [
        [],
        [],
    ]; // (B, H) a direction

    public BiLstmHead(int width, int hidden, int classes)
        : base(LayoutOf(width, hidden, classes), (2 * (width + hidden) * 4 * hidden) + (2 * hidden * classes))
    {
        _hidden = hidden;
        _classes = classes;
        _directions = [new(width, hidden, reversed: false), new(width, hidden, reversed: true)];
        _weightOut = 2 * _directions[0].WeightCount;
        _biasOut = Weights + (8 * hidden);
    }

    /// <summary>
    /// Whether the two directions may use a thread each; set when there are fewer replicas than threads.
    /// </summary>
    public bool Parallel { get; set; }

    /// <inheritdoc/>
    public override void Initialise(SeededRandom random)
    {
        Array.Clear(Parameters);
        FillUniform(Parameters.AsSpan(0, _weightOut), 1 / Math.Sqrt(_hidden), random);
        FillUniform(Parameters.AsSpan(_weightOut, 2 * _hidden * _classes), 1 / Math.Sqrt(2 * _hidden), random);
        for (int direction = 0; direction < 2; direction++)
        {
            // An open forget gate lets gradients pass from the start (Jozefowicz et al. 2015).
            Parameters.AsSpan(BiasOf(direction) + _hidden, _hidden).Fill(1);
        }
    }

    /// <inheritdoc/>
    public override double Backpropagate(SequenceSet set, ReadOnlySpan<int> batch, double dropout, SeededRandom random)
    {
        Reserve(batch.Length);
        Forward(set, batch, dropout, random);
        double loss = 0;
        for (int b = 0; b < batch.Length; b++)
        {
            loss += Softmax.Gradient(_logits.AsSpan(b * _classes, _classes), set.Labels[batch[b]], 1f / batch.Length);
        }

        Array.Clear(Gradient);
        BackwardOut(batch.Length);
        EachDirection(direction =>
        {
            fixed (
                float* parameters = Parameters,
                    gradient = Gradient
            )
            {
                int at = direction * _directions[0].WeightCount;
                _directions[direction]
                    .Backward(
                        parameters + at,
                        _halves[direction],
                        gradient + at,
                        Gradient.AsSpan(BiasOf(direction), 4 * _hidden)
                    );
            }
        });
        return loss;
    }

    /// <inheritdoc/>
    public override void Predict(SequenceSet set, ReadOnlySpan<int> batch, Span<float> probabilities)
    {
        Reserve(batch.Length);
        Forward(set, batch, dropout: 0, random: null);
        _logits.AsSpan(0, batch.Length * _classes).CopyTo(probabilities);
        for (int b = 0; b < batch.Length; b++)
        {
            Softmax.Apply(probabilities.Slice(b * _classes, _classes));
        }
    }

    private static List<ParameterBlock> LayoutOf(int width, int hidden, int classes) =>
        [
            new("lstm_forward.weight", width + hidden, 4 * hidden),
            new("lstm_backward.weight", width + hidden, 4 * hidden),
            new("out.weight", 2 * hidden, classes),
            new("lstm_forward.bias", 4 * hidden, 0),
            new("lstm_backward.bias", 4 * hidden, 0),
            new("out.bias", classes, 0),
        ];

    private int BiasOf(int direction) => Weights + (direction * 4 * _hidden);

    private void Forward(SequenceSet set, ReadOnlySpan<int> batch, double dropout, SeededRandom? random)
    {
        int rows = batch.Length;
        int[] clips = batch.ToArray();
        EachDirection(direction =>
        {
            fixed (float* parameters = Parameters)
            {
                _directions[direction]
                    .Forward(
                        set,
                        clips,
                        parameters + (direction * _directions[0].WeightCount),
                        Parameters.AsSpan(BiasOf(direction), 4 * _hidden),
                        _halves[direction]
                    );
            }
        });

        for (int b = 0; b < rows; b++)
        {
            _halves[0].AsSpan(b * _hidden, _hidden).CopyTo(_pooled.AsSpan(2 * b * _hidden));
            _halves[1].AsSpan(b * _hidden, _hidden).CopyTo(_pooled.AsSpan(((2 * b) + 1) * _hidden));
            Parameters.AsSpan(_biasOut, _classes).CopyTo(_logits.AsSpan(b * _classes));
        }

        if (random is not null)
        {
            DropOut(_pooled, _factors, dropout, random);
        }

        fixed (
            float* pooled = _pooled,
                parameters = Parameters,
                logits = _logits
        )
        {
            MatrixProduct.Accumulate(
                rows,
                _classes,
                2 * _hidden,
                pooled,
                2 * _hidden,
                1,
                parameters + _weightOut,
                _classes,
                logits,
                _classes
            );
        }
    }

    /// <summary>
    /// The last layer's gradient, and from there the gradients of the mean outputs, left in <c>_halves</c>.
    /// </summary>
    private void BackwardOut(int rows)
    {
        float[] toPooled = new float[rows * 2 * _hidden];
        float[] transposed = new float[_classes * 2 * _hidden];
        fixed (
            float* pooled = _pooled,
                parameters = Parameters,
                gradient = Gradient,
                logits = _logits,
                back = toPooled,
                turned = transposed
        )
        {
            MatrixProduct.Accumulate(
                2 * _hidden,
                _classes,
                rows,
                pooled,
                1,
                2 * _hidden,
                logits,
                _classes,
                gradient + _weightOut,
                _classes
            );
            MatrixProduct.Transpose(2 * _hidden, _classes, parameters + _weightOut, _classes, turned, 2 * _hidden);
            MatrixProduct.Accumulate(
                rows,
                2 * _hidden,
                _classes,
                logits,
                _classes,
                1,
                turned,
                2 * _hidden,
                back,
                2 * _hidden
            );
        }

        for (int b = 0; b < rows; b++)
        {
            for (int c = 0; c < _classes; c++)
            {
                Gradient[_biasOut + c] += _logits[(b * _classes) + c];
            }

            for (int j = 0; j < 2 * _hidden; j++)
            {
                int at = (b * 2 * _hidden) + j;
                _halves[j / _hidden][(b * _hidden) + (j % _hidden)] = toPooled[at] * _factors[at];
            }
        }
    }

    private void EachDirection(Action<int> work)
    {
        if (Parallel)
        {
            System.Threading.Tasks.Parallel.For(0, 2, work);
        }
        else
        {
            work(0);
            work(1);
        }
    }

    private void Reserve(int rows)
    {
        if (_logits.Length == rows * _classes)
        {
            return;
        }

        _pooled = new float[rows * 2 * _hidden];
        _factors = new float[rows * 2 * _hidden];
        _logits = new float[rows * _classes];
        _halves = [new float[rows * _hidden], new float[rows * _hidden]];
    }
}
