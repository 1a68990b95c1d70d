using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Explain;
using TaskGrain.Explain.Reports;
using TaskGrain.Models;

namespace TaskGrain.Lab.Demo;

/// <summary>The demo's report: that of its run, with what the shipped model said at the beginning before it.</summary>
internal static class DemoPage
{
    private const int ExampleFrames = 12;
    private const int ExampleHeight = 128;

    /// <summary>A clip of the beginning as the page shows it.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="explanation">What the shipped model says about it, and why.</param>
    public static ExampleClip Example(DemoClip clip, Explanation explanation)
    {
        SaliencyMap? map = explanation.Maps.FirstOrDefault();
        return new ExampleClip(
            new ClipResult(
                Path.GetFileName(Path.TrimEndingDirectorySeparator(clip.File)),
                clip.Truth ?? "a file of yours",
                explanation.Prediction.Top[0].Name,
                explanation.Prediction.Top[0].Probability,
                clip.TrueCaption,
                explanation.Prediction.Caption
            ),
            [.. explanation.Prediction.Top.Take(3).Select(top => $"{top.Name} ({Percent.Of(top.Probability)}%)")],
            FrameStrips.Explained(explanation, map: null, ExampleFrames, ExampleHeight),
            map is null ? null : FrameStrips.Explained(explanation, map, ExampleFrames, ExampleHeight)
        );
    }

    /// <summary>Writes the page.</summary>
    /// <param name="folder">The demo's folder with everything in it.</param>
    /// <param name="store">Its clips.</param>
    /// <param name="model">The trained model.</param>
    /// <param name="opening">The clips of the beginning.</param>
    /// <param name="learnt">The training.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    public static void Write(
        DemoFolder folder,
        LabelledStore store,
        VideoModel model,
        IReadOnlyList<ExampleClip> opening,
        LearntChapter learnt,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ReportPage page = RunReport.Compose(
            RunFolder.Open(folder.Root),
            store,
            model,
            new ReportOptions(),
            progress,
            cancel
        );
        RunReport.Write(
            page with
            {
                Title = "The demo",
                Lead =
                    "What the shipped model says about new clips, what a training on twelve categories makes of it, "
                    + "and four classes taught from a few clips each, by TaskGrain.",
                Sections = [Opening(opening, learnt), .. page.Sections],
            },
            folder.Page
        );
    }

    private static ReportSection Opening(IReadOnlyList<ExampleClip> clips, LearntChapter learnt) =>
        new(
            "opening",
            "New clips, before and after",
            [
                new Prose(
                    "Before the training: what the shipped model says about clips it has never seen. The second "
                        + "picture of each shows where and when the clip speaks for what was predicted (Grad-CAM)."
                ),
                new ExamplesBlock(clips),
                new DataTable(
                    "The same clips before and after the training",
                    [new("clip"), new("caption before"), new("caption after"), new("true caption")],
                    [
                        .. clips.Zip(
                            learnt.Again,
                            (before, after) =>
                                (IReadOnlyList<string>)
                                    [
                                        before.Result.Id,
                                        before.Result.Caption ?? "",
                                        after.Prediction.Caption ?? "",
                                        after.Clip.TrueCaption ?? "",
                                    ]
                        ),
                    ]
                ),
            ]
        );
}
