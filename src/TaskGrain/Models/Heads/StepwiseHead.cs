using TaskGrain.Runtime;

namespace TaskGrain.Models.Heads;

/// <summary>
/// Classifies every step by itself and averages the steps' probabilities over time (Section 6.1): logistic
/// regression without a hidden layer, or an MLP with one layer of ReLU units.
/// </summary>
/// <remarks>
/// Neighbouring vectors are nearly alike, so a training update reads every <c>stride</c>-th step from a random phase;
/// predictions read all steps.
/// </remarks>
internal sealed unsafe class StepwiseHead : Head
{
    private readonly int _width;
    private readonly int _hidden;
    private readonly int _classes;
    private readonly int _stride;
    private readonly int _weightOut;
    private readonly int _biasHidden;
    private readonly int _biasOut;

    private float[] _inputs = [];
    private float[] _hiddenValues = [];
    private float[] _factors = [];
    private float[] _hiddenGradient = [];
    private float[] _logits = [];
    private float[] _transposed = [];

    public StepwiseHead(int width, int hidden, int classes, int stride)
        : base(LayoutOf(width, hidden, classes), hidden == 0 ? width * classes : (width * hidden) + (hidden * classes))
    {
        _width = width;
        _hidden = hidden;
        _classes = classes;
        _stride = stride;
        _weightOut = width * hidden;
        _biasHidden = Weights;
        _biasOut = Weights + hidden;
    }

    /// <summary>Inputs of the last layer.</summary>
    private int LastInputs => _hidden == 0 ? _width : _hidden;

    /// <inheritdoc/>
    public override void Initialise(SeededRandom random)
    {
        Array.Clear(Parameters);
        if (_hidden > 0)
        {
            FillUniform(Parameters.AsSpan(0, _weightOut), Math.Sqrt(6.0 / _width), random);
            FillUniform(Parameters.AsSpan(_weightOut, _hidden * _classes), 1 / Math.Sqrt(_hidden), random);
        }
    }

    /// <inheritdoc/>
    public override double Backpropagate(SequenceSet set, ReadOnlySpan<int> batch, double dropout, SeededRandom random)
    {
        int rows = 0;
        Span<int> phases = stackalloc int[batch.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            phases[i] = random.NextInt(Math.Min(_stride, set.Steps(batch[i])));
            rows += RowsOf(set.Steps(batch[i]), phases[i]);
        }

        Reserve(rows);
        Gather(set, batch, phases);
        Forward(rows, dropout, random);

        double loss = 0;
        int row = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            int own = RowsOf(set.Steps(batch[i]), phases[i]);
            for (int end = row + own; row < end; row++)
            {
                loss += Softmax.Gradient(
                    _logits.AsSpan(row * _classes, _classes),
                    set.Labels[batch[i]],
                    1f / (own * batch.Length)
                );
            }
        }

