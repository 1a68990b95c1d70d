using System.Globalization;
using System.Text.Json;
using Markdig;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// The results of a reproduction: verdicts, tables and plots, made from the measurements alone. The same page in
/// Markdown, HTML and JSON.
/// </summary>
internal static class ReproductionPage
{
    /// <summary>Writes <c>results.md</c>, <c>results.html</c>, <c>results.json</c> and their plots.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="folder">Receives the files.</param>
    /// <param name="name">Their name without its ending.</param>
    /// <returns>The verdicts.</returns>
    public static IReadOnlyList<Verdict> Write(
        ReproductionPlan plan,
        IReadOnlyCollection<Measurement> measurements,
        string folder,
        string name = "results"
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(measurements);
        IReadOnlyList<Verdict> verdicts = Verdict.Of(
            PaperClaims.Of(plan.Options.Size, ReproductionPlan.Kitchenware),
            measurements
        );
        IReadOnlyDictionary<string, IReadOnlyList<Verdict>> real = OnRealTargets(plan, measurements);
        var plots = new List<(string Title, string File)>();
        if (verdicts.Any(verdict => verdict.Comparisons.Count > 0))
        {
            string file = $"{name}-claims.png";
            ReproductionPlots.WriteClaims(verdicts, Path.Combine(folder, file));
            plots.Add(("Every comparison with its interval", file));
        }

        foreach ((string target, IReadOnlyList<Verdict> judged) in real)
        {
            string file = $"{name}-claims-{target}.png";
            ReproductionPlots.WriteClaims(judged, Path.Combine(folder, file));
            plots.Add(($"The comparisons of Figure 5 on {target}", file));
        }

        var tables = new ReproductionTables(plan, measurements);
        foreach (string target in Targets(plan))
        {
            plots.AddRange(Figure5(tables, target, folder, name));
        }

        StudyPage page = Page(plan, measurements, verdicts, real, tables, plots);
        string markdown = page.ToString();
        AtomicFile.WriteText(Path.Combine(folder, $"{name}.md"), markdown);
        AtomicFile.WriteText(Path.Combine(folder, $"{name}.html"), Html(markdown, folder, plots));
        AtomicFile.WriteText(
            Path.Combine(folder, $"{name}.json"),
            JsonSerializer.Serialize(
                new
                {
                    plan.Options,
                    Verdicts = verdicts.Select(Summary),
                    OnRealTargets = real.ToDictionary(of => of.Key, of => of.Value.Select(Summary)),
                    Measurements = measurements.OrderBy(one => one.Id, StringComparer.Ordinal),
                },
                TaskGrainJson.Readable
            )
        );
        return verdicts;
    }

    private static IReadOnlyList<TableColumn> VerdictColumns { get; } =
    ["", "claim", "from", "verdict", Number("p"), Number("seeds")];

    private static IReadOnlyList<TableColumn> ComparisonColumns { get; } =
    ["", "comparison", Number("difference"), Number("95% interval"), Number("seeds"), Number("seeds for 1 point")];

    /// <summary>The claims of Figure 5 on every real target that was measured.</summary>
    private static SortedDictionary<string, IReadOnlyList<Verdict>> OnRealTargets(
        ReproductionPlan plan,
        IReadOnlyCollection<Measurement> measurements
    )
    {
        var judged = new SortedDictionary<string, IReadOnlyList<Verdict>>(StringComparer.Ordinal);
        foreach (string target in plan.Options.Real.Select(target => target.Name))
        {
            Claim[] claims =
            [
                .. PaperClaims.Of(plan.Options.Size, target).Where(claim => claim.Part == PaperPart.Figure5),
            ];
            IReadOnlyList<Verdict> verdicts = Verdict.Of(claims, measurements);
            if (verdicts.Any(verdict => verdict.Comparisons.Count > 0))
            {
                judged[target] = verdicts;
            }
        }

        return judged;
    }

