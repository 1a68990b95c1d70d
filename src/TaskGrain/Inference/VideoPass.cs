using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Runs a session over a whole video: over clips of it for the heads that were trained on clips, over windows that
/// cover it for its features and the taught head, which learned from those.
/// </summary>
internal sealed class VideoPass(InferenceSession session)
{
    /// <summary>One vector a step, from overlapping windows, brought to a fixed rate.</summary>
    /// <param name="frames">Frames of the model's rate, at least as large as its crop.</param>
    /// <param name="options">Rate and windows.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>(T, D).</returns>
    public FeatureSequence Extract(VideoFrames frames, FeatureOptions options, CancellationToken cancel)
    {
        if (options.WholeClip)
        {
            return ExtractWhole(frames, options, cancel);
        }

        ClipSamplerOptions clip = session.Preprocessing.Clip;
        int size = session.FeatureSize;
        int stride = clip.FrameStride;
        int steps = (frames.Count + stride - 1) / stride;
        PixelRectangle crop = Centre(frames.Format, clip.CropSize);
        byte[] pixels = new byte[clip.Frames * clip.CropSize * clip.CropSize * 3];
        float[] values = new float[steps * size];

        // Window by window, so that a clip's vectors cannot depend on which clips share a batch with it.
        foreach (FeatureWindow window in WindowPlan.Create(steps, clip.Frames, options.Overlap))
        {
            cancel.ThrowIfCancellationRequested();
            int[] numbers =
            [
                .. Enumerable.Range(window.Start, clip.Frames).Select(step => Math.Clamp(step, 0, steps - 1) * stride),
            ];
            frames.CopyClip(new ClipPlan(numbers, crop, Flipped: false), pixels);
            using var scope = NewDisposeScope();
            float[] vectors = ModelHeads.Floats(session.Features(pixels, 1)); // (T, D)
            vectors
                .AsSpan((window.From - window.Start) * size, (window.To - window.From) * size)
                .CopyTo(values.AsSpan(window.From * size));
        }

        double fps = frames.Format.FramesPerSecond;
        return FeatureResampling.ToRate(
            new FeatureSequence(values, steps, size),
            [.. Enumerable.Range(0, steps).Select(step => step * stride / fps)],
            frames.Count / fps,
            options.VectorsPerSecond
        );
    }

    /// <summary>Asks every head.</summary>
    /// <param name="frames">Frames of the model's rate, at least as large as its crop.</param>
    /// <param name="clips">
    /// Clips spread over the video. Probabilities are the means over the clips; the caption is that of all their time
    /// steps together, since the decoder averages over time anyway.
    /// </param>
    /// <param name="beamWidth">Captions a beam search keeps; 1 for greedy.</param>
    /// <param name="captions">Whether the decoder is asked, where there is one.</param>
    /// <param name="cancel">Stops between two clips.</param>
    public VideoInference Run(VideoFrames frames, int clips, int beamWidth, bool captions, CancellationToken cancel)
    {
        ModelHeads? heads = session.Heads;
        if (session.Sources is { } sources)
        {
            return Taught(heads!.Taught!, sources.Extract(frames, cancel));
        }

        VideoInference? taught = heads?.Taught is { } classifier
            ? Taught(classifier, Extract(frames, heads.TaughtFeatures!, cancel))
            : null;
        if (taught is not null && !(captions && heads!.Decoder is not null))
        {
            return taught;
        }

        using var scope = NewDisposeScope();
        Tensor features = ClipFeatures(frames, clips, cancel); // (N, T, D)
        return session.Infer(() =>
        {
            Tensor sequence = features.reshape(1, -1, features.shape[2]); // (1, N·T, D)
            return new VideoInference(
                taught?.Features ?? ModelHeads.Floats(sequence.mean([1])),
                taught?.Probabilities
                    ?? (heads?.Logits(features) is { } logits ? ModelHeads.Floats(logits.softmax(-1).mean([0])) : null),
                captions ? heads?.Captions(sequence, beamWidth)?[0] : null,
                (int)features.shape[0]
            );
        });
    }

    /// <summary>One window whose frames are the middles of equal parts of the video.</summary>
    private FeatureSequence ExtractWhole(VideoFrames frames, FeatureOptions options, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ClipSamplerOptions clip = session.Preprocessing.Clip;
        double part = (double)frames.Count / clip.Frames;
        int[] numbers = [.. Enumerable.Range(0, clip.Frames).Select(step => (int)((step + 0.5) * part))];
        byte[] pixels = new byte[clip.Frames * clip.CropSize * clip.CropSize * 3];
        frames.CopyClip(new ClipPlan(numbers, Centre(frames.Format, clip.CropSize), Flipped: false), pixels);
        using var scope = NewDisposeScope();
        float[] vectors = ModelHeads.Floats(session.Features(pixels, 1)); // (T, D)
        double fps = frames.Format.FramesPerSecond;
        return FeatureResampling.ToRate(
            new FeatureSequence(vectors, clip.Frames, session.FeatureSize),
            [.. numbers.Select((_, step) => ((step + 0.5) * part) / fps)],
            frames.Count / fps,
            options.VectorsPerSecond
        );
    }

    private static VideoInference Taught(FewShotClassifier classifier, FeatureSequence features)
    {
        float[] mean = new float[features.Dimension];
        for (int i = 0; i < features.Values.Length; i++)
        {
            mean[i % mean.Length] += features.Values[i] / features.Steps;
        }

        return new VideoInference(mean, classifier.Predict(features), Caption: null, Clips: 1);
    }

    private Tensor ClipFeatures(VideoFrames frames, int clips, CancellationToken cancel)
    {
        ClipSamplerOptions clip = session.Preprocessing.Clip;
        IReadOnlyList<ClipPlan> plans = new ClipSampler(clip).Evenly(
            frames.Count,
            frames.Format.Width,
            frames.Format.Height,
            clips
        );
        byte[] pixels = new byte[clip.Frames * clip.CropSize * clip.CropSize * 3];
        var perClip = new List<Tensor>(plans.Count);
        foreach (ClipPlan plan in plans)
        {
            // One by one: a hundred clips of a long video need no more memory than one.
            cancel.ThrowIfCancellationRequested();
            frames.CopyClip(plan, pixels);
            perClip.Add(session.Features(pixels, 1));
        }

        return cat(perClip, 0);
    }

    private static PixelRectangle Centre(FrameFormat format, int side) =>
        new((format.Width - side) / 2, (format.Height - side) / 2, side, side);
}