        Backward(rows);
        return loss;
    }

    /// <inheritdoc/>
    public override void Predict(SequenceSet set, ReadOnlySpan<int> batch, Span<float> probabilities)
    {
        probabilities.Clear();
        for (int i = 0; i < batch.Length; i++)
        {
            float[] clip = set.Clips[batch[i]];
            int steps = set.Steps(batch[i]);
            Reserve(steps);
            clip.CopyTo(_inputs, 0);
            Forward(steps, dropout: 0, random: null);
            Span<float> sum = probabilities.Slice(i * _classes, _classes);
            for (int t = 0; t < steps; t++)
            {
                Span<float> row = _logits.AsSpan(t * _classes, _classes);
                Softmax.Apply(row);
                for (int c = 0; c < _classes; c++)
                {
                    sum[c] += row[c] / steps;
                }
            }
        }
    }

    private static List<ParameterBlock> LayoutOf(int width, int hidden, int classes) =>
        hidden == 0
            ? [new("out.weight", width, classes), new("out.bias", classes, 0)]
            :
            [
                new("hidden.weight", width, hidden),
                new("out.weight", hidden, classes),
                new("hidden.bias", hidden, 0),
                new("out.bias", classes, 0),
            ];

    private int RowsOf(int steps, int phase) => ((steps - phase - 1) / _stride) + 1;

    private void Gather(SequenceSet set, ReadOnlySpan<int> batch, ReadOnlySpan<int> phases)
    {
        int row = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            float[] clip = set.Clips[batch[i]];
            for (int t = phases[i]; t < set.Steps(batch[i]); t += _stride, row++)
            {
                clip.AsSpan(t * _width, _width).CopyTo(_inputs.AsSpan(row * _width));
            }
        }
    }

    private void Forward(int rows, double dropout, SeededRandom? random)
    {
        fixed (
            float* inputs = _inputs,
                hidden = _hiddenValues,
                logits = _logits,
                parameters = Parameters
        )
        {
            if (_hidden > 0)
            {
                FillRows(_hiddenValues, rows, Parameters.AsSpan(_biasHidden, _hidden));
                MatrixProduct.Accumulate(
                    rows,
                    _hidden,
                    _width,
                    inputs,
                    _width,
                    1,
                    parameters,
                    _hidden,
                    hidden,
                    _hidden
                );
                Span<float> values = _hiddenValues.AsSpan(0, rows * _hidden);
                foreach (ref float value in values)
                {
                    value = Math.Max(value, 0);
                }
            }

            float[] last = _hidden > 0 ? _hiddenValues : _inputs;
            if (random is not null)
            {
                DropOut(last.AsSpan(0, rows * LastInputs), _factors, dropout, random);
            }

            FillRows(_logits, rows, Parameters.AsSpan(_biasOut, _classes));
            MatrixProduct.Accumulate(
                rows,
                _classes,
                LastInputs,
                _hidden > 0 ? hidden : inputs,
                LastInputs,
                1,
                parameters + _weightOut,
                _classes,
                logits,
                _classes
            );
        }
    }

    private void Backward(int rows)
    {
        Array.Clear(Gradient);
        SumRows(_logits, rows, Gradient.AsSpan(_biasOut, _classes));
        fixed (
            float* inputs = _inputs,
                hidden = _hiddenValues,
                hiddenGradient = _hiddenGradient,
                logits = _logits
        )
        fixed (
            float* parameters = Parameters,
                gradient = Gradient,
                transposed = _transposed
        )
        {
            MatrixProduct.Accumulate(
                LastInputs,
                _classes,
                rows,
                _hidden > 0 ? hidden : inputs,
                1,
                LastInputs,
                logits,
                _classes,
                gradient + _weightOut,
                _classes
            );
            if (_hidden == 0)
            {
                return;
            }

            MatrixProduct.Transpose(_hidden, _classes, parameters + _weightOut, _classes, transposed, _hidden);
            Array.Clear(_hiddenGradient, 0, rows * _hidden);
            MatrixProduct.Accumulate(
                rows,
                _hidden,
                _classes,
                logits,
                _classes,
                1,
                transposed,
                _hidden,
                hiddenGradient,
                _hidden
            );
            for (int i = 0; i < rows * _hidden; i++)
            {
                // A unit that is off, or dropped, has value 0.
                hiddenGradient[i] = hidden[i] > 0 ? hiddenGradient[i] * _factors[i] : 0;
            }

            SumRows(_hiddenGradient, rows, Gradient.AsSpan(_biasHidden, _hidden));
            MatrixProduct.Accumulate(
                _width,
                _hidden,
                rows,
                inputs,
                1,
                _width,
                hiddenGradient,
                _hidden,
                gradient,
                _hidden
            );
        }
    }

    private static void FillRows(float[] matrix, int rows, ReadOnlySpan<float> row)
    {
        for (int i = 0; i < rows; i++)
        {
            row.CopyTo(matrix.AsSpan(i * row.Length));
        }
    }

    private static void SumRows(float[] matrix, int rows, Span<float> sum)
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = matrix.AsSpan(i * sum.Length, sum.Length);
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += row[j];
            }
        }
    }

    private void Reserve(int rows)
    {
        if (_inputs.Length >= rows * _width)
        {
            return;
        }

        _inputs = new float[rows * _width];
        _hiddenValues = new float[rows * _hidden];
        _hiddenGradient = new float[rows * _hidden];
        _factors = new float[rows * LastInputs];
        _logits = new float[rows * _classes];
        _transposed = new float[_hidden * _classes];
    }
}
