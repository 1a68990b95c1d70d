using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Explain.Reports;

/// <summary>Small evaluations and pages to look at.</summary>
internal static class SomeReports
{
    /// <summary>An evaluation of clips whose truth and prediction are known.</summary>
    /// <param name="names">The classes.</param>
    /// <param name="clips">Id, true class and predicted class of each.</param>
    public static EvaluationReport Evaluation(string[] names, params (string Id, int Truth, int Predicted)[] clips)
    {
        var matrix = new ConfusionMatrix(names);
        foreach ((_, int truth, int predicted) in clips)
        {
            matrix.Add(truth, predicted);
        }

        return new EvaluationReport
        {
            Architecture = "M(256-256)",
            Parameters = 1000,
            TrainedOn = Granularity.ActionCategories,
            Data = "data",
            Split = Split.Test,
            Clips = clips.Length,
            Notes = [],
            Accuracies =
            [
                new AccuracyRow
                {
                    Method = AccuracyMethod.Classifier,
                    TrainedOn = Granularity.ActionCategories,
                    TestedOn = Granularity.ActionCategories,
                    Classes = names.Length,
                    Clips = clips.Length,
                    Right = matrix.Correct,
                },
            ],
            Captions = [],
            PerClass = [],
            Seconds = 1,
            Confusion = matrix,
            Results =
            [
                .. clips.Select(clip => new ClipResult(
                    clip.Id,
                    names[clip.Truth],
                    names[clip.Predicted],
                    0.5,
                    $"true caption of {names[clip.Truth]}",
                    $"caption of {names[clip.Predicted]}"
                )),
            ],
        };
    }

    /// <summary>The page of an evaluation, with its pictures where there is a world.</summary>
    public static string Html(EvaluationReport evaluation, TinyWorld? world = null) =>
        PageHtml.Of(
            RunReport.Compose(
                new RunFolder("a run") { Evaluation = evaluation },
                world?.Labelled,
                model: null,
                new ReportOptions()
            )
        );

    /// <summary>An evaluation of the validation clips of a world: all are taken for the first category.</summary>
    public static EvaluationReport Of(TinyWorld world) =>
        Evaluation(
            [.. TinyWorld.Taxonomy.Categories],
            [.. world.Data.Of(Split.Validation).Select(clip => (clip.Id, clip.Category, 0))]
        );
}
