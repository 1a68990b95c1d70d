using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Explain.Reports;

/// <summary>What a page says about an evaluation.</summary>
internal static class EvaluationSections
{
    private const int MistakesShown = 12;

    /// <summary>The sections.</summary>
    /// <param name="report">The evaluation with its clips.</param>
    /// <param name="taxonomy">Where the groups of its classes are looked up.</param>
    /// <param name="pictures">Pictures of the clips.</param>
    /// <param name="options">How much is shown.</param>
    /// <param name="progress">Told after every clip.</param>
    /// <param name="cancel">Stops the work.</param>
    public static IEnumerable<ReportSection> Of(
        EvaluationReport report,
        Taxonomy taxonomy,
        ReportPictures pictures,
        ReportOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        yield return ResultSections.Of(report);

        // The examples first: where room is short they have it.
        ReportSection examples = Examples(report, pictures, options, progress, cancel);
        if (report.Confusion is { } confusion)
        {
            yield return CategorySections.BestAndWorst(confusion, options.Classes);
            string[] groups =
            [
                .. Taxonomy.Grouped(confusion.Names, taxonomy) is var known
                    ? known.CategoryGroups.Select(group => known.Groups[group])
                    : [],
            ];
            if (groups.Distinct(StringComparer.Ordinal).Count() < confusion.Classes)
            {
                yield return CategorySections.Groups(GroupRow.Of(confusion, groups));
            }

            IReadOnlyList<ContrastPair> pairs = ContrastPair.Of(confusion);
            if (pairs.Count > 0)
            {
                yield return CategorySections.Contrasts(pairs);
            }

            yield return Confusion(report, confusion, pictures, options, progress, cancel);
        }

        yield return examples;
    }

    /// <summary>A confusion matrix with the commonest mistakes beside it.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="clips">The clips behind it; empty where they are not known.</param>
    /// <param name="told">What is to be said about it.</param>
    public static ReportSection Confusion(ConfusionMatrix matrix, IReadOnlyList<ShownClip> clips, string told) =>
        new(
            "confusion",
            "Who was taken for whom",
            [
                new Prose(told),
                new ConfusionBlock(matrix, clips),
                new DataTable(
                    "The commonest mistakes",
                    [new("true"), new("taken for"), new("clips", Number: true), new("of", Number: true)],
                    [
                        .. matrix
                            .CommonestMistakes(MistakesShown)
                            .Select(mistake =>
                                (IReadOnlyList<string>)
                                    [
                                        matrix.Names[mistake.Truth],
                                        matrix.Names[mistake.Predicted],
                                        mistake.Count.ToString(CultureInfo.InvariantCulture),
                                        matrix.SamplesOf(mistake.Truth).ToString(CultureInfo.InvariantCulture),
                                    ]
                            ),
                    ]
                ),
            ]
        );

    private static ReportSection Confusion(
        EvaluationReport report,
        ConfusionMatrix matrix,
        ReportPictures pictures,
        ReportOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        // Mistakes first, for the words as for the pictures.
        ClipResult[] results = [.. report.Results.OrderBy(ExampleChoice.Right).Take(options.MostClips)];
        var rate = new RateMeter();
        var clips = new List<ShownClip>(results.Length);
        foreach (ClipResult result in results)
        {
            cancel.ThrowIfCancellationRequested();
            clips.Add(new ShownClip(result, pictures.Small(result.Id)));
            progress?.Report(new WorkProgress("drawing clips", clips.Count, results.Length, "clips", rate.Add(1)));
        }

        int drawn = clips.Count(clip => clip.Strip is not null);
        string told =
            "A row is a true class, a column what it was taken for, the number the clips. Choose a cell to see its "
            + $"clips; arrow keys go from cell to cell. {drawn} of {report.Results.Count} clips have a picture"
            + (clips.Count < report.Results.Count ? $", {clips.Count} their words (mistakes first)." : ".");
        return Confusion(matrix, clips, told);
    }

    private static ReportSection Examples(
        EvaluationReport report,
        ReportPictures pictures,
        ReportOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        IReadOnlyList<ClipResult> wrong = ExampleChoice.Of(report.Results, right: false, options.Examples);
        IReadOnlyList<ClipResult> right = ExampleChoice.Of(report.Results, right: true, options.Examples);
        var rate = new RateMeter();
        var clips = new List<ExampleClip>();
        foreach (ClipResult result in right.Concat(wrong))
        {
            clips.Add(pictures.Example(result, cancel));
            progress?.Report(
                new WorkProgress("explaining examples", clips.Count, right.Count + wrong.Count, "clips", rate.Add(1))
            );
        }

        string overlay = pictures.Explains
            ? " The second picture of each shows where and when the clip speaks for what was predicted (Grad-CAM)."
            : "";
        return new ReportSection(
            "examples",
            "Examples",
            [
                new Prose(
                    "Chosen by a rule, not by how they look: the first clip of each true class, every so many of them."
                        + overlay
                ),
                new ExamplesBlock(clips),
            ]
        );
    }
}
