using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies.Generator;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// Does the generator ask for watching? What one frame, or the objects' names, tell of a clip's category, beside what
/// the two-channel encoder makes of the whole clip. The paper's own ratio on real data: 13.3 percent by the middle
/// frame (Table 3) to 50.4 by the film (Table 1).
/// </summary>
public static class MotionStudy
{
    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        StudyOptions options = workspace.Options;
        StudyMeasurement[] encoders =
        [
            .. Enumerable
                .Range(1, options.Repeats)
                .Select(repeat => workspace.Measure(SourceTask.Categories, repeat, cancel)),
        ];
        GeneratorStudyReport withoutMotion = GeneratorStudy.Run(
            new GeneratorStudyOptions
            {
                Clips = options.Clips,
                Seed = options.Seed,
                Categories = options.Categories,
                Threads = workspace.Configuration.Machine.Threads,
            },
            workspace.Progress,
            cancel
        );

        double film = encoders.Average(m => m.Categories!.Value);

        // Every run is tested on the same clips: more runs are not more clips.
        int clips = encoders[0].Clips;
        Interval interval = Interval.Wilson((long)Math.Round(film * clips), clips);
        new StudyPage(
            "The generator: what one frame, the words, and the film tell",
            $"{withoutMotion.Categories} categories, {options.Clips} generated clips. If a single frame or the "
                + $"objects' names gave the action away, "
                + "the data would not need a video encoder. Paper, on real data: 13.3 by the middle frame, 50.4 by "
                + "the film."
        )
            .Table(
                ["what is looked at", "accuracy>", "95% interval>", "part of the film's>"],
                [
                    .. withoutMotion.Rows.Select(row =>
                        new[]
                        {
                            row.Name,
                            StudyPage.Percent(row.Accuracy),
                            $"{StudyPage.Percent(row.Interval.Low)} to {StudyPage.Percent(row.Interval.High)}",
                            (row.Accuracy / film).ToString("0.00", CultureInfo.InvariantCulture),
                        }
                    ),
                    [
                        $"the film, two-channel encoder ({options.Repeats} run{(options.Repeats == 1 ? "" : "s")})",
                        StudyPage.Percent(film),
                        $"{StudyPage.Percent(interval.Low)} to {StudyPage.Percent(interval.High)}",
                        "1.00",
                    ],
                ]
            )
            .Paragraph(
                "Percent of test clips; Wilson intervals over clips. Baselines test on the last fifth of the clips, "
                    + "the encoder on the test split."
            )
            .Paragraph("## Category by category")
            .Paragraph(
                "Percent of each category's test clips that are recognised by one frame (small network), by the "
                    + "words, and by the film; those that the middle frame gives away most come first."
            )
            .Table(
                ["category", "first frame>", "middle frame>", "last frame>", "words>", "film>"],
                withoutMotion.Templates.Select(row =>
                    new[]
                    {
                        row.Category,
                        StudyPage.Percent(row.First),
                        StudyPage.Percent(row.Middle),
                        StudyPage.Percent(row.Last),
                        StudyPage.Percent(row.Words),
                        Recall(encoders, row.Category),
                    }
                )
            )
            .Origin(command, workspace, encoders.Sum(m => m.TrainingSeconds))
            .Write(page);
    }

    private static string Recall(IEnumerable<StudyMeasurement> encoders, string category)
    {
        double[] recalls =
        [
            .. encoders.Where(m => m.Recall?.ContainsKey(category) == true).Select(m => m.Recall![category]),
        ];
        return recalls.Length == 0 ? "" : StudyPage.Percent(recalls.Average());
    }
}
