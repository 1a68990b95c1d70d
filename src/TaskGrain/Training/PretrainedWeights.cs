using TaskGrain.Labels;
using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Fills a new model with what a trained one knows: the encoder, the scores of the classes that both have, and the
/// caption decoder with the words that both have. Classes and words are found by name, wherever they stand; what only
/// the new model has keeps its fresh weights.
/// </summary>
internal static class PretrainedWeights
{
    /// <summary>Copies weights.</summary>
    /// <param name="model">The new model.</param>
    /// <param name="file">The trained model's tensors.</param>
    /// <param name="source">The trained model's description.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="notes">Told what was taken over and what was not.</param>
    /// <exception cref="TaskGrainException">Its encoder has other sizes, or a tensor is not what it says.</exception>
    public static void Copy(
        VideoModel model,
        SafetensorsFile file,
        ModelDescription source,
        string path,
        IProgress<string>? notes
    )
    {
        CheckEncoder(model.Description.Encoder, source.Encoder, path);
        KnownRows classes =
            model.Classifier is null || source.Classifier is null
                ? KnownRows.None
                : KnownRows.Of(model.Description.Classes, source.Classes);
        KnownRows words = Words(model.Description, source);
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor tensor) in model.Tensors())
        {
            string part = name[..name.IndexOf('.', StringComparison.Ordinal)];
            KnownRows? rows = name switch
            {
                _ when part == "classifier" => classes,
                "decoder.embedding.weight" or "decoder.output.weight" or "decoder.output.bias" => words,
                _ => null,
            };
            if (rows is { } known)
            {
                if (known.Count > 0)
                {
                    known.Copy(tensor, Find(file, name, [known.Known, .. tensor.shape[1..]], path));
                }
            }
            else if (part == "encoder" || (part == "decoder" && words.Count > 0))
            {
                tensor.copy_(Find(file, name, tensor.shape, path));
            }
        }

        notes?.Report(
            $"started from {path}: encoder{Head(model.Classifier, "classifier", "classes", classes)}"
                + Head(model.Decoder, "decoder", "words", words, Vocabulary.Marks)
        );
    }

    // Decoders of the same sizes that share not one word have nothing to say to each other.
    private static KnownRows Words(ModelDescription own, ModelDescription source)
    {
        if (
            own.Decoder is not { } sizes
            || source.Decoder is not { } other
            || sizes with { Words = other.Words } != other
        )
        {
            return KnownRows.None;
        }

        var rows = KnownRows.Of(own.Vocabulary!.Words, source.Vocabulary!.Words);
        return rows.Count > Vocabulary.Marks ? rows : KnownRows.None;
    }

    private static Tensor Find(SafetensorsFile file, string name, long[] shape, string path) =>
        file.Tensors.TryGetValue(name, out Tensor? tensor) && tensor.shape.AsSpan().SequenceEqual(shape)
            ? tensor
            : throw new TaskGrainException(
                $"{path}: tensor '{name}' is missing or has another shape than its description says."
            );

    private static string Head(object? head, string name, string what, KnownRows rows, int marks = 0) =>
        head is null ? ""
        : rows.Count == 0 ? $"; {name} made anew"
        : rows.Count == rows.Wanted ? $", {name}"
        : $", {name} with {rows.Count - marks} of its {rows.Wanted - marks} {what}";

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

    /// <summary>Rows of a matrix that another has under the same names.</summary>
    /// <param name="To">Their numbers here.</param>
    /// <param name="From">Their numbers there.</param>
    /// <param name="Wanted">Rows here.</param>
    /// <param name="Known">Rows there.</param>
    private sealed record KnownRows(long[] To, long[] From, int Wanted, int Known)
    {
        public static KnownRows None { get; } = new([], [], 0, 0);

        public int Count => To.Length;

        public static KnownRows Of(IReadOnlyList<string> own, IReadOnlyList<string> other)
        {
            Dictionary<string, int> places = other
                .Index()
                .ToDictionary(e => e.Item, e => e.Index, StringComparer.Ordinal);
            int[] both = [.. Enumerable.Range(0, own.Count).Where(i => places.ContainsKey(own[i]))];
            return new KnownRows(
                [.. both.Select(i => (long)i)],
                [.. both.Select(i => (long)places[own[i]])],
                own.Count,
                other.Count
            );
        }

        public void Copy(Tensor to, Tensor from) =>
            to.index_copy_(0, tensor(To), from.index_select(0, tensor(From)).to_type(to.dtype));
    }
}
