using TaskGrain.Models.Baselines;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Baselines;

/// <summary>The perceptron and the LSTM against their equations, computed in plain numbers.</summary>
public sealed class BaselineNetworkTests
{
    private const int Features = 3;
    private const int Units = 4;
    private const int Classes = 2;

    private static readonly float[] Film = [.. Enumerable.Range(0, 5 * Features).Select(i => (float)Math.Cos(2.3 * i))];

    [Fact]
    public void The_perceptron_is_two_layers_with_a_ReLU_between()
    {
        using var scope = NewDisposeScope();
        using var network = new FrameClassifier(Features, Units, Classes, dropout: 0.5, new SeededRandom(1));
        network.eval();
        using IDisposable noGradient = no_grad();
        Dictionary<string, float[]> weights = Weights(network);

        float[] logits = [.. network.call(tensor(Film, [5, Features])).data<float>()];

        for (int frame = 0; frame < 5; frame++)
        {
            double[] input = [.. Film.Skip(frame * Features).Take(Features).Select(value => (double)value)];
            double[] hidden =
            [
                .. Linear(weights["hidden.weight"], weights["hidden.bias"], input).Select(value => Math.Max(0, value)),
            ];
            double[] expected = Linear(weights["output.weight"], weights["output.bias"], hidden);
            Assert.Equal(expected[0], logits[frame * Classes], 1e-5);
            Assert.Equal(expected[1], logits[(frame * Classes) + 1], 1e-5);
        }
    }

    [Fact]
    public void The_LSTM_goes_forwards_in_time_and_its_states_are_averaged()
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceClassifier(Features, Units, Classes, dropout: 0.5, new SeededRandom(2));
        network.eval();
        using IDisposable noGradient = no_grad();
        Dictionary<string, float[]> weights = Weights(network);

        float[] logits = [.. network.call(tensor(Film, [1, 5, Features])).data<float>()];

        double[] state = new double[Units];
        double[] cell = new double[Units];
        double[] mean = new double[Units];
        for (int step = 0; step < 5; step++)
        {
            double[] input = [.. Film.Skip(step * Features).Take(Features).Select(value => (double)value)];
            double[] gates =
            [
                .. Linear(weights["lstm.weight_ih_l0"], weights["lstm.bias_ih_l0"], input)
                    .Zip(Linear(weights["lstm.weight_hh_l0"], weights["lstm.bias_hh_l0"], state), (a, b) => a + b),
            ];
            for (int unit = 0; unit < Units; unit++)
            {
                // PyTorch's order: input, forget, cell, output.
                double input1 = Sigmoid(gates[unit]);
                double forget = Sigmoid(gates[Units + unit]);
                double candidate = Math.Tanh(gates[(2 * Units) + unit]);
                cell[unit] = (forget * cell[unit]) + (input1 * candidate);
                state[unit] = Sigmoid(gates[(3 * Units) + unit]) * Math.Tanh(cell[unit]);
                mean[unit] += state[unit] / 5;
            }
        }

        double[] expected = Linear(weights["classifier.output.weight"], weights["classifier.output.bias"], mean);
        Assert.Equal(expected[0], logits[0], 1e-5);
        Assert.Equal(expected[1], logits[1], 1e-5);
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private static Dictionary<string, float[]> Weights(nn.Module network) =>
        network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());

    private static double[] Linear(float[] weight, float[] bias, double[] input) =>
        [
            .. bias.Select(
                (value, row) =>
                    value + input.Select((entry, column) => weight[(row * input.Length) + column] * entry).Sum()
            ),
        ];
}
