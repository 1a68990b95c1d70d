using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies.Generator;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>The page of the motion study, from its measurements alone.</summary>
internal static class MotionPage
{
    public static StudyPage Of(MotionStudyResult result, StudyOrigin origin)
    {
        int runs = result.Film.Count;
        return new StudyPage(
            "The generator: what one frame, the words, and the film tell",
            $"{result.Still.Categories} categories, {result.Still.Options.Clips} generated clips. If a single frame or "
                + "the objects' names gave the action away, the data would not need a video encoder. Paper, on real "
                + "data: 13.3 by the middle frame, 50.4 by the film."
        )
            .Table(
                ["what is looked at", Number("accuracy"), Number("95% interval"), Number("part of the film's")],
                [
                    .. result.Still.Rows.Select(row =>
                        new[]
                        {
                            GuessText.Of(row),
                            Percent.Of(row.Accuracy),
                            row.Interval is { } interval ? Percent.Of(interval) : "",
                            StudyPage.Number(row.Accuracy / result.FilmAccuracy),
                        }
                    ),
                    [
                        $"the film, two-channel encoder ({runs} run{(runs == 1 ? "" : "s")})",
                        Percent.Of(result.FilmAccuracy),
                        Percent.Of(result.FilmInterval),
                        StudyPage.Number(1),
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
                [
                    "category",
                    Number("first frame"),
                    Number("middle frame"),
                    Number("last frame"),
                    Number("words"),
                    Number("film"),
                ],
                result.Still.PerCategory.Select(row =>
                    new[]
                    {
                        row.Category,
                        Share(row.Share(row.First)),
                        Share(row.Share(row.Middle)),
                        Share(row.Share(row.Last)),
                        Share(row.Share(row.Words)),
                        Share(result.FilmRecall(row.Category)),
                    }
                )
            )
            .Origin(origin, runs, result.Film.Sum(m => m.TrainingSeconds));
    }

    private static string Share(double? share) => share is { } known ? Percent.Of(known) : "";
}
