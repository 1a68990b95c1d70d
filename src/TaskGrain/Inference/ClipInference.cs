using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>What a model says about clips, copied out of its tensors.</summary>
/// <param name="Features">(N × D): the encoder's features, averaged over time.</param>
/// <param name="Probabilities">(N × classes); null without a classifier.</param>
/// <param name="Captions">N captions; null without a decoder.</param>
internal sealed record ClipInference(float[] Features, float[]? Probabilities, string[]? Captions)
{
    /// <summary>Runs a model over one batch. The caller has put it into <see cref="EvaluationMode"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pixels">(N, T, H, W, 3), as the model's preprocessing cuts clips.</param>
    /// <param name="clips">Clips N.</param>
    /// <param name="heads">Whether the classifier and the decoder are asked, or only the encoder.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    public static ClipInference Run(VideoModel model, ReadOnlyMemory<byte> pixels, int clips, bool heads, int beamWidth)
    {
        using var scope = NewDisposeScope();
        Tensor features = model.Encoder.call(model.Clips(pixels, clips)); // (N, T, D)
        float[] pooled = Floats(features.mean([1]));
        if (!heads)
        {
            return new ClipInference(pooled, null, null);
        }

        float[]? probabilities = model.Classifier is { } classifier
            ? Floats(classifier.call(features).softmax(-1))
            : null;
        return new ClipInference(pooled, probabilities, Describe(model, features, beamWidth));
    }

    /// <summary>
    /// Runs a model over several clips of one video. The probabilities are the means over the clips; the caption is
    /// that of all their time steps together, since the decoder averages over time anyway.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="frames">The video.</param>
    /// <param name="plans">The clips, at least one.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    /// <returns>One row.</returns>
    public static ClipInference RunOnVideo(
        VideoModel model,
        VideoFrames frames,
        IReadOnlyList<ClipPlan> plans,
        int beamWidth
    )
    {
        using var scope = NewDisposeScope();
        PixelRectangle crop = plans[0].Crop;
        byte[] pixels = new byte[plans[0].Frames.Length * crop.Height * crop.Width * 3];
        var perClip = new List<Tensor>(plans.Count);
        foreach (ClipPlan plan in plans)
        {
            // One by one: a hundred clips of a long video need no more memory than one.
            using var step = NewDisposeScope();
            frames.CopyClip(plan, pixels);
            perClip.Add(model.Encoder.call(model.Clips(pixels, 1)).MoveToOuterDisposeScope());
        }

        Tensor features = cat(perClip, 0); // (N, T, D)
        float[]? probabilities = model.Classifier is { } classifier
            ? Floats(classifier.call(features).softmax(-1).mean([0]))
            : null;
        Tensor sequence = features.reshape(1, -1, features.shape[2]); // (1, N·T, D)
        return new ClipInference(Floats(sequence.mean([1])), probabilities, Describe(model, sequence, beamWidth));
    }

    /// <summary>Asks the heads about features that exist.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">(N, T, D): the encoder's features.</param>
    /// <param name="captions">Whether the decoder is asked, where there is one.</param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    public static ClipInference RunHeads(VideoModel model, Tensor features, bool captions, int beamWidth)
    {
        using var scope = NewDisposeScope();
        float[]? probabilities = model.Classifier is { } classifier
            ? Floats(classifier.call(features).softmax(-1))
            : null;
        return new ClipInference(
            Floats(features.mean([1])),
            probabilities,
            captions ? Describe(model, features, beamWidth) : null
        );
    }

    private static string[]? Describe(VideoModel model, Tensor features, int beamWidth)
    {
        if (model.Decoder is not { } decoder)
        {
            return null;
        }

        Vocabulary vocabulary = model.Description.Vocabulary!;
        int length = model.Description.CaptionLength;
        Tensor ids = beamWidth > 1 ? decoder.BeamSearch(features, length, beamWidth) : decoder.Greedy(features, length); // (N, L)
        int[] flat = ids.to_type(ScalarType.Int32).cpu().contiguous().data<int>().ToArray();
        return
        [
            .. Enumerable.Range(0, (int)ids.shape[0]).Select(i => vocabulary.Decode(flat.AsSpan(i * length, length))),
        ];
    }

    private static float[] Floats(Tensor tensor) =>
        tensor.to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
}
