using TaskGrain.Models.Baselines;
using TaskGrain.Runtime;
using TaskGrain.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Lab.Baselines;

/// <summary>A baseline's network with what it learns from a batch and answers to one.</summary>
internal abstract class Baseline : IDisposable
{
    /// <summary>The network, whose parameters are learned.</summary>
    public abstract Module Network { get; }

    /// <summary>Whether it needs the captions of a batch.</summary>
    public virtual bool ReadsCaptions => false;

    /// <summary>What is minimised.</summary>
    /// <param name="batch">The clips.</param>
    /// <param name="random">Draws what a step draws, besides dropout.</param>
    /// <returns>A scalar, in nats.</returns>
    public abstract Tensor Loss(FeatureBatch batch, SeededRandom random);

    /// <summary>Class probabilities.</summary>
    /// <param name="features">(N, T, D).</param>
    /// <returns>(N, classes); null for one that only writes captions.</returns>
    public virtual Tensor? Probabilities(Tensor features) => null;

    /// <summary>Captions, the previous prediction fed back.</summary>
    /// <param name="features">(N, T, D).</param>
    /// <param name="length">Tokens L.</param>
    /// <returns>(N, L), int64; null for one that only classifies.</returns>
    public virtual Tensor? Captions(Tensor features, int length) => null;

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}

/// <summary>A perceptron on the middle frame, or on all frames with averaged predictions.</summary>
/// <param name="network">The perceptron.</param>
/// <param name="all">All frames.</param>
internal sealed class FrameBaseline(FrameClassifier network, bool all) : Baseline
{
    /// <inheritdoc/>
    public override Module Network => network;

    /// <inheritdoc/>
    public override Tensor Loss(FeatureBatch batch, SeededRandom random)
    {
        // Every frame has the label of its clip.
        Tensor logits = network.call(Seen(batch.Features));
        Tensor classes = batch.Classes.unsqueeze(1).expand(-1, logits.shape[1]).reshape(-1);
        return TaskLoss.Classification(logits.reshape(classes.shape[0], -1), classes);
    }

    /// <inheritdoc/>
    public override Tensor Probabilities(Tensor features) => network.call(Seen(features)).softmax(-1).mean([1]);

    private Tensor Seen(Tensor features) => all ? features : features.narrow(1, features.shape[1] / 2, 1);
}

/// <summary>An LSTM over all frames.</summary>
internal sealed class SequenceBaseline(SequenceClassifier network) : Baseline
{
    /// <inheritdoc/>
    public override Module Network => network;

    /// <inheritdoc/>
    public override Tensor Loss(FeatureBatch batch, SeededRandom random) =>
        TaskLoss.Classification(network.call(batch.Features), batch.Classes);

    /// <inheritdoc/>
    public override Tensor Probabilities(Tensor features) => network.call(features).softmax(-1);
}

/// <summary>
/// Temporal relations of a few frames spread over the clip: a random one of each of F equal segments in training, the
/// middle one in a test.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="choices">Choices of frames that a training step draws for each number of frames.</param>
internal sealed class RelationBaseline(TemporalRelations network, int choices) : Baseline
{
    /// <inheritdoc/>
    public override Module Network => network;

    /// <inheritdoc/>
    public override Tensor Loss(FeatureBatch batch, SeededRandom random)
    {
        Tensor frames = Segments(batch.Features, random);
        Tensor logits = network.Relate(frames, FrameTuples.Draw(network.Frames, choices, random));
        return TaskLoss.Classification(logits, batch.Classes);
    }

    /// <inheritdoc/>
    public override Tensor Probabilities(Tensor features) => network.call(Segments(features, null)).softmax(-1);

    private Tensor Segments(Tensor features, SeededRandom? random)
    {
        int steps = (int)features.shape[1];
        long[] index = new long[network.Frames];
        for (int i = 0; i < index.Length; i++)
        {
            int from = i * steps / index.Length;
            int to = (i + 1) * steps / index.Length;
            index[i] = from + (random?.NextInt(to - from) ?? ((to - from) / 2));
        }

        return features.index_select(1, tensor(index, device: features.device));
    }
}

/// <summary>An LSTM over all frames with a caption decoder.</summary>
internal sealed class CaptionBaseline(SequenceCaptioner network) : Baseline
{
    /// <inheritdoc/>
    public override Module Network => network;

    /// <inheritdoc/>
    public override bool ReadsCaptions => true;

    /// <inheritdoc/>
    public override Tensor Loss(FeatureBatch batch, SeededRandom random)
    {
        Tensor captions = batch.Captions!;
        Tensor logProbs = network.call(batch.Features, TaskLoss.TeacherInput(captions));
        return TaskLoss.Captioning(logProbs, captions, maskPadding: false);
    }

    /// <inheritdoc/>
    public override Tensor Captions(Tensor features, int length) => network.Greedy(features, length);
}
