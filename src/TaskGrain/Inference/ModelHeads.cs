using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// A model's heads as they are at one moment, apart from the model. They read features; where a model was taught
/// classes, those are the ones it names, else those it was trained on. Not locked: <see cref="InferenceSession"/>
/// lets one thread in at a time.
/// </summary>
internal sealed class ModelHeads : IDisposable
{
    private readonly double _stepSeconds;

    public ModelHeads(VideoModel model)
    {
        ModelDescription description = model.Description;
        Classifier = model.Classifier?.Copy();
        Decoder = model.Decoder?.Copy();
        Taught = model.Taught?.Classifier;
        TaughtFeatures = description.Taught is { } head
            ? new FeatureOptions { VectorsPerSecond = head.VectorsPerSecond, Overlap = head.Overlap }
            : null;
        Classes = description.Taught?.Classes ?? (Classifier is null ? [] : description.Classes);
        Vocabulary = description.Vocabulary;
        CaptionLength = description.CaptionLength;
        _stepSeconds = description.Preprocessing.SecondsPerStep();
    }

    /// <summary>The classifier of the classes it was trained on; null without one.</summary>
    public ActionClassifier? Classifier { get; }

    /// <summary>The caption decoder; null without one.</summary>
    public CaptionDecoder? Decoder { get; }

    /// <summary>The classifier of the classes it was taught; null without one.</summary>
    public FewShotClassifier? Taught { get; }

    /// <summary>Rate and windows of the features that <see cref="Taught"/> reads.</summary>
    public FeatureOptions? TaughtFeatures { get; }

    /// <summary>The decoder's words; null without one.</summary>
    public Vocabulary? Vocabulary { get; }

    /// <summary>Words a caption can have.</summary>
    public int CaptionLength { get; }

    /// <summary>Names of the classes; empty where no head names any.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Class probabilities of clips.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <returns>(N, classes), row-major; null where no head names classes.</returns>
    public float[]? Probabilities(Tensor features)
    {
        if (Taught is null)
        {
            return Logits(features) is { } logits ? Floats(logits.softmax(-1)) : null;
        }

        int clips = (int)features.shape[0];
        int steps = (int)features.shape[1];
        int size = steps * (int)features.shape[2];
        float[] all = Floats(features);
        return
        [
            .. Taught
                .Predict([
                    .. Enumerable.Range(0, clips).Select(i => AtTaughtRate(all[(i * size)..((i + 1) * size)], steps)),
                ])
                .SelectMany(row => row),
        ];
    }

    /// <summary>The trained classifier's logits.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <returns>(N, classes); null without a classifier.</returns>
    public Tensor? Logits(Tensor features) => Classifier?.call(features);

    /// <summary>Captions of clips.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    /// <returns>N captions; null without a decoder.</returns>
    public string[]? Captions(Tensor features, int beamWidth) =>
        CaptionIds(features, beamWidth) is { } ids
            ? [.. ids.Chunk(CaptionLength).Select(caption => Vocabulary!.Decode(caption))]
            : null;

    /// <summary>Captions of clips as ids.</summary>
    /// <param name="features">(N, T, D), float32.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    /// <returns>(N, <see cref="CaptionLength"/>), row-major; null without a decoder.</returns>
    public int[]? CaptionIds(Tensor features, int beamWidth)
    {
        if (Decoder is null)
        {
            return null;
        }

        Tensor ids =
            beamWidth > 1
                ? Decoder.BeamSearch(features, CaptionLength, beamWidth)
                : Decoder.Greedy(features, CaptionLength); // (N, L)
        return [.. ids.to_type(ScalarType.Int32).cpu().contiguous().data<int>()];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Classifier?.Dispose();
        Decoder?.Dispose();
    }

    /// <summary>A tensor's numbers, row-major.</summary>
    public static float[] Floats(Tensor tensor) =>
        [.. tensor.to_type(ScalarType.Float32).cpu().contiguous().data<float>()];

    private FeatureSequence AtTaughtRate(float[] vectors, int steps) =>
        FeatureResampling.ToRate(
            new FeatureSequence(vectors, steps, vectors.Length / steps),
            [.. Enumerable.Range(0, steps).Select(step => step * _stepSeconds)],
            steps * _stepSeconds,
            TaughtFeatures!.VectorsPerSecond
        );
}
