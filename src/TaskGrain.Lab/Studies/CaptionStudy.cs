using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Metrics;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// The paper's Table 7 on generated data: does a model that learns captions and categories together caption better
/// and encode better than one that learns captions alone, and does either beat the template baseline?
/// </summary>
public static class CaptionStudy
{
    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        int repeats = workspace.Options.Repeats;

        // Seed by seed, so that a study that is stopped early has whole pairs.
        List<StudyMeasurement> joint = [],
            alone = [];
        for (int repeat = 1; repeat <= repeats; repeat++)
        {
            joint.Add(workspace.Measure(SourceTask.SimplifiedJoint, repeat, cancel));
            alone.Add(workspace.Measure(SourceTask.SimplifiedAlone, repeat, cancel));
        }

        var results = new StudyPage(
            "Captions: joint training against captioning alone",
            "The paper's Table 7: a model trained on simplified captions and action categories together (λ from 1 "
                + "to 0.1) against the same "
                + "model trained on the captions alone (λ = 0), and against the template baseline: the category "
                + "that the joint model's "
                + "classifier predicts, with the likeliest objects for it. Paper, on real data: exact match 8.63 "
                + "against 5.96, "
                + "classification 51.32 against 39.78, template baseline 5.69."
        );
        results.Table(
            ["model", "exact match>", "BLEU-4>", "ROUGE-L>", "METEOR>", "CIDEr>", "classifier>", "linear probe>"],
            [
                Row("joint, λ = 0.1", joint.Select(m => m.Captions!), joint),
                Row("captions alone, λ = 0", alone.Select(m => m.Captions!), alone),
                Row("template baseline", joint.Select(m => m.Template!), null),
                Row("nearest neighbour, joint encoding", joint.Select(m => m.Nearest!), null),
                Row("nearest neighbour, captions-alone encoding", alone.Select(m => m.Nearest!), null),
            ]
        );
        results.Paragraph(
            $"Percent but CIDEr; mean and 95% interval of the mean (Student's t) over {repeats} runs, on "
                + $"{joint[0].Clips} test clips. "
                + "Exact match compares word by word, and a generated `[Something]` is never right. The linear "
                + "probe is a linear classifier for action categories on the frozen features."
        );
        results.Paragraph("## Differences, run by run");
        results.Table(
            StudyPage.ComparisonColumns,
            [
                StudyPage.Comparison(
                    "exact match: joint − alone",
                    joint.Select(m => m.Captions!.ExactMatch),
                    alone.Select(m => m.Captions!.ExactMatch)
                ),
                StudyPage.Comparison(
                    "linear probe: joint − alone",
                    joint.Select(m => m.Probe!.Value),
                    alone.Select(m => m.Probe!.Value)
                ),
                StudyPage.Comparison(
                    "exact match: joint − template",
                    joint.Select(m => m.Captions!.ExactMatch),
                    joint.Select(m => m.Template!.ExactMatch)
                ),
                StudyPage.Comparison(
                    "exact match: joint − nearest neighbour",
                    joint.Select(m => m.Captions!.ExactMatch),
                    joint.Select(m => m.Nearest!.ExactMatch)
                ),
            ]
        );
        results.Paragraph("Percentage points; runs with the same training seed are paired.");
        double seconds = joint.Concat(alone).Sum(m => m.TrainingSeconds);
        if (workspace.Options.FurtherEpochs > 0)
        {
            StudyMeasurement longer = workspace.Measure(
                SourceTask.SimplifiedJointLonger(workspace.Options.FurtherEpochs),
                1,
                cancel
            );
            seconds += longer.TrainingSeconds;
            Longer(results, workspace.Options.FurtherEpochs, joint[0], longer);
        }

        results.Origin(command, workspace, seconds).Write(page);
    }

    private static void Longer(StudyPage results, int epochs, StudyMeasurement before, StudyMeasurement after)
    {
        string Exact(CaptionScores scores)
        {
            Interval interval = Interval.Wilson((long)Math.Round(scores.ExactMatch * scores.Captions), scores.Captions);
            return $"{StudyPage.Percent(scores.ExactMatch)} ({StudyPage.Percent(interval.Low)} to "
                + $"{StudyPage.Percent(interval.High)})";
        }

        string[] Row(string name, CaptionScores scores, double? classifier) =>
            [
                name,
                Exact(scores),
                StudyPage.Percent(scores.Bleu4),
                scores.Cider.ToString("0.00", CultureInfo.InvariantCulture),
                classifier is { } share ? StudyPage.Percent(share) : "",
            ];

        string more = $"{epochs} epoch{(epochs == 1 ? "" : "s")} more";
        results
            .Paragraph("## Trained for longer")
            .Paragraph(
                $"The first joint model, trained for {more} at λ = 0.1, with the template baseline on its own "
                    + $"classifier."
            )
            .Table(
                ["model", "exact match>", "BLEU-4>", "CIDEr>", "classifier>"],
                [
                    Row("as above", before.Captions!, before.Categories),
                    Row("as above, template baseline", before.Template!, null),
                    Row($"after {more}", after.Captions!, after.Categories),
                    Row($"after {more}, template baseline", after.Template!, null),
                ]
            )
            .Paragraph("One run; Wilson intervals over clips.");
    }

    private static string[] Row(
        string name,
        IEnumerable<CaptionScores> captions,
        IReadOnlyList<StudyMeasurement>? models
    )
    {
        CaptionScores[] scores = [.. captions];
        string Of(Func<CaptionScores, double> metric) => StudyPage.Percent([.. scores.Select(metric)]);
        string classifier =
            models?.All(m => m.Categories is not null) == true
                ? StudyPage.Percent([.. models.Select(m => m.Categories!.Value)])
                : "";
        string probe = models is null ? "" : StudyPage.Percent([.. models.Select(m => m.Probe!.Value)]);
        string cider = scores.Average(s => s.Cider).ToString("0.00", CultureInfo.InvariantCulture);
        return
        [
            name,
            Of(s => s.ExactMatch),
            Of(s => s.Bleu4),
            Of(s => s.RougeL),
            Of(s => s.Meteor),
            cider,
            classifier,
            probe,
        ];
    }
}
