using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;

namespace TaskGrain.Lab.Reproduction;

/// <summary>What was measured for each part of the paper, each part from one site alone.</summary>
/// <param name="plan">The plan.</param>
/// <param name="measurements">What was measured, at any sites.</param>
internal sealed class PartMeasurements(ReproductionPlan plan, IReadOnlyCollection<Measurement> measurements)
{
    /// <summary>What the plan's size stands for.</summary>
    public SizeRecipe Recipe { get; } = SizeRecipe.Of(plan.Options.Size);

    /// <summary>
    /// The site whose measurements a part's table shows: the one that has most of the part's runs. Null where nothing
    /// was measured.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="target">For Figure 5: the target.</param>
    public ComputeSite? SiteOf(PaperPart part, string? target = null)
    {
        IEnumerable<PlannedRun> runs = target is null ? RunsOf(part) : RunsTo(target).Intersect(RunsOf(part));
        return Of(runs).GroupBy(one => one.Site).OrderByDescending(ofSite => ofSite.Count()).FirstOrDefault()?.Key;
    }

    /// <summary>The measurements of a site, by the runs' names.</summary>
    /// <param name="site">The site.</param>
    public IReadOnlyDictionary<string, Measurement> At(ComputeSite site) =>
        measurements.Where(one => one.Site == site).ToDictionary(one => one.Id, StringComparer.Ordinal);

    /// <summary>The runs that carry over to a target, in the plan's order of sources.</summary>
    /// <param name="target">The target's name.</param>
    public IEnumerable<TransferRun> RunsTo(string target) =>
        plan.Runs.OfType<TransferRun>().Where(run => run.Target == target);

    /// <summary>The site of a part that the plan asks for; null where it does not, or nothing was measured.</summary>
    /// <param name="part">The part.</param>
    public ComputeSite? WantedSite(PaperPart part) => plan.Options.Parts.Contains(part) ? SiteOf(part) : null;

    /// <summary>Begins a part's table with its title.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="part">The part.</param>
    /// <param name="title">Its heading.</param>
    /// <returns>What was measured, seed by seed; null, and nothing written, where nothing was.</returns>
    public IReadOnlyList<SeedMeasurements>? Begin(StudyPage page, PaperPart part, string title)
    {
        if (WantedSite(part) is not { } site)
        {
            return null;
        }

        Measurement[] own = [.. Of(RunsOf(part)).Where(one => one.Site == site)];
        IReadOnlyList<SeedMeasurements> seeds = SeedMeasurements.Of(own, site);
        Split split = own.First(one => one.Accuracies.Count > 0).Split;
        page.Paragraph($"## {title}")
            .Paragraph(
                $"Measured on {site}, up to {seeds.Count} training seeds, on the "
                    + $"{split.ToString().ToLowerInvariant()} split."
            );
        return seeds;
    }

    /// <summary>A model's accuracy in one training seed; null where it was not measured.</summary>
    public static double? Top1(
        SeedMeasurements seed,
        SourceTask task,
        PaperArchitecture architecture,
        AccuracyMethod method,
        Granularity testedOn
    ) => Of(seed, task, architecture)?.Accuracy(method, testedOn)?.Top1;

    /// <summary>The measurement of a model in one training seed.</summary>
    public static Measurement? Of(SeedMeasurements seed, SourceTask task, PaperArchitecture architecture) =>
        seed[SeedMeasurements.Stem(TrainingRun.IdOf(task, architecture, seed.Seed))];

    /// <summary>The mean of a model's accuracy over the seeds, with its interval; empty where none has it.</summary>
    public static string MeanTop1(
        IReadOnlyList<SeedMeasurements> seeds,
        SourceTask task,
        PaperArchitecture architecture,
        AccuracyMethod method,
        Granularity testedOn
    ) => Mean(seeds, seed => Top1(seed, task, architecture, method, testedOn));

    /// <summary>The mean over the seeds that have a value, with its interval; empty where none has.</summary>
    public static string Mean(IReadOnlyList<SeedMeasurements> seeds, Func<SeedMeasurements, double?> value)
    {
        double[] values = [.. seeds.Select(value).OfType<double>()];
        return values.Length == 0 ? "" : StudyPage.Mean(values);
    }

    private IEnumerable<PlannedRun> RunsOf(PaperPart part) => plan.Runs.Where(run => run.Parts.Contains(part));

    private IEnumerable<Measurement> Of(IEnumerable<PlannedRun> runs)
    {
        HashSet<string> wanted = [.. runs.Select(run => run.Id)];
        return measurements.Where(one => wanted.Contains(one.Id));
    }
}
