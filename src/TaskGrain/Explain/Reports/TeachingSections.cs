using System.Globalization;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Explain.Reports;

/// <summary>What a page says about a teaching.</summary>
internal static class TeachingSections
{
    /// <summary>The sections.</summary>
    /// <param name="report">The teaching's report.</param>
    /// <param name="matrix">Whether the confusion matrix of the held-out clips is among them.</param>
    public static IEnumerable<ReportSection> Of(TeachReport report, bool matrix)
    {
        yield return new ReportSection(
            "teaching",
            "Teaching",
            [
                new Prose(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Classes.Count} classes from {report.ClipsPerClass.Sum()} clips; taken: "
                            + $"{report.Source}, "
                            + $"{ClassifierKinds.Parse(report.Classifier).Title().ToLowerInvariant()}. "
                            + $"{report.ExtractionSeconds:0.0} s for features, "
                            + $"{report.TrainingSeconds:0.0} s for the classifier."
                    )
                ),
                Accuracies(report),
                Candidates(report),
                Clips(report),
                .. report.Problems.Select(Problem),
            ]
        );
        if (matrix)
        {
            yield return EvaluationSections.Confusion(
                TeachText.MatrixOf(report),
                [],
                "Held-out clips: a row is a true class, a column what it was taken for. The clips behind the counts "
                    + "are not in this run's folder."
            );
        }

        if (report.Doubtful.Count > 0)
        {
            yield return Doubtful(report.Doubtful);
        }
    }

    private static DataTable Accuracies(TeachReport report)
    {
        IReadOnlyList<string> Measured(string name, MeasuredClips clips) =>
            [name, $"{clips.Clips}", Percent.Of(clips.Accuracy), Percent.Of(clips.Interval)];

        List<IReadOnlyList<string>> rows =
        [
            [
                $"to expect on new clips (held out in {report.Folds} folds)",
                $"{report.ClipsPerClass.Sum()}",
                Percent.Of(report.ExpectedAccuracy),
                Percent.Of(report.ExpectedInterval),
            ],
            ["guessing", "", Percent.Of(1.0 / report.Classes.Count), ""],
        ];
        if (report.LeftOver is { } leftOver)
        {
            rows.Add(Measured("clips left over", leftOver));
        }

        if (report.Test is { } test)
        {
            rows.Add(Measured("clips of the test split", test));
        }

        return new DataTable(
            "Accuracy, percent",
            [new("on"), new("clips", Number: true), new("top-1", Number: true), new("interval", Number: true)],
            rows
        );
    }

    private static DataTable Candidates(TeachReport report) =>
        new(
            "Sources and classifiers that were tried",
            [new("sources"), new("classifier"), new("accuracy", Number: true), new("loss", Number: true)],
            [
                .. report.Candidates.Select(candidate =>
                    (IReadOnlyList<string>)
                        [
                            candidate.Source,
                            candidate.Classifier,
                            candidate.Accuracy is { } accuracy ? Percent.Of(accuracy) : "",
                            candidate.Loss?.ToString("0.000", CultureInfo.InvariantCulture) ?? "",
                        ]
                ),
            ]
        );

    private static DataTable Clips(TeachReport report) =>
        new(
            "Clips learned from",
            [new("class"), new("clips", Number: true)],
            [
                .. report.Classes.Zip(
                    report.ClipsPerClass,
                    (name, clips) => (IReadOnlyList<string>)[name, clips.ToString(CultureInfo.InvariantCulture)]
                ),
            ],
            Folded: true
        );

    private static Prose Problem(ClipProblem problem) => new(problem.ToString());

    private static ReportSection Doubtful(IReadOnlyList<DoubtfulClip> clips) =>
        new(
            "doubtful",
            "Clips to look at again",
            [
                new Prose("They may be in the wrong folder."),
                new DataTable(
                    "Possible mislabels, the most doubtful first",
                    [new("clip"), new("labelled"), new("looks like"), new("how likely", Number: true)],
                    [
                        .. clips.Select(clip =>
                            (IReadOnlyList<string>)
                                [
                                    clip.Path,
                                    clip.Class,
                                    clip.LooksLike,
                                    $"{Percent.Of(clip.LooksLikeProbability)} against "
                                        + Percent.Of(clip.ClassProbability),
                                ]
                        ),
                    ]
                ),
            ]
        );
}
