using System.Globalization;
using TaskGrain.Evaluation.Statistics;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// Does training in bfloat16 cost accuracy? Classifiers of action categories, trained with the same seeds on the same
/// clips in float32 and in bfloat16, each tested in its own precision.
/// </summary>
public static class PrecisionStudy
{
    private static readonly string[] Precisions = ["float32", "bfloat16"];

    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        StudyWorkspace[] variants =
        [
            .. Precisions.Select(name => workspace.Variant(name, $"machine.precision={name}")),
        ];

        // Seed by seed, so that a study that is stopped early has whole pairs.
        List<StudyMeasurement>[] measured = [.. Precisions.Select(_ => new List<StudyMeasurement>())];
        for (int repeat = 1; repeat <= workspace.Options.Repeats; repeat++)
        {
            for (int i = 0; i < variants.Length; i++)
            {
                measured[i].Add(variants[i].Measure(SourceTask.Categories, repeat, cancel));
            }
        }

        double[][] accuracies = [.. measured.Select(runs => runs.Select(run => run.Categories!.Value).ToArray())];
        StudyPage results = new StudyPage(
            "Training in bfloat16 against float32",
            "The same classifier of action categories, trained with convolutions in float32 and in bfloat16 "
                + "(weights, batch statistics, LSTM and "
                + "losses are float32 in both), from the same seeds on the same clips. If bfloat16 cost accuracy, "
                + "the difference would stand out of the seeds' noise."
        )
            .Table(
                [
                    "precision",
                    "accuracy>",
                    "standard deviation between seeds>",
                    "linear probe>",
                    "minutes of training a run>",
                    "each run>",
                ],
                Precisions.Select(
                    (name, i) =>
                        new[]
                        {
                            name,
                            StudyPage.Percent(accuracies[i]),
                            accuracies[i].Length > 1 ? StudyPage.Percent(MeanInterval.Deviation(accuracies[i])) : "",
                            StudyPage.Percent([.. measured[i].Select(run => run.Probe!.Value)]),
                            (measured[i].Average(run => run.TrainingSeconds) / 60).ToString(
                                "0.0",
                                CultureInfo.InvariantCulture
                            ),
                            string.Join(", ", accuracies[i].Select(StudyPage.Percent)),
                        }
                )
            )
            .Paragraph(
                $"Percent of {measured[0][0].Clips} test clips; mean and 95% interval of the mean (Student's t) "
                    + $"over {accuracies[0].Length} runs. "
                    + "The rounding of bfloat16 makes two runs of one seed drift apart like runs of two seeds, so "
                    + "pairs are no closer than strangers."
            );
        if (accuracies[0].Length > 1)
        {
            results
                .Table(
                    StudyPage.ComparisonColumns,
                    [StudyPage.Comparison("bfloat16 − float32", accuracies[1], accuracies[0])]
                )
                .Paragraph("Percentage points.");
        }

        results.Origin(command, workspace, measured.Sum(runs => runs.Sum(run => run.TrainingSeconds))).Write(page);
    }
}
