using TaskGrain.Models;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// What a training step takes on so many ranks, from what one takes alone. Every rank computes on as many clips as the
/// one that was measured. Gradients lie in buckets in the order of the backward pass; a bucket is sent when its last
/// gradient is there and the bucket before it has been sent:
/// <code>
/// sent(i) = max(ready(i), sent(i − 1)) + ring(bytes(i), p),   ring(n, p) = 2(p − 1)·latency + 2(p − 1)/p · n/bandwidth
/// step(p) = max(step(1), sent(last)) + norms · 2 · ⌈log2 p⌉ · latency,   efficiency = step(1) / step(p)
/// </code>
/// A third of the step is the forward pass; the backward pass takes its time from layer to layer as the multiply-adds
/// are. Without overlap every bucket is ready at the end. Ranks that are slower than others, and the reading of clips,
/// are left out.
/// </summary>
/// <param name="StepSeconds">A rank's step alone.</param>
/// <param name="Buckets">The buckets, in the order they are sent in.</param>
/// <param name="Norms">Batch norms whose statistics are taken over all ranks; 0 for each rank's own.</param>
internal sealed record ClusterSimulation(double StepSeconds, IReadOnlyList<ClusterBucket> Buckets, int Norms)
{
    private const double ForwardShare = 1.0 / 3;

    /// <summary>Numbers of a bucket, as in training.</summary>
    private const int BucketNumbers = 1 << 20;

    /// <summary>Bytes of all gradients.</summary>
    public double Bytes => Buckets.Sum(bucket => bucket.Bytes);

    /// <summary>The simulation of an encoder with a classifier.</summary>
    /// <param name="options">The encoder's sizes.</param>
    /// <param name="frames">Frames of a clip.</param>
    /// <param name="stepSeconds">A rank's measured step.</param>
    /// <param name="classes">Classes of the classifier.</param>
    public static ClusterSimulation Of(EncoderOptions options, int frames, double stepSeconds, int classes)
    {
        // Layers in the order of the backward pass: head, projection and LSTM, then the channels' blocks, 3D first.
        double[] work = [.. EncoderWork.Blocks(options, frames)];
        using var encoder = TwoChannelEncoder.Unfilled(options);
        double[] blocks =
        [
            .. encoder
                .modules()
                .OfType<ConvolutionBlock>()
                .Select(block => (double)block.parameters().Sum(parameter => parameter.numel())),
        ];
        double all = encoder.parameters().Sum(parameter => parameter.numel());
        double head = all - blocks.Sum() + ((options.FeatureSize + 1) * classes);
        var layers = new List<(double Numbers, double Work)> { (head, 0) };
        layers.AddRange(blocks.Zip(work).Reverse());

        var buckets = new List<ClusterBucket>();
        double total = layers.Sum(layer => layer.Work);
        (double numbers, double done) = (0, 0);
        for (int i = 0; i < layers.Count; i++)
        {
            numbers += layers[i].Numbers;
            done += layers[i].Work;
            if (numbers >= BucketNumbers || i == layers.Count - 1)
            {
                double ready = stepSeconds * (ForwardShare + ((1 - ForwardShare) * done / total));
                buckets.Add(new ClusterBucket(numbers * sizeof(float), ready));
                numbers = 0;
            }
        }

        return new ClusterSimulation(stepSeconds, buckets, blocks.Length);
    }

    /// <summary>A step on so many ranks.</summary>
    /// <param name="network">The network between them.</param>
    /// <param name="ranks">How many.</param>
    /// <param name="overlap">Whether gradients are sent during the backward pass.</param>
    /// <returns>Seconds.</returns>
    public double Step(ClusterNetwork network, int ranks, bool overlap = true)
    {
        double sent = 0;
        foreach (ClusterBucket bucket in Buckets)
        {
            sent = Math.Max(overlap ? bucket.ReadySeconds : StepSeconds, sent) + network.Ring(bucket.Bytes, ranks);
        }

        return Math.Max(StepSeconds, sent) + (2 * Norms * network.Small(ranks));
    }

    /// <summary>The share of the ranks' time that is not lost.</summary>
    public double Efficiency(ClusterNetwork network, int ranks, bool overlap = true) =>
        StepSeconds / Step(network, ranks, overlap);
}

/// <summary>Gradients that are sent together.</summary>
/// <param name="Bytes">How many bytes.</param>
/// <param name="ReadySeconds">When the last of them is there, from the beginning of the step.</param>
internal readonly record struct ClusterBucket(double Bytes, double ReadySeconds);
