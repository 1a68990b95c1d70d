using TaskGrain.Evaluation;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>The paper's tables from measurements, each from one site alone.</summary>
/// <param name="plan">The plan.</param>
/// <param name="measurements">What was measured, at any sites.</param>
internal sealed class ReproductionTables(ReproductionPlan plan, IReadOnlyCollection<Measurement> measurements)
{
    private readonly SizeRecipe _recipe = SizeRecipe.Of(plan.Options.Size);

    /// <summary>
    /// The site whose measurements a part's table shows: the one that has most of the part's runs. Null where nothing
    /// was measured.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="target">For Figure 5: the target.</param>
    public ComputeSite? SiteOf(PaperPart part, string? target = null)
    {
        HashSet<string> wanted =
        [
            .. plan
                .Runs.Where(run => run.Parts.Contains(part))
                .Where(run => target is null || run is TransferRun transfer && transfer.Target == target)
                .Select(run => run.Id),
        ];
        return measurements
            .Where(one => wanted.Contains(one.Id))
            .GroupBy(one => one.Site)
            .OrderByDescending(ofSite => ofSite.Count())
            .FirstOrDefault()
            ?.Key;
    }

    /// <summary>Adds Table 1.</summary>
    public void Table1(StudyPage page)
    {
        if (Seeds(PaperPart.Table1, page, "Table 1: the division between the channels") is not { } seeds)
        {
            return;
        }

        page.Table(
            ["model", "ours", Number("top-1"), Number("paper, test")],
            [
                .. _recipe.Architectures.Select(architecture =>
                    new[]
                    {
                        architecture.Paper.ToString(),
                        architecture.Ours.ToString(),
                        Mean(
                            seeds,
                            seed =>
                                Top1(
                                    seed,
                                    SourceTask.Categories,
                                    architecture,
                                    AccuracyMethod.Classifier,
                                    Granularity.ActionCategories
                                )
                        ),
                        Paper(PaperFigures.Table1.Single(row => row.Architecture == architecture.Paper).Test),
                    }
                ),
            ]
        );
    }

    /// <summary>Adds Table 2.</summary>
    public void Table2(StudyPage page)
    {
        if (Seeds(PaperPart.Table2, page, "Table 2: coarse and fine labels") is not { } seeds)
        {
            return;
        }

        PaperArchitecture equal = ReproductionPlan.Equal(_recipe);
        string[] Row(
            string trained,
            string tested,
            SourceTask task,
            AccuracyMethod method,
            Granularity grain,
            double paper
        ) => [trained, tested, Mean(seeds, seed => Top1(seed, task, equal, method, grain)), Paper(paper)];
        page.Table(
            ["trained on", "tested on", Number("ours"), Number("paper")],
            [
                Row(
                    "groups",
                    "groups",
                    SourceTask.Groups,
                    AccuracyMethod.Classifier,
                    Granularity.ActionGroups,
                    PaperFigures.CoarseAtCoarse
                ),
                Row(
                    "groups",
                    "categories, linear probe",
                    SourceTask.Groups,
                    AccuracyMethod.LinearProbe,
                    Granularity.ActionCategories,
                    PaperFigures.CoarseProbedFine
                ),
                Row(
                    "groups",
                    "categories, most frequent of the group",
                    SourceTask.Groups,
                    AccuracyMethod.MostFrequentOfGroup,
                    Granularity.ActionCategories,
                    PaperFigures.MostFrequentOfGroup
                ),
                Row(
                    "categories",
                    "groups, summed",
                    SourceTask.Categories,
                    AccuracyMethod.SummedFromFiner,
                    Granularity.ActionGroups,
                    PaperFigures.FineAtCoarse
                ),
                Row(
                    "categories",
                    "categories",
                    SourceTask.Categories,
                    AccuracyMethod.Classifier,
                    Granularity.ActionCategories,
                    PaperFigures.FineAtFine
                ),
                [
                    "categories",
                    "categories, linear probe",
                    Mean(
                        seeds,
                        seed =>
                            Top1(
                                seed,
                                SourceTask.Categories,
                                equal,
                                AccuracyMethod.LinearProbe,
                                Granularity.ActionCategories
                            )
                    ),
                    "",
                ],
            ]
        );
    }