    /// <summary>The page, from what was measured alone.</summary>
    internal static StudyPage Page(
        ReproductionPlan plan,
        IReadOnlyCollection<Measurement> measurements,
        IReadOnlyList<Verdict> verdicts,
        IReadOnlyDictionary<string, IReadOnlyList<Verdict>> real,
        ReproductionTables tables,
        IReadOnlyList<(string Title, string File)> plots
    )
    {
        var page = new StudyPage(
            "The paper, reproduced",
            "Tables 1 to 4, 6 to 8 and Figure 5 of the paper, with verdicts on its claims, "
                + (plan.Options.Data is null ? "on generated clips" : "on a data set")
                + $", at size {plan.Options.Size.ToString().ToLowerInvariant()}. The paper's own numbers, on "
                + "Something-Something V2, stand beside ours; they are another data set's and are not to be met, the "
                + "order of rows is. Percent; mean and 95% interval of the mean (Student's t) over training seeds."
        );
        // A plan may measure what no claim is about.
        if (verdicts.Any(verdict => verdict.Comparisons.Count > 0))
        {
            AddVerdicts(page, verdicts);
        }

        foreach ((string target, IReadOnlyList<Verdict> judged) in real)
        {
            page.Paragraph($"## Verdicts of Figure 5 on {target}")
                .Paragraph("The same sources, carried over to these clips; a family of claims of its own.")
                .Table(VerdictColumns, [.. judged.Select(Cells)])
                .Table(ComparisonColumns, [.. judged.SelectMany(Lines)]);
        }

        foreach ((string title, string file) in plots)
        {
            page.Paragraph($"![{title}]({file})");
        }

        tables.Table1(page);
        tables.Table2(page);
        tables.FrameBaselines(page, PaperPart.Table3);
        tables.FrameBaselines(page, PaperPart.Table4);
        tables.Captions(page, PaperPart.Table6);
        tables.Table7(page);
        tables.Captions(page, PaperPart.Table8);
        foreach (string target in Targets(plan))
        {
            tables.Figure5(page, target);
        }

        StabilityTable.Add(page, tables, ReproductionPlan.Equal(SizeRecipe.Of(plan.Options.Size)));
        return page.Paragraph("## How it was made").Paragraph(Origin(plan, measurements));
    }

    private static void AddVerdicts(StudyPage page, IReadOnlyList<Verdict> verdicts) =>
        page.Paragraph("## Verdicts")
            .Table(VerdictColumns, [.. verdicts.Select(Cells)])
            .Paragraph(
                "A claim *holds* when each of its comparisons, paired by training seed, is significantly as claimed, "
                    + "and *does not hold* when one is significantly the other way round: Student's t, one-sided at "
                    + "2.5%, after Holm's correction over the claims. p is that of the verdict, or for an undecided "
                    + $"claim the smaller of both. \"At least as good\" allows for {Percent.Of(PaperClaims.AsGood)} "
                    + "point less."
            )
            .Table(ComparisonColumns, [.. verdicts.SelectMany(Lines)])
            .Paragraph(
                "Percentage points. The last column is the power of the plan: the training seeds it would take to find "
                    + "a difference of one point with 80% probability, at the spread between seeds that was seen."
            );

