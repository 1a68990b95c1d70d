using TaskGrain.Inference.Features;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>A source as it is named on a command line.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Path">
/// What <see cref="FeatureSources.Open"/> takes, or the folder of a feature store; null for an untrained encoder of the
/// first model's sizes.
/// </param>
/// <param name="Untrained">Whether only the model's sizes are used, with random weights.</param>
internal sealed record SourceChoice(string Name, string? Path, bool Untrained)
{
    private const string Random = "random";

    /// <summary>
    /// Reads <c>NAME=MODEL</c>, <c>NAME=STORE</c>, sources' own names, <c>random</c> or <c>random=MODEL</c>.
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

        IReadOnlyList<string> names = FeatureSources.Names;
        if (
            FeatureSources
                .Parts(text)
                .All(part => names.Contains(FeatureSources.WithoutWhole(part) ?? part, StringComparer.Ordinal))
        )
        {
            return new SourceChoice(text, text, Untrained: false);
        }

        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
        {
            throw new TaskGrainException(
                $"'{text}' is not a source; write NAME=MODEL (.safetensors or .onnx), NAME=FEATURE_STORE, "
                    + $"{string.Join(", ", names)} (or several of these joined by +), random, or "
                    + "random=MODEL.safetensors."
            );
        }

        return new SourceChoice(text[..at], text[(at + 1)..], Untrained: text[..at] == Random);
    }
}
