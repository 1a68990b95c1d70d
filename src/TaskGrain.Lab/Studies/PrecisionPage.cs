using System.Globalization;
using MathNet.Numerics.Statistics;
using TaskGrain.Evaluation;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>The page of the precision study, from its measurements alone.</summary>
internal static class PrecisionPage
{
    public static StudyPage Of(PrecisionStudyResult result, StudyOrigin origin)
    {
        int runs = result.Float32.Count;
        StudyPage page = new StudyPage(
            "Training in bfloat16 against float32",
            "The same classifier of action categories, trained with convolutions in float32 and in bfloat16 "
                + "(weights, batch statistics, LSTM and losses are float32 in both), from the same seeds on the same "
                + "clips. If bfloat16 cost accuracy, the difference would stand out of the seeds' noise."
        )
            .Table(
                [
                    "precision",
                    Number("accuracy"),
                    Number("standard deviation between seeds"),
                    Number("linear probe"),
                    Number("minutes of training a run"),
                    Number("each run"),
                ],
                [Row("float32", result.Float32), Row("bfloat16", result.BFloat16)]
            )
            .Paragraph(
                $"Percent of {result.Float32[0].Clips} test clips; mean and 95% interval of the mean (Student's t) "
                    + $"over {runs} run{(runs == 1 ? "" : "s")}."
            );
        if (runs > 1)
        {
            page.Table(
                    StudyComparison.Columns,
                    [
                        StudyComparison
                            .Of(Accuracies(result.BFloat16), Accuracies(result.Float32))
                            .Cells("bfloat16 − float32"),
                    ]
                )
                .Paragraph("Percentage points; runs with the same seed are paired.");
        }

        return page.Origin(origin, runs, result.Float32.Concat(result.BFloat16).Sum(m => m.TrainingSeconds));
    }

    private static double[] Accuracies(IReadOnlyList<StudyMeasurement> runs) =>
        [.. runs.Select(m => m.Categories!.Top1)];

    private static string[] Row(string name, IReadOnlyList<StudyMeasurement> runs)
    {
        double[] accuracies = Accuracies(runs);
        return
        [
            name,
            StudyPage.Mean(accuracies),
            Percent.Of(accuracies.StandardDeviation()),
            StudyPage.Mean(runs.Select(m => m.Probe!.Top1)),
            (runs.Average(m => m.TrainingSeconds) / 60).ToString("0.0", CultureInfo.InvariantCulture),
            string.Join(", ", accuracies.Select(Percent.Of)),
        ];
    }
}