    private static string Origin(ReproductionPlan plan, IReadOnlyCollection<Measurement> measurements)
    {
        var lines = new List<string>
        {
            $"- command: `{plan.Options.ToCommand()}`",
            $"- runs: {measurements.Count(one => plan.Runs.Any(run => run.Id == one.Id))} of {plan.Runs.Count} of the "
                + $"plan, training seeds 1 to {plan.Options.Seeds}",
            $"- settings: {string.Join(", ", SizeRecipe.Of(plan.Options.Size).Settings.Concat(plan.Options.Settings))}",
        };
        lines.AddRange(
            measurements
                .GroupBy(one => (one.Site, one.Program))
                .OrderBy(of => of.Key.Site.ToString(), StringComparer.Ordinal)
                .Select(of =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"- {of.Key.Site}: {of.Count()} runs in "
                            + $"{TimeSpan.FromSeconds(of.Sum(one => one.Seconds)):h\\:mm\\:ss}"
                            + $" with TaskGrain {of.Key.Program}, the last finished "
                            + $"{of.Max(one => one.Finished):yyyy-MM-dd HH:mm} UTC"
                    )
                )
        );
        lines.AddRange(
            measurements
                .GroupBy(one => one.Data, StringComparer.Ordinal)
                .OrderBy(of => of.Key, StringComparer.Ordinal)
                .Select(of => $"- data of hash {of.Key}: {of.Count()} runs")
        );
        return string.Join("\n", lines);
    }

    private static string[] Cells(Verdict verdict) =>
        [
            verdict.Claim.Number.ToString(CultureInfo.InvariantCulture),
            verdict.Claim.Statement,
            verdict
                .Claim.Part.ToString()
                .Replace("Table", "Table ", StringComparison.Ordinal)
                .Replace("Figure", "Figure ", StringComparison.Ordinal),
            Words(verdict.Kind),
            verdict.Kind == VerdictKind.NotMeasured ? "" : P(verdict),
            verdict.Comparisons.Count == 0
                ? ""
                : verdict.Comparisons.Min(one => one.Differences.Count).ToString(CultureInfo.InvariantCulture),
        ];

    private static string P(Verdict verdict) =>
        (
            verdict.Kind switch
            {
                VerdictKind.Holds => verdict.HoldsP,
                VerdictKind.DoesNotHold => verdict.FailsP,
                _ => Math.Min(verdict.HoldsP, verdict.FailsP),
            }
        ).ToString("0.0000", CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Lines(Verdict verdict) =>
        verdict.Comparisons.Select(one =>
            new[]
            {
                verdict.Claim.Number.ToString(CultureInfo.InvariantCulture),
                one.Name,
                Percent.Signed(one.Interval.Mean),
                $"{Percent.Signed(one.Interval.Low)} to {Percent.Signed(one.Interval.High)}",
                one.Differences.Count.ToString(CultureInfo.InvariantCulture),
                one.SeedsToFind(Verdict.Smallest)?.ToString(CultureInfo.InvariantCulture) ?? "over 10000",
            }
        );

    private static string Words(VerdictKind kind) =>
        kind switch
        {
            VerdictKind.NotMeasured => "not measured",
            VerdictKind.Holds => "**holds**",
            VerdictKind.DoesNotHold => "**does not hold**",
            VerdictKind.Undecided => "undecided",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such verdict"),
        };

    private static object Summary(Verdict verdict) =>
        new
        {
            verdict.Claim.Number,
            verdict.Claim.Statement,
            verdict.Claim.Part,
            Verdict = verdict.Kind,
            verdict.HoldsP,
            verdict.FailsP,
            Comparisons = verdict.Comparisons.Select(one => new
            {
                one.Name,
                one.Site,
                one.Differences,
                one.Margin,
                one.Interval.Mean,
                one.Interval.Low,
                one.Interval.High,
                SeedsForOnePoint = one.SeedsToFind(Verdict.Smallest),
            }),
        };

    private static IEnumerable<string> Targets(ReproductionPlan plan) =>
        plan.Runs.OfType<TransferRun>().Select(run => run.Target).Distinct(StringComparer.Ordinal);

    private static IEnumerable<(string Title, string File)> Figure5(
        ReproductionTables tables,
        string target,
        string folder,
        string name
    )
    {
        if (tables.SiteOf(PaperPart.Figure5, target) is not { } site)
        {
            yield break;
        }

        Figure5Row[] rows = [.. tables.Figure5Rows(target, site)];
        foreach (ClassifierKind classifier in rows.Select(row => row.Classifier).Distinct())
        {
            string file = $"{name}-figure5-{target}-{classifier.ToString().ToLowerInvariant()}.png";
            ReproductionPlots.WriteFigure5(rows, classifier, Path.Combine(folder, file));
            yield return ($"Figure 5 on {target}, {classifier.Title()}", file);
        }
    }

    /// <summary>One file that opens without others: the plots lie inside.</summary>
    private static string Html(string markdown, string folder, IReadOnlyList<(string Title, string File)> plots)
    {
        string body = Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().UsePipeTables().Build());
        foreach ((_, string file) in plots)
        {
            string picture = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, file)));
            body = body.Replace(
                $"src=\"{file}\"",
                $"src=\"data:image/png;base64,{picture}\"",
                StringComparison.Ordinal
            );
        }

        const string Style = """
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
              color: #1c1c1c; background: #fff; }
            table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1rem 0; }
            th, td { padding: .3rem .7rem; border-bottom: 1px solid #ccc; text-align: left; }
            th { border-bottom: 2px solid #888; }
            img { max-width: 100%; background: #fff; }
            code { background: #8882; padding: .1rem .3rem; overflow-wrap: anywhere; }
            @media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616; } }
            """;
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The paper, reproduced</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """;
    }
}
