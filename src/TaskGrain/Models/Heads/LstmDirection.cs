using System.Runtime.Intrinsics;

namespace TaskGrain.Models.Heads;

/// <summary>
/// One direction of an LSTM over a batch of clips: the mean of its outputs over time, and the gradient of its
/// parameters by backpropagation through time.
/// </summary>
/// <remarks>
/// The backward direction reads each clip reversed within its own length, so that padding always comes last: it
/// then changes no output that counts. Gates lie in the order input, forget, cell, output.
/// </remarks>
internal sealed unsafe class LstmDirection(int width, int hidden, bool reversed)
{
    private const int Lanes = 16;

    private readonly int _inputs = width + hidden;
    private readonly int _gates = 4 * hidden;

    private int _steps;
    private int _rows;
    private int[] _lengths = [];
    private float[] _z = []; // (T, B, K+H): a step's vector, then the outputs of the step before
    private float[] _gateValues = []; // (T, B, 4H): gates; on the way back, the gradients before their activation
    private float[] _cells = []; // (T+1, B, H): the state before step t
    private float[] _cellTanh = []; // (T, B, H)
    private float[] _outputGradient = [];
    private float[] _cellGradient = [];
    private float[] _transposed = []; // (4H, H): the recurrent weights

    /// <summary>Number of weights: (K+H, 4H).</summary>
    public int WeightCount => _inputs * _gates;

    /// <summary>Runs the batch.</summary>
    /// <param name="set">The clips.</param>
    /// <param name="batch">Which of them.</param>
    /// <param name="weight">(K+H, 4H).</param>
    /// <param name="bias">(4H).</param>
    /// <param name="pooled">(B, H), filled: the mean output over each clip's own steps.</param>
    public void Forward(
        SequenceSet set,
        ReadOnlySpan<int> batch,
        float* weight,
        ReadOnlySpan<float> bias,
        Span<float> pooled
    )
    {
        Load(set, batch);
        pooled.Clear();
        fixed (
            float* z = _z,
                gates = _gateValues
        )
        {
            for (int t = 0; t < _steps; t++)
            {
                float* stepGates = gates + (t * _rows * _gates);
                for (int b = 0; b < _rows; b++)
                {
                    bias.CopyTo(new Span<float>(stepGates + (b * _gates), _gates));
                }

                MatrixProduct.Accumulate(
                    _rows,
                    _gates,
                    _inputs,
                    z + (t * _rows * _inputs),
                    _inputs,
                    1,
                    weight,
                    _gates,
                    stepGates,
                    _gates
                );
                Advance(t, pooled);
            }
        }
    }

    /// <summary>The parameters' gradient, for the batch that <see cref="Forward"/> ran last.</summary>
    /// <param name="weight">(K+H, 4H).</param>
    /// <param name="pooledGradient">(B, H): the loss's gradient to the mean outputs.</param>
    /// <param name="weightGradient">(K+H, 4H), added to.</param>
    /// <param name="biasGradient">(4H), added to.</param>
    public void Backward(
        float* weight,
        ReadOnlySpan<float> pooledGradient,
        float* weightGradient,
        Span<float> biasGradient
    )
    {
        Array.Clear(_outputGradient);
        Array.Clear(_cellGradient);
        fixed (
            float* z = _z,
                gates = _gateValues,
                back = _outputGradient,
                transposed = _transposed
        )
        {
            MatrixProduct.Transpose(hidden, _gates, weight + (width * _gates), _gates, transposed, hidden);
            for (int t = _steps - 1; t >= 0; t--)
            {
                float* stepGates = gates + (t * _rows * _gates);
                Retreat(t, pooledGradient);
                if (t > 0)
                {
                    Array.Clear(_outputGradient);
                    MatrixProduct.Accumulate(
                        _rows,
                        hidden,
                        _gates,
                        stepGates,
                        _gates,
                        1,
                        transposed,
                        hidden,
                        back,
                        hidden
                    );
                }
            }

            int all = _steps * _rows;
            MatrixProduct.Accumulate(_inputs, _gates, all, z, 1, _inputs, gates, _gates, weightGradient, _gates);
            for (int row = 0; row < all; row++)
            {
                ReadOnlySpan<float> own = _gateValues.AsSpan(row * _gates, _gates);
                for (int j = 0; j < _gates; j++)
                {
                    biasGradient[j] += own[j];
                }
            }
        }
    }

    private static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

    private static Vector512<float> Tanh(Vector512<float> x) => (Sigmoid(x + x) * 2f) - Vector512<float>.One;

