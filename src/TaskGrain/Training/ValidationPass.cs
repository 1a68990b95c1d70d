using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Runtime.Ranks;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Measures a model's present weights on clips: centre crops, no dropout, no gradients, means over clips. It sees what
/// whoever uses the model will see, an <see cref="InferenceSession"/>, and leaves the model in its mode.
/// </summary>
internal sealed class ValidationPass(VideoModel model, ClipLoader loader, bool maskPadding)
{
    private double _classLoss;
    private long _top1;
    private long _top5;
    private double _captionLoss;
    private long _places;
    private long _words;
    private long _rightWords;
    private long _exact;

    /// <summary>Runs over the clips; each of several ranks over its part of them.</summary>
    /// <param name="examples">All clips.</param>
    /// <param name="measured">Told of every batch's number of clips.</param>
    /// <param name="cancellation">Stops after the batch at hand; all ranks when any is to stop.</param>
    /// <param name="ranks">The ranks; null for a process alone.</param>
    /// <exception cref="OperationCanceledException">It was stopped: on every rank.</exception>
    public ValidationReport Run(
        IReadOnlyList<ClipExample> examples,
        Action<int>? measured,
        CancellationToken cancellation,
        IRankGroup? ranks = null
    )
    {
        using var session = new InferenceSession(model);
        IReadOnlyList<ClipExample> mine = ranks is null ? examples : RankShare.Slice(examples, ranks.Place);
        CancellationToken own = ranks is null ? cancellation : CancellationToken.None;
        foreach (ClipBatch batch in loader.Load(mine, training: false, seed: 0, own))
        {
            using (batch)
            using (NewDisposeScope())
            using (inference_mode())
            {
                Measure(session, batch);
            }

            measured?.Invoke(batch.Count);
            _ = ranks is null || Meet(ranks, hasMeasured: true, cancellation);
        }

        if (ranks is not null)
        {
            while (Meet(ranks, hasMeasured: false, cancellation)) { }

            Combine(ranks);
        }

        double clips = examples.Count;
        bool classes = model.Classifier is not null;
        bool captions = model.Decoder is not null;
        return new ValidationReport
        {
            Clips = examples.Count,
            ClassLoss = classes ? _classLoss / clips : null,
            Top1 = classes ? _top1 / clips : null,
            Top5 = model.Classifier is { Classes: > 5 } ? _top5 / clips : null,
            CaptionLoss = captions ? _captionLoss / _places : null,
            WordAccuracy = captions ? (double)_rightWords / _words : null,
            ExactMatch = captions ? _exact / clips : null,
        };
    }

    /// <summary>
    /// Meets the other ranks after a batch, so that all stop together. A rank whose clips are done goes on meeting
    /// those that have more.
    /// </summary>
    /// <returns>Whether any rank has measured a batch since they met before.</returns>
    private static bool Meet(IRankGroup ranks, bool hasMeasured, CancellationToken cancellation)
    {
        Span<double> sums = [hasMeasured ? 1 : 0, cancellation.IsCancellationRequested ? 1 : 0];
        ranks.Sum(sums);
        return sums[1] == 0 ? sums[0] > 0 : throw new OperationCanceledException(cancellation);
    }

    private void Combine(IRankGroup ranks)
    {
        Span<double> sums = [_classLoss, _top1, _top5, _captionLoss, _places, _words, _rightWords, _exact];
        ranks.Sum(sums);
        (_classLoss, _top1, _top5, _captionLoss) = (sums[0], (long)sums[1], (long)sums[2], sums[3]);
        (_places, _words, _rightWords, _exact) = ((long)sums[4], (long)sums[5], (long)sums[6], (long)sums[7]);
    }

    private void Measure(InferenceSession session, ClipBatch batch)
    {
        (Tensor classes, Tensor? captions) = TargetTensors.Of(batch.Targets, model.Device);
        Tensor features = session.Features(batch.Pixels, batch.Count);
        ModelHeads heads = session.Heads!;
        if (heads.Logits(features) is { } logits)
        {
            _classLoss += TaskLoss.Classification(logits, classes).item<float>() * (double)batch.Count;
            (_, Tensor likeliest) = logits.topk((int)Math.Min(5, logits.shape[1]), 1);
            Tensor hits = likeliest.eq(classes.unsqueeze(1));
            _top1 += hits.narrow(1, 0, 1).sum().item<long>();
            _top5 += hits.sum().item<long>();
        }

        if (heads.Decoder is { } decoder)
        {
            Tensor logProbs = decoder.call(features, TaskLoss.TeacherInput(captions!));
            Tensor words = TaskLoss.Words(captions!);
            long wordCount = words.sum().item<long>();
            long places = maskPadding ? wordCount : captions!.numel();
            _captionLoss += TaskLoss.Captioning(logProbs, captions!, maskPadding).item<float>() * (double)places;
            _places += places;
            _words += wordCount;
            _rightWords += logProbs.argmax(-1).eq(captions!).logical_and(words).sum().item<long>();

            // Both sides are END after their first END, so equal rows are equal captions.
            Tensor generated = decoder.Greedy(features, (int)captions!.shape[1]);
            _exact += generated.eq(captions).all(1).sum().item<long>();
        }
    }
}
