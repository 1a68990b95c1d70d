namespace TaskGrain.Models.Heads;

/// <summary>Softmax and cross-entropy of one row of logits.</summary>
internal static class Softmax
{
    /// <summary>Turns logits into probabilities in place.</summary>
    public static void Apply(Span<float> row)
    {
        float top = float.NegativeInfinity;
        foreach (float value in row)
        {
            top = Math.Max(top, value);
        }

        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = MathF.Exp(row[i] - top);
            sum += row[i];
        }

        float scale = (float)(1 / sum);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= scale;
        }
    }

    /// <summary>
    /// Turns logits into the gradient of <paramref name="weight"/> × cross-entropy, and returns that loss.
    /// </summary>
    public static double Gradient(Span<float> row, int label, float weight)
    {
        Apply(row);
        double loss = -Math.Log(Math.Max(row[label], 1e-12f)) * weight;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= weight;
        }

        row[label] -= weight;
        return loss;
    }
}
