using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Lab.Studies;
using TaskGrain.Metrics;

namespace TaskGrain.Lab.Baselines;

/// <summary>The rows of Tables 3 and 4 from the runs.</summary>
internal static class BaselineSummary
{
    /// <summary>The name of the template baseline in the tables.</summary>
    public const string Template = "template baseline";

    /// <summary>Table 3: each source's classifiers, then the encoders of ours.</summary>
    public static IReadOnlyList<BaselineAccuracy> Accuracies(
        IReadOnlyList<BaselineRun> runs,
        IReadOnlyList<BaselineModel> models,
        BaselineOptions options
    ) =>
        [
            .. runs.Where(run => run.Right is not null)
                .GroupBy(run => (run.Source, run.Method))
                .Select(group =>
                    Accuracy(
                        group.Key.Source,
                        group.Key.Method,
                        group.Key.Method.Title(options),
                        [.. group.Select(run => run.Right!.Value)],
                        group.First().Clips
                    )
                ),
            .. models
                .Select(model =>
                    (model, Rows: model.Runs.Select(run => run.Categories).OfType<AccuracyRow>().ToArray())
                )
                .Where(pair => pair.Rows.Length > 0)
                .Select(pair =>
                    Accuracy(
                        null,
                        null,
                        pair.model.Name,
                        [.. pair.Rows.Select(row => row.Right!.Value)],
                        pair.Rows[0].Clips
                    )
                ),
        ];

    /// <summary>Table 4: each source's captioner and template baseline, then the encoders of ours.</summary>
    public static IReadOnlyList<BaselineCaptions> Captions(
        IReadOnlyList<BaselineRun> runs,
        IReadOnlyList<BaselineModel> models,
        BaselineOptions options
    )
    {
        var rows = new List<BaselineCaptions>();
        foreach (IGrouping<string, BaselineRun> source in runs.GroupBy(run => run.Source))
        {
            BaselineRun[] lstm = [.. source.Where(run => run.Method == BaselineMethod.Lstm)];
            MeanInterval? accuracy = lstm.Length > 0 ? MeanInterval.Of([.. lstm.Select(Share)]) : null;
            rows.AddRange(
                Row(
                    source.Key,
                    BaselineMethod.Captioner.Title(options),
                    source.Where(run => run.Method == BaselineMethod.Captioner).Select(run => run.Captions),
                    accuracy
                )
            );
            rows.AddRange(Row(source.Key, $"{Template} on the LSTM", lstm.Select(run => run.Captions), accuracy));
        }

        foreach (BaselineModel model in models)
        {
            double[] shares = [.. model.Runs.Select(run => run.Categories?.Top1).OfType<double>()];
            MeanInterval? accuracy = shares.Length > 0 ? MeanInterval.Of(shares) : null;
            rows.AddRange(Row(null, model.Name, model.Runs.Select(run => run.Captions?.Scores), accuracy));
            rows.AddRange(
                Row(null, $"{Template} on {model.Name}", model.Runs.Select(run => run.Template?.Scores), accuracy)
            );
        }

        return rows;
    }

    /// <summary>Single frame, averaged frames, LSTM and relations, each against the one before, by seed.</summary>
    public static IReadOnlyList<BaselineDifference> Differences(IReadOnlyList<BaselineRun> runs)
    {
        var differences = new List<BaselineDifference>();
        foreach (IGrouping<string, BaselineRun> source in runs.GroupBy(run => run.Source))
        {
            double[] Shares(BaselineMethod method) =>
                [.. source.Where(run => run.Method == method).OrderBy(run => run.Seed).Select(Share)];
            BaselineMethod[] learned =
            [
                .. BaselineMethods.Classifiers.Where(method => source.Any(run => run.Method == method)),
            ];
            for (int i = 1; i < learned.Length; i++)
            {
                (BaselineMethod first, BaselineMethod second) = (learned[i], learned[i - 1]);
                var compared = StudyComparison.Of(Shares(first), Shares(second));
                differences.Add(new BaselineDifference(source.Key, first, second, compared.Difference, compared.Test));
            }
        }

        return differences;
    }

    private static double Share(BaselineRun run) => (double)run.Right!.Value / run.Clips;

    private static BaselineAccuracy Accuracy(
        string? source,
        BaselineMethod? method,
        string name,
        int[] right,
        int clips
    ) =>
        new(
            source,
            method,
            name,
            MeanInterval.Of([.. right.Select(count => (double)count / clips)]),
            Interval.Wilson(right.Average(), clips)
        );

    private static IEnumerable<BaselineCaptions> Row(
        string? source,
        string name,
        IEnumerable<CaptionScores?> scores,
        MeanInterval? accuracy
    )
    {
        CaptionScores[] own = [.. scores.OfType<CaptionScores>()];
        return own.Length > 0 ? [new BaselineCaptions(source, name, own, accuracy)] : [];
    }
}