    /// <summary>Gates to state and output of step t; the output becomes part of the next step's input.</summary>
    private void Advance(int t, Span<float> pooled)
    {
        fixed (
            float* z = _z,
                gates = _gateValues,
                cells = _cells,
                tanh = _cellTanh,
                mean = pooled
        )
        {
            for (int b = 0; b < _rows; b++)
            {
                int at = (t * _rows) + b;
                float* gate = gates + (at * _gates);
                float* next = t + 1 < _steps ? z + ((at + _rows) * _inputs) + width : null;
                bool counts = t < _lengths[b];
                var share = Vector512.Create(1f / _lengths[b]);
                for (int j = 0; j < hidden; j += Lanes)
                {
                    Vector512<float> input = Sigmoid(Vector512.Load(gate + j));
                    Vector512<float> forget = Sigmoid(Vector512.Load(gate + hidden + j));
                    Vector512<float> candidate = Tanh(Vector512.Load(gate + (2 * hidden) + j));
                    Vector512<float> output = Sigmoid(Vector512.Load(gate + (3 * hidden) + j));
                    Vector512<float> cell = (forget * Vector512.Load(cells + (at * hidden) + j)) + (input * candidate);
                    Vector512<float> squashed = Tanh(cell);
                    Vector512<float> value = output * squashed;
                    input.Store(gate + j);
                    forget.Store(gate + hidden + j);
                    candidate.Store(gate + (2 * hidden) + j);
                    output.Store(gate + (3 * hidden) + j);
                    cell.Store(cells + ((at + _rows) * hidden) + j);
                    squashed.Store(tanh + (at * hidden) + j);
                    if (next is not null)
                    {
                        value.Store(next + j);
                    }

                    if (counts)
                    {
                        (Vector512.Load(mean + (b * hidden) + j) + (value * share)).Store(mean + (b * hidden) + j);
                    }
                }
            }
        }
    }

    /// <summary>
    /// From the gradients of step t's output and state to those of its gates (in their place) and of the state before.
    /// </summary>
    private void Retreat(int t, ReadOnlySpan<float> pooledGradient)
    {
        Vector512<float> one = Vector512<float>.One;
        fixed (
            float* gates = _gateValues,
                cells = _cells,
                tanh = _cellTanh,
                outputs = _outputGradient,
                states = _cellGradient,
                pooled = pooledGradient
        )
        {
            for (int b = 0; b < _rows; b++)
            {
                int at = (t * _rows) + b;
                float* gate = gates + (at * _gates);
                var share = Vector512.Create(t < _lengths[b] ? 1f / _lengths[b] : 0);
                for (int j = 0; j < hidden; j += Lanes)
                {
                    Vector512<float> input = Vector512.Load(gate + j);
                    Vector512<float> forget = Vector512.Load(gate + hidden + j);
                    Vector512<float> candidate = Vector512.Load(gate + (2 * hidden) + j);
                    Vector512<float> output = Vector512.Load(gate + (3 * hidden) + j);
                    Vector512<float> squashed = Vector512.Load(tanh + (at * hidden) + j);
                    Vector512<float> toOutput =
                        Vector512.Load(outputs + (b * hidden) + j)
                        + (Vector512.Load(pooled + (b * hidden) + j) * share);
                    Vector512<float> toCell =
                        Vector512.Load(states + (b * hidden) + j) + (toOutput * output * (one - (squashed * squashed)));
                    (toCell * candidate * input * (one - input)).Store(gate + j);
                    (toCell * Vector512.Load(cells + (at * hidden) + j) * forget * (one - forget)).Store(
                        gate + hidden + j
                    );
                    (toCell * input * (one - (candidate * candidate))).Store(gate + (2 * hidden) + j);
                    (toOutput * squashed * output * (one - output)).Store(gate + (3 * hidden) + j);
                    (toCell * forget).Store(states + (b * hidden) + j);
                }
            }
        }
    }

    private void Load(SequenceSet set, ReadOnlySpan<int> batch)
    {
        int steps = 0;
        _lengths = new int[batch.Length];
        for (int b = 0; b < batch.Length; b++)
        {
            _lengths[b] = set.Steps(batch[b]);
            steps = Math.Max(steps, _lengths[b]);
        }

        Reserve(steps, batch.Length);
        Array.Clear(_z, 0, _steps * _rows * _inputs);
        Array.Clear(_cells, 0, _rows * hidden);
        for (int b = 0; b < _rows; b++)
        {
            float[] clip = set.Clips[batch[b]];
            for (int t = 0; t < _lengths[b]; t++)
            {
                int from = reversed ? _lengths[b] - 1 - t : t;
                clip.AsSpan(from * width, width).CopyTo(_z.AsSpan(((t * _rows) + b) * _inputs));
            }
        }
    }

    private void Reserve(int steps, int rows)
    {
        _steps = steps;
        _rows = rows;
        if (
            _z.Length >= steps * rows * _inputs
            && _outputGradient.Length >= rows * hidden
            && _cells.Length >= (steps + 1) * rows * hidden
        )
        {
            return;
        }

        _z = new float[steps * rows * _inputs];
        _gateValues = new float[steps * rows * _gates];
        _cells = new float[(steps + 1) * rows * hidden];
        _cellTanh = new float[steps * rows * hidden];
        _outputGradient = new float[rows * hidden];
        _cellGradient = new float[rows * hidden];
        _transposed = new float[_gates * hidden];
    }
}
