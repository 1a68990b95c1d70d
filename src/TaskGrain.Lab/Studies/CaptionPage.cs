using TaskGrain.Evaluation;
using TaskGrain.Metrics;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>The page of the caption study, from its measurements alone.</summary>
internal static class CaptionPage
{
    public static StudyPage Of(CaptionStudyResult result, StudyOrigin origin)
    {
        int repeats = result.Joint.Count;
        StudyPage page = new StudyPage(
            "Captions: joint training against captioning alone",
            "The paper's Table 7: a model trained on simplified captions and action categories together (λ from 1 "
                + "to 0.1) against the same model trained on the captions alone (λ = 0), and against the template "
                + "baseline: the category that the joint model's classifier predicts, with the likeliest objects for "
                + "it. Paper, on real data: exact match 8.63 against 5.96, classification 51.32 against 39.78, "
                + "template baseline 5.69."
        )
            .Table(
                [
                    "model",
                    Number("exact match"),
                    Number("BLEU-4"),
                    Number("ROUGE-L"),
                    Number("METEOR"),
                    Number("CIDEr"),
                    Number("classifier"),
                    Number("linear probe"),
                ],
                [
                    Row("joint, λ = 0.1", result.Joint, m => m.Captions, Model(result.Joint)),
                    Row("captions alone, λ = 0", result.Alone, m => m.Captions, Model(result.Alone)),
                    Row("template baseline", result.Joint, m => m.Template, NoModel),
                    Row("nearest neighbour, joint encoding", result.Joint, m => m.Nearest, NoModel),
                    Row("nearest neighbour, captions-alone encoding", result.Alone, m => m.Nearest, NoModel),
                ]
            )
            .Paragraph(
                $"Percent but CIDEr; mean and 95% interval of the mean (Student's t) over {repeats} "
                    + $"run{(repeats == 1 ? "" : "s")}, on {result.Joint[0].Clips} test clips. Exact match compares "
                    + "word by word, and a generated `[Something]` is never right. The linear probe is a linear "
                    + "classifier for action categories on the frozen features."
            )
            .Paragraph("## Differences, run by run")
            .Table(StudyComparison.Columns, Comparisons(result))
            .Paragraph("Percentage points; runs with the same training seed are paired.");
        if (result.Longer is { } longer)
        {
            Longer(page, result.FurtherEpochs, result.Joint[0], longer);
        }

        return page.Origin(origin, repeats, result.TrainingSeconds);
    }

    private static string[][] Comparisons(CaptionStudyResult result)
    {
        double[] joint = [.. result.Joint.Select(m => m.Captions!.Scores.ExactMatch)];
        double[] Exact(IReadOnlyList<StudyMeasurement> runs, Func<StudyMeasurement, CaptionRow?> row) =>
            [.. runs.Select(m => row(m)!.Scores.ExactMatch)];
        return
        [
            StudyComparison.Of(joint, Exact(result.Alone, m => m.Captions)).Cells("exact match: joint − alone"),
            StudyComparison
                .Of(result.Joint.Select(m => m.Probe!.Top1), result.Alone.Select(m => m.Probe!.Top1))
                .Cells("linear probe: joint − alone"),
            StudyComparison.Of(joint, Exact(result.Joint, m => m.Template)).Cells("exact match: joint − template"),
            StudyComparison
                .Of(joint, Exact(result.Joint, m => m.Nearest))
                .Cells("exact match: joint − nearest neighbour"),
        ];
    }

    private static void Longer(StudyPage page, int epochs, StudyMeasurement before, StudyMeasurement after)
    {
        string[] Row(string name, CaptionRow row, AccuracyRow? classifier) =>
            [
                name,
                $"{Percent.Of(row.Scores.ExactMatch)} ({Percent.Of(row.ExactMatchInterval)})",
                Percent.Of(row.Scores.Bleu4),
                StudyPage.Number(row.Scores.Cider),
                classifier is null ? "" : Percent.Of(classifier.Top1),
            ];

        string more = $"{epochs} epoch{(epochs == 1 ? "" : "s")} more";
        page.Paragraph("## Trained for longer")
            .Paragraph(
                $"The first joint model, trained for {more} at λ = 0.1, with the template baseline on its own "
                    + "classifier."
            )
            .Table(
                ["model", Number("exact match"), Number("BLEU-4"), Number("CIDEr"), Number("classifier")],
                [
                    Row("as above", before.Captions!, before.Categories),
                    Row("as above, template baseline", before.Template!, null),
                    Row($"after {more}", after.Captions!, after.Categories),
                    Row($"after {more}, template baseline", after.Template!, null),
                ]
            )
            .Paragraph("One run; Wilson intervals over clips.");
    }

    private static (string Classifier, string Probe) NoModel => ("", "");

    private static (string Classifier, string Probe) Model(IReadOnlyList<StudyMeasurement> runs) =>
        (
            runs.All(m => m.Categories is not null) ? StudyPage.Mean(runs.Select(m => m.Categories!.Top1)) : "",
            StudyPage.Mean(runs.Select(m => m.Probe!.Top1))
        );

    private static string[] Row(
        string name,
        IReadOnlyList<StudyMeasurement> runs,
        Func<StudyMeasurement, CaptionRow?> row,
        (string Classifier, string Probe) model
    )
    {
        CaptionScores[] scores = [.. runs.Select(m => row(m)!.Scores)];
        return
        [
            name,
            StudyPage.Mean(scores.Select(s => s.ExactMatch)),
            StudyPage.Mean(scores.Select(s => s.Bleu4)),
            StudyPage.Mean(scores.Select(s => s.RougeL)),
            StudyPage.Mean(scores.Select(s => s.Meteor)),
            StudyPage.Number(scores.Average(s => s.Cider)),
            model.Classifier,
            model.Probe,
        ];
    }
}
