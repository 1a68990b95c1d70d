using System.Text.Json;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>
/// A file of References/parity: outputs of an implementation that nobody of this project wrote, for weights and inputs
/// rebuilt from an integer hash (the formulas stand in each file's <c>kind</c> and below).
/// </summary>
public sealed class ParityReference
{
    private ParityReference(JsonElement root) => Root = root;

    public JsonElement Root { get; }

    public JsonElement Config => Root.GetProperty("config");

    public static ParityReference Load(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestData.File($"parity/{name}.json")));
        return new ParityReference(document.RootElement.Clone());
    }

    /// <summary>Writes every weight of the file into the model's state; fails on one that has no place there.</summary>
    /// <param name="state">The model's state dictionary.</param>
    /// <param name="keyOf">The model's key for the original implementation's name.</param>
    public void FillWeights(IReadOnlyDictionary<string, Tensor> state, Func<string, string> keyOf)
    {
        double gain = Root.GetProperty("gain").GetDouble();
        var missing = new HashSet<string>(state.Keys, StringComparer.Ordinal);
        foreach (JsonElement entry in Root.GetProperty("tensors").EnumerateArray())
        {
            string key = keyOf(entry.GetProperty("name").GetString()!);
            Assert.True(missing.Remove(key), $"no tensor '{key}' in the model (or it came twice)");
            long[] shape = Shape(entry);
            Assert.Equal(shape, state[key].shape);
            double fanIn = shape.Skip(1).Aggregate(1.0, (product, size) => product * size);
            Func<double, double> value = entry.GetProperty("kind").GetString() switch
            {
                "weight" => u => ((2 * u) - 1) * gain * Math.Sqrt(3 / fanIn),
                "bias" => u => ((2 * u) - 1) * 0.1,
                "bn_weight" or "bn_var" => u => 0.5 + u,
                "bn_bias" => u => ((2 * u) - 1) * 0.2,
                "bn_mean" => u => ((2 * u) - 1) * 0.1,
                "embedding" => u => (2 * u) - 1,
                var kind => throw new InvalidDataException($"unknown kind {kind}"),
            };
            using var scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            state[key].copy_(Generate(shape, entry.GetProperty("seed").GetUInt64(), value));
        }

        Assert.Empty(missing);
    }

    /// <summary>The input described by an entry of the file such as <c>input</c> or <c>features</c>.</summary>
    public Tensor Input(string property)
    {
        JsonElement entry = Root.GetProperty(property);
        return Generate(Shape(entry), entry.GetProperty("seed").GetUInt64(), u => (2 * u) - 1);
    }

    /// <summary>
    /// Compares with the stored first and last elements, mean and root mean square, all relative to the root mean
    /// square.
    /// </summary>
    public static void AssertMatches(JsonElement expected, Tensor actual, double tolerance)
    {
        Assert.Equal(Shape(expected), actual.shape);
        float[] values = actual.contiguous().cpu().data<float>().ToArray();
        double rms = expected.GetProperty("rms").GetDouble();
        double[] first = Numbers(expected.GetProperty("first"));
        double[] last = Numbers(expected.GetProperty("last"));
        double worst = 0;
        for (int i = 0; i < first.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(values[i] - first[i]));
            worst = Math.Max(worst, Math.Abs(values[^(last.Length - i)] - last[i]));
        }

        worst = Math.Max(worst, Math.Abs(values.Average(v => (double)v) - expected.GetProperty("mean").GetDouble()));
        worst = Math.Max(worst, Math.Abs(Math.Sqrt(values.Average(v => (double)v * v)) - rms));
        Assert.True(
            worst / rms < tolerance,
            $"largest difference {worst / rms:e2} of the root mean square, allowed {tolerance:e2}"
        );
    }

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static long[] Shape(JsonElement entry) =>
        [.. entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];

    private static Tensor Generate(long[] shape, ulong seed, Func<double, double> value)
    {
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            ulong mixed = SeededRandom.Mix((seed << 32) + (ulong)i + 0x9E3779B97F4A7C15UL);
            values[i] = (float)value((mixed >> 11) * (1.0 / (1UL << 53)));
        }

        return tensor(values, shape);
    }
}
