using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>What a trained baseline says of clips.</summary>
internal static class BaselineMeasurement
{
    /// <summary>How good it is on the validation clips.</summary>
    /// <returns>
    /// Accuracy and mean loss of a classifier; of a captioner the mean loss with its sign turned, and the mean loss.
    /// </returns>
    public static (double Score, double Loss) Score(
        Baseline baseline,
        FeatureClips clips,
        int batchSize,
        CancellationToken cancel
    )
    {
        using IDisposable noGradient = no_grad();
        double loss = 0;
        int right = 0;
        foreach (int[] rows in Enumerable.Range(0, clips.Clips.Count).Chunk(batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            FeatureBatch batch = clips.Batch(rows, random: null, baseline.ReadsCaptions);
            if (baseline.Probabilities(batch.Features) is { } probabilities)
            {
                Tensor own = probabilities.gather(1, batch.Classes.unsqueeze(1)).AtLeast(1e-12);
                loss -= own.log().sum().item<float>();
                right += (int)probabilities.argmax(1).eq(batch.Classes).sum().item<long>();
            }
            else
            {
                loss += rows.Length * baseline.Loss(batch, new SeededRandom(0)).item<float>();
            }
        }

        loss /= clips.Clips.Count;
        return (baseline.ReadsCaptions ? -loss : (double)right / clips.Clips.Count, loss);
    }

    /// <summary>Class probabilities of all clips.</summary>
    public static ScoreMatrix Probabilities(
        Baseline baseline,
        FeatureClips clips,
        int classes,
        int batchSize,
        CancellationToken cancel
    )
    {
        using IDisposable noGradient = no_grad();
        var scores = new List<float>();
        foreach (int[] rows in Enumerable.Range(0, clips.Clips.Count).Chunk(batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor features = clips.Batch(rows, random: null, captions: false).Features;
            scores.AddRange(baseline.Probabilities(features)!.cpu().data<float>());
        }

        return new ScoreMatrix([.. scores], classes);
    }

    /// <summary>Captions of all clips, in words.</summary>
    public static IReadOnlyList<string> Captions(
        Baseline baseline,
        FeatureClips clips,
        Vocabulary vocabulary,
        int length,
        int batchSize,
        CancellationToken cancel
    )
    {
        var captions = new List<string>();
        foreach (int[] rows in Enumerable.Range(0, clips.Clips.Count).Chunk(batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor features = clips.Batch(rows, random: null, captions: false).Features;
            int[] tokens = [.. baseline.Captions(features, length)!.cpu().data<long>().Select(token => (int)token)];
            captions.AddRange(tokens.Chunk(length).Select(caption => vocabulary.Decode(caption)));
        }

        return captions;
    }
}
