using TaskGrain.Inference.Features;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>A source as it is named on a command line.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Path">
/// A model file, a network's file, a name of <see cref="FeatureSources.Names"/>, or the folder of a feature store; null
/// for an untrained encoder of the first model's sizes.
/// </param>
/// <param name="Untrained">Whether only the model's sizes are used, with random weights.</param>
internal sealed record SourceChoice(string Name, string? Path, bool Untrained)
{
    private const string Random = "random";

    /// <summary>
    /// Reads <c>NAME=MODEL</c>, <c>NAME=STORE</c>, a source's own name, <c>random</c> or <c>random=MODEL</c>.
    /// </summary>
    /// <param name="text">The words.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="TaskGrainException">They have another form.</exception>
    public static SourceChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Random)
        {
            return new SourceChoice(Random, null, Untrained: true);
        }

        if (FeatureSources.Names.Contains(text, StringComparer.Ordinal))
        {
            return new SourceChoice(text, text, Untrained: false);
        }

        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
        {
            throw new TaskGrainException(
                $"'{text}' is not a source; write NAME=MODEL (.safetensors or .onnx), NAME=FEATURE_STORE, "
                    + $"{string.Join(", ", FeatureSources.Names)}, random, or random=MODEL.safetensors."
            );
        }

        return new SourceChoice(text[..at], text[(at + 1)..], Untrained: text[..at] == Random);
    }
}