    /// <summary>Adds Table 6 or 8.</summary>
    public void Captions(StudyPage page, PaperPart part)
    {
        bool simplified = part == PaperPart.Table6;
        string title = simplified ? "Table 6: simplified captions" : "Table 8: full captions";
        if (Seeds(part, page, title) is not { } seeds)
        {
            return;
        }

        SourceTask task = simplified ? SourceTask.SimplifiedJoint : SourceTask.CaptionsJoint;
        IReadOnlyList<PaperCaptioning> paper = simplified ? PaperFigures.Table6 : PaperFigures.Table8;
        page.Table(
            [
                "model",
                Number("BLEU-4"),
                Number("ROUGE-L"),
                Number("METEOR"),
                Number("exact match"),
                Number("classification"),
                Number("paper: BLEU-4"),
                Number("ROUGE-L"),
                Number("METEOR"),
                Number("exact match"),
                Number("classification"),
            ],
            [
                .. paper.Select(row =>
                {
                    PaperArchitecture ours = _recipe.Architectures.Single(one => one.Paper == row.Architecture);
                    CaptionRow? Caption(SeedMeasurements seed) => Of(seed, task, ours)?.Caption(CaptionMethod.Decoder);
                    return new[]
                    {
                        row.Architecture.ToString(),
                        Mean(seeds, seed => Caption(seed)?.Scores.Bleu4),
                        Mean(seeds, seed => Caption(seed)?.Scores.RougeL),
                        Mean(seeds, seed => Caption(seed)?.Scores.Meteor),
                        Mean(seeds, seed => Caption(seed)?.Scores.ExactMatch),
                        Mean(
                            seeds,
                            seed => Top1(seed, task, ours, AccuracyMethod.Classifier, Granularity.ActionCategories)
                        ),
                        Paper(row.Bleu4),
                        Paper(row.RougeL),
                        Paper(row.Meteor),
                        Paper(row.ExactMatch),
                        Paper(row.Classification),
                    };
                }),
            ]
        );
    }

    /// <summary>Adds Table 3, or Table 4, from the frame baselines.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="part">Which.</param>
    public void FrameBaselines(StudyPage page, PaperPart part)
    {
        if (!plan.Options.Parts.Contains(part) || SiteOf(part) is not { } site)
        {
            return;
        }

        BaselineSeed[] seeds =
        [
            .. measurements
                .Where(one => one.Site == site && one.FrameBaselines is not null)
                .OrderBy(one => one.Seed)
                .Select(one => one.FrameBaselines!),
        ];
        BaselineReport report = BaselineReport.Of(seeds);
        page.Paragraph(
                part == PaperPart.Table3
                    ? "## Table 3: what single frames tell"
                    : $"## Table 4: captions from single frames, {BaselineText.Grain(report)}"
            )
            .Paragraph(
                $"Measured on {site}, {seeds.Length} training seeds, {report.TrainingClips} clips to learn from and "
                    + $"{report.Clips} to measure on. Weights: "
                    + string.Join("; ", report.Sources.Select(source => $"{source.Name}, {source.Weights}, frozen"))
                    + "."
            );
        if (part == PaperPart.Table3)
        {
            page.Table(BaselineText.AccuracyColumns, [.. BaselineText.AccuracyRows(report)]);
        }
        else
        {
            page.Table(BaselineText.CaptionColumns, [.. BaselineText.CaptionRows(report)]);
        }
    }

    /// <summary>Adds Table 7.</summary>
    public void Table7(StudyPage page)
    {
        if (Seeds(PaperPart.Table7, page, "Table 7: joint training against captioning alone") is not { } seeds)
        {
            return;
        }

        PaperArchitecture equal = ReproductionPlan.Equal(_recipe);
        string[] Row(string name, SourceTask task, CaptionMethod method, double exact, double? classification) =>
            [
                name,
                Mean(seeds, seed => Of(seed, task, equal)?.Caption(method)?.Scores.ExactMatch),
                Mean(seeds, seed => Of(seed, task, equal)?.Caption(method)?.Scores.Bleu4),
                classification is null
                    ? ""
                    : Mean(
                        seeds,
                        seed => Top1(seed, task, equal, AccuracyMethod.LinearProbe, Granularity.ActionCategories)
                    ),
                Paper(exact),
                classification is { } paper ? Paper(paper) : "",
            ];
        page.Table(
            [
                "model",
                Number("exact match"),
                Number("BLEU-4"),
                Number("linear probe"),
                Number("paper: exact match"),
                Number("classification"),
            ],
            [
                Row(
                    "joint, λ = 0.1",
                    SourceTask.SimplifiedJoint,
                    CaptionMethod.Decoder,
                    PaperFigures.Joint.ExactMatch,
                    PaperFigures.Joint.Classification
                ),
                Row(
                    "captions alone, λ = 0",
                    SourceTask.SimplifiedAlone,
                    CaptionMethod.Decoder,
                    PaperFigures.CaptionsAlone.ExactMatch,
                    PaperFigures.CaptionsAlone.Classification
                ),
                Row(
                    "template baseline",
                    SourceTask.SimplifiedJoint,
                    CaptionMethod.Template,
                    PaperFigures.Template.Simplified,
                    null
                ),
            ]
        );
    }

