using System.Diagnostics;
using MathNet.Numerics.Statistics;
using TaskGrain.Explain;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>What explanations cost, in forward passes of the encoder over the same clip.</summary>
/// <param name="ForwardMilliseconds">Median time of a forward pass with its classes.</param>
/// <param name="Words">Words of the caption whose maps were made.</param>
/// <param name="Layers">By layer: a class's map, and the maps of all words, in forward passes (of medians).</param>
internal sealed record ExplainCost(
    double ForwardMilliseconds,
    int Words,
    IReadOnlyList<(string Layer, double Class, double Caption)> Layers
)
{
    /// <summary>Measures; the subjects take turns, so that whatever else runs hits all of them.</summary>
    public static ExplainCost Measure(VideoModel model, VideoFrames frames, int rounds, CancellationToken cancel)
    {
        using var session = new InferenceSession(model);
        using var explainer = new VideoExplainer(model);
        string[] layers = [.. explainer.Layers.Select(layer => layer.Name).Where(name => !name.Contains('.'))];
        bool captions = explainer.WritesCaptions;
        int words = captions
            ? explainer.Explain(frames, new ExplainOptions { Words = true }, cancel: cancel).Maps.Count
            : 0;
        List<Action> subjects = [() => Forward(session, frames)];
        foreach (string layer in layers)
        {
            subjects.Add(() => explainer.Explain(frames, Ask(layer, words: false), cancel: cancel));
            subjects.Add(() => explainer.Explain(frames, Ask(layer, words: captions), cancel: cancel));
        }

        double[][] times = [.. subjects.Select(_ => new double[rounds])];

        // The first round compiles and fills caches.
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < subjects.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                long started = Stopwatch.GetTimestamp();
                subjects[i]();
                if (round >= 0)
                {
                    times[i][round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                }
            }
        }

        double forward = times[0].Median();
        return new ExplainCost(
            forward,
            words,
            [
                .. layers.Select(
                    (layer, i) => (layer, times[1 + (2 * i)].Median() / forward, times[2 + (2 * i)].Median() / forward)
                ),
            ]
        );
    }

    private static ExplainOptions Ask(string layer, bool words) => new() { Layer = layer, Words = words };

    private static void Forward(InferenceSession session, VideoFrames frames)
    {
        using var scope = NewDisposeScope();
        StepPlan plan = StepPlan.Middle(frames, session.Preprocessing.Clip);
        session.Scores(session.Features(plan.Pixels(frames, plan.Windows[0]), 1));
    }
}
