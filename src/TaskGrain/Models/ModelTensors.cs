using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Names and shapes of the tensors that a described model has, worked out without making any: a description can ask for
/// more memory than there is, and is compared with the tensors in its file before anything is made.
/// </summary>
internal static class ModelTensors
{
    private const int DifferencesNamed = 6;

    /// <summary>
    /// The tensors of a described model. All are float32; a file may hold them in a shorter format, which is read
    /// exactly.
    /// </summary>
    /// <param name="description">A valid one: its sizes are bounded.</param>
    /// <returns>Names as in <see cref="VideoModel.Tensors"/>.</returns>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelDescription description)
    {
        EncoderOptions encoder = description.Encoder;
        IEnumerable<(string, long[])> tensors =
        [
            .. Channel("encoder.channel2d", encoder.Architecture.Features2D, frames: 1),
            .. Channel("encoder.channel3d", encoder.Architecture.Features3D, frames: 3),
            .. Lstm(
                "encoder.lstm",
                encoder.Architecture.Features,
                encoder.LstmHidden,
                encoder.LstmLayers,
                ["", "_reverse"]
            ),
            .. Linear("encoder.projection", 2L * encoder.LstmHidden, encoder.FeatureSize),
        ];
        if (description.Classifier is not null)
        {
            tensors = tensors.Concat(Linear("classifier.output", encoder.FeatureSize, description.Classes.Count));
        }

        if (description.Decoder is { } decoder)
        {
            tensors =
            [
                .. tensors,
                ("decoder.embedding.weight", [decoder.Words, decoder.Embedding]),
                .. Linear("decoder.mapping", decoder.FeatureSize, decoder.Hidden),
                .. Lstm("decoder.lstm", (long)decoder.Embedding + decoder.Hidden, decoder.Hidden, decoder.Layers, [""]),
                .. Linear("decoder.output", decoder.Hidden, decoder.Words),
            ];
        }

        return description.Taught is { } taught
            ? tensors.Concat(taught.Tensors.Select(part => ($"taught.{part.Name}", part.Shape.ToArray())))
            : tensors;
    }

    /// <summary>Refuses a file whose tensors are not those of the model it describes.</summary>
    /// <param name="expected">The model's tensors.</param>
    /// <param name="found">The file's; those of an unfinished training are passed over.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="TaskGrainException">Names what differs.</exception>
    public static void RequireSame(
        IEnumerable<(string Name, long[] Shape)> expected,
        IEnumerable<SafetensorsHeader.Entry> found,
        string path
    )
    {
        Dictionary<string, SafetensorsHeader.Entry> left = found
            .Where(entry => !entry.Name.StartsWith(ModelFile.OptimizerPrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach ((string name, long[] shape) in expected)
        {
            if (!left.Remove(name, out SafetensorsHeader.Entry? entry))
            {
                differences.Add($"'{name}' is missing");
            }
            else if (!shape.AsSpan().SequenceEqual(entry.Shape))
            {
                differences.Add(
                    $"'{name}' has shape ({string.Join(", ", entry.Shape)}) where ({string.Join(", ", shape)}) is "
                        + "expected"
                );
            }
            else if (entry.Type is not (ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float16))
            {
                differences.Add($"'{name}' is {entry.Type} where {ScalarType.Float32} is expected");
            }
        }

        differences.AddRange(left.Keys.Select(name => $"'{name}' is not part of it"));
        if (differences.Count > 0)
        {
            int more = differences.Count - DifferencesNamed;
            throw new TaskGrainException(
                $"{path}: its tensors are not those of the model it describes: "
                    + $"{string.Join("; ", differences.Take(DifferencesNamed))}{(more > 0 ? $" and {more} more" : "")}."
            );
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Channel(string name, long features, long frames)
    {
        if (features == 0)
        {
            yield break;
        }

        long width = features / EncoderArchitecture.WidthOfBase;
        long inputs = PixelTensor.Channels;
        int number = 0;
        foreach (long factor in new[] { 1, 2, 4, 8, 8, 8 })
        {
            string block = $"{name}.block{++number}";
            long outputs = factor * width;
            yield return ($"{block}.conv.weight", [outputs, inputs, frames, 3, 3]);
            yield return ($"{block}.conv.bias", [outputs]);
            foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" })
            {
                yield return ($"{block}.norm.{part}", [outputs]);
            }

            inputs = outputs;
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Lstm(
        string name,
        long inputs,
        long hidden,
        int layers,
        string[] directions
    )
    {
        for (int layer = 0; layer < layers; layer++)
        {
            foreach (string direction in directions)
            {
                yield return ($"{name}.weight_ih_l{layer}{direction}", [4 * hidden, inputs]);
                yield return ($"{name}.weight_hh_l{layer}{direction}", [4 * hidden, hidden]);
                yield return ($"{name}.bias_ih_l{layer}{direction}", [4 * hidden]);
                yield return ($"{name}.bias_hh_l{layer}{direction}", [4 * hidden]);
            }

            inputs = hidden * directions.Length;
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Linear(string name, long inputs, long outputs)
    {
        yield return ($"{name}.weight", [outputs, inputs]);
        yield return ($"{name}.bias", [outputs]);
    }
}