    /// <summary>Adds the table of Figure 5 for a target.</summary>
    public void Figure5(StudyPage page, string target)
    {
        if (SiteOf(PaperPart.Figure5, target) is not { } site)
        {
            return;
        }

        Figure5Row[] rows = [.. Figure5Rows(target, site)];
        if (rows.Length == 0)
        {
            return;
        }

        ShotCount[] shots = [.. rows.Select(row => row.Shots).Distinct()];
        page.Paragraph($"## Figure 5: carried over to {target}").Paragraph($"Measured on {site}.");
        page.Table(
            ["source", "classifier", .. shots.Select(count => Number($"{count} a class"))],
            [
                .. rows.GroupBy(row => (row.Source, row.Classifier))
                    .Select(line =>
                        new[] { line.Key.Source, line.Key.Classifier.Title() }
                            .Concat(
                                shots.Select(count =>
                                    line.FirstOrDefault(row => row.Shots == count) is { } cell
                                        ? StudyPage.Mean(cell.BySeed)
                                        : ""
                                )
                            )
                            .ToArray()
                    ),
            ]
        );
    }

    /// <summary>The cells of Figure 5 for a target, in the plan's order of sources.</summary>
    public IEnumerable<Figure5Row> Figure5Rows(string target, ComputeSite site)
    {
        var here = measurements.Where(one => one.Site == site).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return plan
            .Runs.OfType<TransferRun>()
            .Where(run => run.Target == target && here.ContainsKey(run.Id))
            .SelectMany(run => here[run.Id].Transfers.Select(row => (run.Source, Row: row)))
            .GroupBy(cell => (cell.Source, cell.Row.Classifier, cell.Row.Shots))
            .Select(cell => new Figure5Row(
                cell.Key.Source,
                cell.Key.Classifier,
                cell.Key.Shots,
                [.. cell.Select(one => one.Row.Mean)]
            ));
    }

    /// <summary>Begins a part's table with its title; null, and nothing written, where nothing was measured.</summary>
    internal IReadOnlyList<SeedMeasurements>? Seeds(PaperPart part, StudyPage page, string title)
    {
        if (!plan.Options.Parts.Contains(part) || SiteOf(part) is not { } site)
        {
            return null;
        }

        IReadOnlyList<SeedMeasurements> seeds = SeedMeasurements.Of(measurements, site);
        Split split = measurements.First(one => one.Site == site && one.Accuracies.Count > 0).Split;
        page.Paragraph($"## {title}")
            .Paragraph(
                $"Measured on {site}, up to {seeds.Count} training seeds, on the "
                    + $"{split.ToString().ToLowerInvariant()} split."
            );
        return seeds;
    }

    /// <summary>A model's accuracy in one training seed; null where it was not measured.</summary>
    internal static double? Top1(
        SeedMeasurements seed,
        SourceTask task,
        PaperArchitecture architecture,
        AccuracyMethod method,
        Granularity testedOn
    ) => Of(seed, task, architecture)?.Accuracy(method, testedOn)?.Top1;

    /// <summary>The measurement of a model in one training seed.</summary>
    internal static Measurement? Of(SeedMeasurements seed, SourceTask task, PaperArchitecture architecture) =>
        seed[SeedMeasurements.Stem(TrainingRun.IdOf(task, architecture, seed.Seed))];

    private static string Mean(IReadOnlyList<SeedMeasurements> seeds, Func<SeedMeasurements, double?> value)
    {
        double[] values = [.. seeds.Select(value).OfType<double>()];
        return values.Length == 0 ? "" : StudyPage.Mean(values);
    }

    private static string Paper(double percent) =>
        percent.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A cell of Figure 5.</summary>
/// <param name="Source">The source.</param>
/// <param name="Classifier">The classifier on its features.</param>
/// <param name="Shots">Training clips a class.</param>
/// <param name="BySeed">Mean accuracy over the draws, one value a training seed, in [0, 1].</param>
internal sealed record Figure5Row(
    string Source,
    ClassifierKind Classifier,
    ShotCount Shots,
    IReadOnlyList<double> BySeed
);
