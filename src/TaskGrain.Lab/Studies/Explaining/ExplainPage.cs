using System.Globalization;
using TaskGrain.Explain;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>The page of the study of explanations, from its measurements alone.</summary>
internal static class ExplainPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="command">The command that makes the page again.</param>
    /// <param name="program">The program's version and commit.</param>
    /// <param name="machine">The machine in words.</param>
    public static StudyPage Of(ExplainMeasurements measured, string command, string program, string machine)
    {
        ExplainStudyOptions options = measured.Options;
        StudyPage page = new(
            "Are explanations faithful?",
            $"Grad-CAM maps of `{options.Name}` on generated clips, of which it is known where and when the action is; "
                + "what they call salient is also taken away from the clips, and given to them. "
                + "[explain.md](../explain.md) says what the maps are."
        );
        Where(page, measured);
        When(page, measured);
        Ways(page, measured);
        Curves(page, measured);
        Cost(page, measured);
        return page.Paragraph("## How it was made")
            .Paragraph(
                string.Join(
                    "\n",
                    $"- command: `{command}`",
                    $"- data: {options.Clips} generated clips of "
                        + (options.Categories.Count == 0 ? "all categories" : $"{options.Categories.Count} categories")
                        + $", seed {options.Seed}, rendered anew; {measured.Clips.Count} of them show something that "
                        + "acts",
                    $"- maps: for each clip's true category (taking away: for the likeliest one), layer "
                        + $"`{measured.Layer.Name}` with {measured.Layer.Height}×{measured.Layer.Width} cells",
                    $"- models of random weights: seeds 1 to {options.RandomModels}, float32",
                    $"- time: {TimeSpan.FromSeconds(measured.Seconds):h\\:mm\\:ss}",
                    $"- program: TaskGrain {program}",
                    $"- machine: {machine}",
                    $"- finished: {DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
                )
            );
    }

    private static void Where(StudyPage page, ExplainMeasurements measured)
    {
        IReadOnlyList<MeasuredClip> clips = measured.Clips;
        MeasuredClip[] right = [.. clips.Where(clip => clip.IsRight)];
        MeasuredClip[] wrong = [.. clips.Where(clip => !clip.IsRight)];
        page.Paragraph("## Where")
            .Table(
                ["map", Number("clips"), Number("points at what acts"), Number("share inside the boxes")],
                [
                    Row("uniform: chance", clips, clip => clip.Uniform),
                    Row("random weights", clips, clip => clip.Random),
                    Row("centre prior", clips, clip => clip.Centre),
                    Row(measured.Options.Name, clips, clip => clip.Trained),
                    .. right.Length > 1 && wrong.Length > 1
                        ?
                        [
                            Row("– where it names the action", right, clip => clip.Trained),
                            Row("– where it does not", wrong, clip => clip.Trained),
                        ]
                        : Array.Empty<string[]>(),
                ]
            )
            .Paragraph(
                "Percent, mean and 95% interval over clips. A map points at its highest place of all frames; it hits "
                    + "when that lies in the box of an object that the caption names, or of a hand, in that frame. "
                    + "Chance is the share of all places inside such boxes. The centre prior is a Gaussian with a "
                    + "quarter of the picture as deviation; it points at the middle of a frame, whichever."
            )
            .Table(
                StudyComparison.Columns,
                [
                    Compare("points: trained − centre prior", clips, clip => clip.Trained.Hit, clip => clip.Centre.Hit),
                    Compare("points: trained − random", clips, clip => clip.Trained.Hit, clip => clip.Random.Hit),
                    Compare("points: random − chance", clips, clip => clip.Random.Hit, clip => clip.Uniform.Hit),
                    Compare("share: trained − centre prior", clips, c => c.Trained.Inside, c => c.Centre.Inside),
                    Compare("share: trained − random", clips, c => c.Trained.Inside, c => c.Random.Inside),
                ]
            )
            .Paragraph("Percentage points, paired by clip.");
    }

    private static void When(StudyPage page, ExplainMeasurements measured)
    {
        MeasuredClip[] clips = [.. measured.Clips.Where(clip => clip.HasEvent)];
        if (clips.Length < 2)
        {
            return;
        }

        page.Paragraph("## When")
            .Table(
                ["map", Number("clips"), Number("share between the first and the last event")],
                [
                    During("uniform: chance", clips, clip => clip.Uniform),
                    During("random weights", clips, clip => clip.Random),
                    During(measured.Options.Name, clips, clip => clip.Trained),
                ]
            )
            .Paragraph(
                "Percent of a map's sum in the frames from a quarter of a second before the clip's first event (a "
                    + "grasp, a release, a fall …) to a quarter after its last; clips in which those are some of the "
                    + "frames and not all."
            )
            .Table(
                StudyComparison.Columns,
                [
                    Compare("trained − uniform", clips, clip => clip.Trained.During, clip => clip.Uniform.During),
                    Compare("trained − random", clips, clip => clip.Trained.During, clip => clip.Random.During),
                ]
            );
    }

    private static void Ways(StudyPage page, ExplainMeasurements measured) =>
        page.Paragraph("## Which layer, which weights")
            .Table(
                [
                    "layer",
                    Number("cells: points"),
                    Number("cells: share"),
                    Number("frames: points"),
                    Number("frames: share"),
                    Number("clip: points"),
                    Number("clip: share"),
                ],
                measured
                    .Compared.GroupBy(way => way.Layer)
                    .Select(layer =>
                        (IReadOnlyList<string>)
                            [
                                layer.Key,
                                .. new[] { MapWeights.Cells, MapWeights.Frames, MapWeights.Clip }.SelectMany(weights =>
                                {
                                    var way = layer.FirstOrDefault(one => one.Weights == weights);
                                    return way.Scores is null
                                        ? new[] { "", "" }
                                        :
                                        [
                                            StudyPage.Mean(way.Scores.Select(score => score.Hit)),
                                            StudyPage.Mean(way.Scores.Select(score => score.Inside)),
                                        ];
                                }),
                            ]
                    )
            )
            .Paragraph(
                $"Percent, mean and 95% interval over the first {measured.Compared[0].Scores.Count} clips. `cells` "
                    + "weights every cell by its own gradient, `frames` and `clip` every channel by the mean of its "
                    + "gradients. Behind the last layer the network takes the largest cell of each channel, so only "
                    + "that one has a gradient; a mean gives it to all cells of the channel, those that were not "
                    + "looked at too."
            );

    private static void Curves(StudyPage page, ExplainMeasurements measured)
    {
        page.Paragraph("## What happens without it")
            .Table(
                ["order", Number("deletion: area (small is good)"), Number("insertion: area (large is good)")],
                measured.Curves.Select(curve =>
                    (IReadOnlyList<string>)
                        [
                            curve.Order,
                            StudyPage.Mean(curve.Deletion.Select(PerturbationCurve.Area)),
                            StudyPage.Mean(curve.Insertion.Select(PerturbationCurve.Area)),
                        ]
                )
            )
            .Table(
                [
                    "probability of the class, %",
                    .. Enumerable.Range(0, PerturbationCurve.Steps + 1).Select(i => Number($"{10 * i}%")),
                ],
                measured.Curves.SelectMany(curve =>
                    new IReadOnlyList<string>[]
                    {
                        [$"taken away, {curve.Order}", .. Means(curve.Deletion)],
                        [$"given, {curve.Order}", .. Means(curve.Insertion)],
                    }
                )
            )
            .Paragraph(
                $"Means over the first {measured.Curves[0].Deletion.Count} clips. Places are taken away, or given to "
                    + "a clip without any: in the order of the map for the likeliest class; the other way round; in "
                    + "the order of another clip's map, which is as rough and knows nothing of this clip; and from "
                    + "the middle outwards in all frames. What is away is the clip's mean picture: what stands still "
                    + "stays, what moves is gone. Areas in percent with 95% intervals."
            );
        PerturbationCurve map = measured.Curves.First(curve => curve.Order == PerturbationCurve.Own);
        page.Table(
                StudyComparison.Columns,
                measured
                    .Curves.Where(curve => curve.Order != PerturbationCurve.Own)
                    .SelectMany(curve =>
                        new IReadOnlyList<string>[]
                        {
                            StudyComparison
                                .Of(
                                    map.Deletion.Select(PerturbationCurve.Area),
                                    curve.Deletion.Select(PerturbationCurve.Area)
                                )
                                .Cells($"deletion: map − {curve.Order}"),
                            StudyComparison
                                .Of(
                                    map.Insertion.Select(PerturbationCurve.Area),
                                    curve.Insertion.Select(PerturbationCurve.Area)
                                )
                                .Cells($"insertion: map − {curve.Order}"),
                        }
                    )
            )
            .Paragraph("Percentage points of area, paired by clip.");
    }

    private static void Cost(StudyPage page, ExplainMeasurements measured)
    {
        ExplainCost cost = measured.Cost;
        page.Paragraph("## What it costs")
            .Table(
                ["layer", Number("a class's map"), Number($"a caption's {cost.Words} maps with the class's")],
                cost.Layers.Select(layer =>
                    (IReadOnlyList<string>)
                        [
                            layer.Layer == measured.Layer.Name ? $"{layer.Layer} (default)" : layer.Layer,
                            StudyPage.Number(layer.Class),
                            StudyPage.Number(layer.Caption),
                        ]
                )
            )
            .Paragraph(
                "In forward passes of the encoder with its classifier over the same clip "
                    + $"({cost.ForwardMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms each): ratios of "
                    + $"medians over {measured.Options.Rounds} rounds in which all take turns. A map takes a forward "
                    + "pass itself."
            );
    }

    private static IEnumerable<string> Means(IReadOnlyList<IReadOnlyList<double>> curves) =>
        Enumerable
            .Range(0, curves[0].Count)
            .Select(step => (100 * curves.Average(curve => curve[step])).ToString("0", CultureInfo.InvariantCulture));

    private static string[] Row(
        string name,
        IReadOnlyList<MeasuredClip> clips,
        Func<MeasuredClip, LocalisationScore> score
    ) =>
        [
            name,
            clips.Count.ToString(CultureInfo.InvariantCulture),
            StudyPage.Mean(clips.Select(clip => score(clip).Hit)),
            StudyPage.Mean(clips.Select(clip => score(clip).Inside)),
        ];

    private static string[] During(
        string name,
        IReadOnlyList<MeasuredClip> clips,
        Func<MeasuredClip, LocalisationScore> score
    ) =>
        [
            name,
            clips.Count.ToString(CultureInfo.InvariantCulture),
            StudyPage.Mean(clips.Select(clip => score(clip).During)),
        ];

    private static string[] Compare(
        string name,
        IReadOnlyList<MeasuredClip> clips,
        Func<MeasuredClip, double> first,
        Func<MeasuredClip, double> second
    ) => StudyComparison.Of(clips.Select(first), clips.Select(second)).Cells(name);
}
