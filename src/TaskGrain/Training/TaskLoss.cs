using TaskGrain.Labels;
using TaskGrain.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Training;

/// <summary>The losses of the two tasks (paper, Section 4.4).</summary>
internal static class TaskLoss
{
    /// <summary>Cross-entropy of the classes, in nats, mean over the batch; all classes weigh the same.</summary>
    /// <param name="logits">(N, classes), float32.</param>
    /// <param name="classes">(N), int64.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Classification(Tensor logits, Tensor classes) => functional.cross_entropy(logits, classes);

    /// <summary>
    /// Negative log-probability of the true words, in nats, mean over all words of all captions of the batch. (The
    /// authors' code divides that mean by the batch size once more, so that its captioning weighs less in larger
    /// batches.)
    /// </summary>
    /// <param name="logProbs">(N, L, V), float32: the decoder's log-probabilities.</param>
    /// <param name="captions">(N, L), int64 token ids, filled up with END.</param>
    /// <param name="maskPadding">
    /// Leave the END after the first one out; otherwise every place counts, as in the authors' code.
    /// </param>
    /// <returns>A scalar.</returns>
    public static Tensor Captioning(Tensor logProbs, Tensor captions, bool maskPadding)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(captions);
        using var scope = NewDisposeScope();
        Tensor words = logProbs.gather(2, captions.unsqueeze(2)).squeeze(2).neg();
        if (maskPadding)
        {
            Tensor mask = Words(captions).to_type(ScalarType.Float32);
            return words.mul(mask).sum().div(mask.sum()).MoveToOuterDisposeScope();
        }

        return words.mean().MoveToOuterDisposeScope();
    }

    /// <summary>Which places of captions hold words: everything up to and with the first END.</summary>
    /// <param name="captions">(N, L), int64 token ids.</param>
    /// <returns>(N, L), bool.</returns>
    public static Tensor Words(Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        using var scope = NewDisposeScope();
        Tensor ends = captions.Is(Vocabulary.End).to_type(ScalarType.Int64);
        return ends.cumsum(1).Minus(ends).Is(0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Share of words predicted right, END included, padding not. No size of it depends on the data, so that nothing
    /// waits for the device.
    /// </summary>
    /// <param name="logProbs">(N, L, V), float32: the decoder's log-probabilities.</param>
    /// <param name="captions">(N, L), int64 token ids, filled up with END.</param>
    /// <returns>A scalar, float32.</returns>
    public static Tensor WordAccuracy(Tensor logProbs, Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        using var scope = NewDisposeScope();
        Tensor words = Words(captions);
        Tensor right = logProbs.argmax(-1).eq(captions).logical_and(words).sum();
        return right.to_type(ScalarType.Float32).div(words.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>What the decoder reads to predict captions: GO, then the caption without its last token.</summary>
    /// <param name="captions">(N, L), int64 token ids.</param>
    /// <returns>(N, L), int64.</returns>
    public static Tensor TeacherInput(Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        using var scope = NewDisposeScope();
        Tensor go = TensorArithmetic.Filled([captions.shape[0], 1], Vocabulary.Go, captions.device);
        return cat([go, captions.narrow(1, 0, captions.shape[1] - 1)], 1).MoveToOuterDisposeScope();
    }
}
