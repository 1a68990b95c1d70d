using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Fills a new model with the weights of a trained one: the encoder always, a head when it means the same (the same
/// classes in the same order, the same words). Another head keeps its fresh weights.
/// </summary>
internal static class PretrainedWeights
{
    public static void Copy(
        VideoModel model,
        SafetensorsFile file,
        ModelDescription source,
        string path,
        IProgress<string>? notes
    )
    {
        CheckEncoder(model.Description.Encoder, source.Encoder, path);
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool classifier =
            model.Classifier is not null
            && source.Classifier is not null
            && model.Description.Classes.SequenceEqual(source.Classes, StringComparer.Ordinal);
        bool decoder =
            model.Description.Decoder is { } own
            && own == source.Decoder
            && model.Description.Vocabulary!.Words.SequenceEqual(source.Vocabulary!.Words, StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in model.Tensors())
        {
            string part = name[..name.IndexOf('.', StringComparison.Ordinal)];
            if (part == "encoder" || (part == "classifier" && classifier) || (part == "decoder" && decoder))
            {
                if (
                    !file.Tensors.TryGetValue(name, out Tensor? other)
                    || !other.shape.AsSpan().SequenceEqual(tensor.shape)
                )
                {
                    throw new TaskGrainException(
                        $"{path}: tensor '{name}' is missing or has another shape than its description says."
                    );
                }

                tensor.copy_(other);
            }
        }

        notes?.Report(
            $"started from {path}: "
                + $"encoder{Head(model.Classifier, "classifier", classifier)}{Head(model.Decoder, "decoder", decoder)}"
        );
    }

    private static string Head(object? head, string name, bool kept) =>
        head is null ? ""
        : kept ? $", {name}"
        : $"; {name} made anew";

    private static void CheckEncoder(EncoderOptions own, EncoderOptions source, string path)
    {
        // Dropout and the size of the clips change no weight.
        EncoderOptions comparable = source with
        {
            Dropout = own.Dropout,
            CropSize = own.CropSize,
            FinalPool = own.FinalPool,
        };
        if (comparable != own)
        {
            throw new TaskGrainException(
                $"{path} has another encoder: {Sizes(source)}, and this run's is {Sizes(own)}. Leave these sizes "
                    + $"out to take the model's."
            );
        }
    }

    private static string Sizes(EncoderOptions encoder) =>
        $"{encoder.Architecture} with lstmHidden {encoder.LstmHidden}, lstmLayers {encoder.LstmLayers}, featureSize "
        + $"{encoder.FeatureSize}";
}
