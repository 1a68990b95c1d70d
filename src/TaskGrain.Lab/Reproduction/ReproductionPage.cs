using System.Globalization;
using System.Text.Json;
using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// The results of a reproduction: verdicts, tables and plots, made from the measurements alone. The same page in
/// Markdown, HTML and JSON.
/// </summary>
internal static class ReproductionPage
{
    /// <summary>Writes <c>results.md</c>, <c>results.html</c>, <c>results.json</c> and their plots.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="measured">What was measured; what is not of the plan is left out.</param>
    /// <param name="folder">Receives the files.</param>
    /// <param name="name">Their name without its ending.</param>
    /// <returns>The verdicts.</returns>
    public static IReadOnlyList<Verdict> Write(
        ReproductionPlan plan,
        IReadOnlyCollection<Measurement> measured,
        string folder,
        string name = "results"
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(measured);
        HashSet<string> planned = [.. plan.Runs.Select(run => run.Id)];
        Measurement[] measurements = [.. measured.Where(one => planned.Contains(one.Id))];
        IReadOnlyList<Verdict> verdicts = Verdict.Of(
            PaperClaims.Of(plan.Options.Size, ReproductionPlan.Kitchenware),
            measurements
        );
        IReadOnlyDictionary<string, IReadOnlyList<Verdict>> real = OnRealTargets(plan, measurements);
        var parts = new PartMeasurements(plan, measurements);
        IReadOnlyList<(string Title, string File)> plots =
        [
            .. ClaimPlots(verdicts, real, folder, name),
            .. Targets(plan).SelectMany(target => Figure5(parts, target, folder, name)),
        ];
        StudyPage page = Page(plan, measurements, verdicts, real, parts, plots);
        string markdown = page.ToString();
        AtomicFile.WriteText(Path.Combine(folder, $"{name}.md"), markdown);
        AtomicFile.WriteText(
            Path.Combine(folder, $"{name}.html"),
            ReproductionHtml.Of(markdown, folder, [.. plots.Select(plot => plot.File)])
        );
        AtomicFile.WriteText(
            Path.Combine(folder, $"{name}.json"),
            JsonSerializer.Serialize(
                new
                {
                    Options = plan.Options.WithoutFolders(),
                    Verdicts = verdicts.Select(Summary),
                    OnRealTargets = real.ToDictionary(of => of.Key, of => of.Value.Select(Summary)),
                    Measurements = measurements.OrderBy(one => one.Id, StringComparer.Ordinal),
                },
                TaskGrainJson.Readable
            )
        );
        return verdicts;
    }

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
        PartMeasurements measured,
        IReadOnlyList<(string Title, string File)> plots
    )
    {
        var page = new StudyPage(
            "The paper, reproduced",
            Contents(measured)
                + (plan.Options.Data is null ? "on generated clips" : "on a data set")
                + $", at size {plan.Options.Size.ToString().ToLowerInvariant()}. The paper's own numbers, on "
                + "Something-Something V2, stand beside ours; they are another data set's and are not to be met, the "
                + "order of rows is. Percent; mean and 95% interval of the mean (Student's t) over training seeds."
        );
        // A plan may measure what no claim is about.
        if (verdicts.Any(verdict => verdict.Comparisons.Count > 0))
        {
            VerdictTables.Add(page, verdicts);
        }

        foreach ((string target, IReadOnlyList<Verdict> judged) in real)
        {
            VerdictTables.Add(page, judged, target);
        }

        foreach ((string title, string file) in plots)
        {
            page.Paragraph($"![{title}]({file})");
        }

        AccuracyTables.Table1(page, measured);
        AccuracyTables.Table2(page, measured);
        FrameBaselineTables.Add(page, measured, PaperPart.Table3);
        FrameBaselineTables.Add(page, measured, PaperPart.Table4);
        CaptioningTables.Divisions(page, measured, PaperPart.Table6);
        CaptioningTables.Table7(page, measured);
        CaptioningTables.Divisions(page, measured, PaperPart.Table8);
        foreach (string target in Targets(plan))
        {
            Figure5Table.Add(page, measured, target);
        }

        StabilityTable.Add(page, measured);
        return page.Paragraph("## How it was made").Paragraph(Origin(plan, measurements));
    }

    /// <summary>What of the paper was measured, as a sentence begins with it.</summary>
    private static string Contents(PartMeasurements measured)
    {
        string[] parts =
        [
            .. PaperParts
                .All.Where(part => part != PaperPart.Stability && measured.WantedSite(part) is not null)
                .Select(PaperParts.Title),
        ];
        return parts switch
        {
            [] => "How much the paper's training differs between training seeds, ",
            [var only] => $"{only} of the paper, with verdicts on its claims, ",
            [.. var first, var last] =>
                $"{string.Join(", ", first)} and {last} of the paper, with verdicts on its claims, ",
        };
    }

    private static string Origin(ReproductionPlan plan, IReadOnlyCollection<Measurement> measurements)
    {
        var lines = new List<string>
        {
            $"- command: `{plan.Options.ToCommand()}`",
            $"- runs: {measurements.Count} of {plan.Runs.Count} of the "
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
                            + $"{TimeSpan.FromSeconds(of.Sum(one => one.WholeSeconds)):h\\:mm\\:ss}"
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

    private static IEnumerable<(string Title, string File)> ClaimPlots(
        IReadOnlyList<Verdict> verdicts,
        IReadOnlyDictionary<string, IReadOnlyList<Verdict>> real,
        string folder,
        string name
    )
    {
        if (verdicts.Any(verdict => verdict.Comparisons.Count > 0))
        {
            string file = $"{name}-claims.png";
            ReproductionPlots.WriteClaims(verdicts, Path.Combine(folder, file));
            yield return ("Every comparison with its interval", file);
        }

        foreach ((string target, IReadOnlyList<Verdict> judged) in real)
        {
            string file = $"{name}-claims-{target}.png";
            ReproductionPlots.WriteClaims(judged, Path.Combine(folder, file));
            yield return ($"The comparisons of Figure 5 on {target}", file);
        }
    }

    private static IEnumerable<(string Title, string File)> Figure5(
        PartMeasurements measured,
        string target,
        string folder,
        string name
    )
    {
        if (measured.SiteOf(PaperPart.Figure5, target) is not { } site)
        {
            yield break;
        }

        Figure5Row[] rows = [.. Figure5Table.Rows(measured, target, site)];
        foreach (ClassifierKind classifier in rows.Select(row => row.Classifier).Distinct())
        {
            string file = $"{name}-figure5-{target}-{classifier.ToString().ToLowerInvariant()}.png";
            ReproductionPlots.WriteFigure5(rows, classifier, Path.Combine(folder, file));
            yield return ($"Figure 5 on {target}, {classifier.Title()}", file);
        }
    }
}
