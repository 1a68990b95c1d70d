using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Video;

namespace TaskGrain.Explain.Reports;

/// <summary>The pictures of a report, as long as there is room for them.</summary>
internal sealed class ReportPictures
{
    private const int SmallFrames = 8;
    private const int SmallHeight = 64;
    private const int LargeFrames = 12;
    private const int LargeHeight = 128;

    private readonly LabelledStore? _store;
    private readonly VideoExplainer? _explainer;
    private long _left;

    /// <param name="store">Where the clips are; null for no pictures.</param>
    /// <param name="explainer">Explains the examples; null for none, and not used on frames of another format.</param>
    /// <param name="bytes">What all pictures may take.</param>
    public ReportPictures(LabelledStore? store, VideoExplainer? explainer, long bytes)
    {
        _store = store;
        _explainer = store is not null && explainer?.Format == store.Frames.Format ? explainer : null;
        _left = bytes;
    }

    /// <summary>Whether examples are explained.</summary>
    public bool Explains => _explainer is not null;

    /// <summary>A small strip of a clip; null where the store lacks it or there is no room left.</summary>
    /// <param name="id">The clip.</param>
    public FrameStrip? Small(string id) =>
        Frames(id) is { } frames
            ? Fit(FrameStrips.Plain(frames, FrameStrips.Spread(frames.Count, SmallFrames), SmallHeight))
            : null;

    /// <summary>A clip at length, with what spoke for the prediction where a model is at hand.</summary>
    /// <param name="result">What the evaluation said about it.</param>
    /// <param name="cancel">Stops the work.</param>
    public ExampleClip Example(ClipResult result, CancellationToken cancel)
    {
        if (Frames(result.Id) is not { } frames)
        {
            return new ExampleClip(result, [], Strip: null, Overlay: null);
        }

        if (_explainer is null)
        {
            FrameStrip plain = FrameStrips.Plain(frames, FrameStrips.Spread(frames.Count, LargeFrames), LargeHeight);
            return new ExampleClip(result, [], Fit(plain), Overlay: null);
        }

        var options = new ExplainOptions { Words = _explainer.Classes.Count == 0 };
        Explanation explanation = _explainer.Explain(frames, options, cancel: cancel);
        SaliencyMap? map = explanation.Maps.FirstOrDefault();
        return new ExampleClip(
            result,
            [.. explanation.Prediction.Top.Take(3).Select(InWords)],
            Fit(FrameStrips.Explained(explanation, map: null, LargeFrames, LargeHeight)),
            map is null ? null : Fit(FrameStrips.Explained(explanation, map, LargeFrames, LargeHeight))
        );
    }

    private static string InWords(ClassProbability top) => $"{top.Name} ({Percent.Of(top.Probability)}%)";

    private VideoFrames? Frames(string id) =>
        _store is not null && _left > 0 && _store.Frames.TryIndexOf(id, out int index)
            ? _store.Frames.Read(index)
            : null;

    private FrameStrip? Fit(FrameStrip strip)
    {
        if (strip.Jpeg.Length > _left)
        {
            return null;
        }

        _left -= strip.Jpeg.Length;
        return strip;
    }
}
