using TaskGrain.Evaluation;
using TaskGrain.Inference.Features;
using TaskGrain.Lab.Studies;
using TaskGrain.Models;

namespace TaskGrain.Lab.Reproduction;

/// <summary>All runs of a reproduction, each once, whichever parts of the paper use it.</summary>
internal sealed class ReproductionPlan
{
    /// <summary>The kitchenware target's name.</summary>
    public const string Kitchenware = "kitchenware";

    /// <summary>The untrained source's name.</summary>
    public const string Untrained = "untrained";

    private readonly Dictionary<string, PlannedRun> _byId;

    private ReproductionPlan(ReproductionOptions options, IReadOnlyList<PlannedRun> runs)
    {
        Options = options;
        Runs = runs;
        _byId = runs.ToDictionary(run => run.Id, StringComparer.Ordinal);
    }

    /// <summary>What it was made from.</summary>
    public ReproductionOptions Options { get; }

    /// <summary>
    /// The runs in the order they are best made in: seed by seed, so that a plan that is stopped early has whole
    /// comparisons; a run comes after the one it needs.
    /// </summary>
    public IReadOnlyList<PlannedRun> Runs { get; }

    /// <summary>The trained sources of Figure 5, from coarse to fine, with the paper's exception last.</summary>
    public static IReadOnlyList<SourceTask> TransferTasks => GranularityTransferStudy.Tasks;

    /// <summary>The equal division at a size: the paper's M(256-256).</summary>
    public static PaperArchitecture Equal(SizeRecipe recipe) =>
        recipe.Architectures.Single(architecture =>
            architecture.Paper.Features3D == 256 && architecture.Paper.Features2D == 256
        );

    /// <summary>The run of a name.</summary>
    /// <param name="id">Its name.</param>
    public PlannedRun Run(string id) => _byId[id];

    /// <summary>Makes the plan.</summary>
    /// <param name="options">What for.</param>
    public static ReproductionPlan Of(ReproductionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        SizeRecipe recipe = SizeRecipe.Of(options.Size);
        var runs = new List<PlannedRun>();
        for (int seed = 1; seed <= options.Seeds; seed++)
        {
            IReadOnlyList<TrainingRun> trained = Trained(recipe, options.Parts, seed);
            runs.AddRange(trained);
            PaperPart[] frames = [.. options.Parts.Where(part => part is PaperPart.Table3 or PaperPart.Table4)];
            if (frames.Length > 0)
            {
                runs.Add(new FrameBaselineRun { Seed = seed, Parts = frames });
            }

            if (options.Parts.Contains(PaperPart.Figure5))
            {
                runs.AddRange(Transfers(options, recipe, trained, seed));
            }
        }

        return new ReproductionPlan(options, runs);
    }

    private static List<TrainingRun> Trained(SizeRecipe recipe, IReadOnlyList<PaperPart> parts, int seed)
    {
        PaperArchitecture equal = Equal(recipe);
        var wanted = new List<(PaperPart Part, SourceTask Task, PaperArchitecture Architecture)>
        {
            (PaperPart.Table2, SourceTask.Groups, equal),
            (PaperPart.Table2, SourceTask.Categories, equal),
            (PaperPart.Table7, SourceTask.SimplifiedJoint, equal),
            (PaperPart.Table7, SourceTask.SimplifiedAlone, equal),
            (PaperPart.Stability, SourceTask.CaptionsJoint, equal),
        };
        wanted.AddRange(TransferTasks.Select(task => (PaperPart.Figure5, task, equal)));
        foreach (PaperArchitecture architecture in recipe.Architectures)
        {
            wanted.Add((PaperPart.Table1, SourceTask.Categories, architecture));
            if (PaperFigures.Table6.Any(row => row.Architecture == architecture.Paper))
            {
                wanted.Add((PaperPart.Table6, SourceTask.SimplifiedJoint, architecture));
                wanted.Add((PaperPart.Table8, SourceTask.CaptionsJoint, architecture));
            }
        }

        return
        [
            .. wanted
                .Where(run => parts.Contains(run.Part))
                .GroupBy(run => TrainingRun.IdOf(run.Task, run.Architecture, seed), StringComparer.Ordinal)
                .Select(same => new TrainingRun
                {
                    Seed = seed,
                    Parts = [.. same.Select(run => run.Part).Distinct().Order()],
                    Task = same.First().Task,
                    Architecture = same.First().Architecture,
                }),
        ];
    }

    private static IEnumerable<TransferRun> Transfers(
        ReproductionOptions options,
        SizeRecipe recipe,
        IReadOnlyList<TrainingRun> trained,
        int seed
    )
    {
        PaperArchitecture equal = Equal(recipe);
        PaperPart[] part = [PaperPart.Figure5];
        string[] targets =
        [
            .. options.Real.Select(target => target.Name),
            .. options.Data is null || options.Kitchenware is not null ? new[] { Kitchenware } : [],
        ];
        foreach (string target in targets)
        {
            yield return new TransferRun
            {
                Seed = seed,
                Parts = part,
                Source = Untrained,
                Target = target,
            };
            foreach (SourceTask task in TransferTasks)
            {
                yield return new TransferRun
                {
                    Seed = seed,
                    Parts = part,
                    Source = task.Title,
                    Model = trained.Single(run => run.Task == task && run.Architecture == equal),
                    Target = target,
                };
            }

            // For tests they would be most of the time.
            foreach (string named in options.Size == ReproductionSize.Micro ? [] : Shipped)
            {
                yield return new TransferRun
                {
                    Seed = seed,
                    Parts = part,
                    Source = named,
                    Named = named,
                    Target = target,
                };
            }
        }
    }

    /// <summary>
    /// Sources that come with the program: ours, trained for longer on all categories, and the external.
    /// </summary>
    internal static IReadOnlyList<string> Shipped { get; } = [ModelCatalog.DefaultName, ImageNet];

    /// <summary>The external source: its weights come with the program.</summary>
    internal const string ImageNet = ImageNetResNet18.Name;
}
