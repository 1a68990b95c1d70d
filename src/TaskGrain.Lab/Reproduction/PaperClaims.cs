using TaskGrain.Evaluation;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Reproduction;

/// <summary>The paper's claims that the plan's runs decide, at a size.</summary>
internal static class PaperClaims
{
    /// <summary>"At least as good" allows for this much less.</summary>
    internal const double AsGood = 0.01;

    /// <summary>The claims.</summary>
    /// <param name="size">The size of the runs.</param>
    /// <param name="target">The target of Figure 5 that claims are judged on.</param>
    public static IReadOnlyList<Claim> Of(ReproductionSize size, string target)
    {
        SizeRecipe recipe = SizeRecipe.Of(size);
        var runs = new Runs(recipe, target);
        return
        [
            new Claim(
                1,
                "3D features beat 2D features",
                PaperPart.Table1,
                [runs.Categories("M(256-0)", "M(0-256)"), runs.Categories("M(512-0)", "M(0-512)")]
            ),
            new Claim(
                2,
                "mixed channels are at least as good as a pure 3D channel of the same size",
                PaperPart.Table1,
                [
                    runs.Categories("M(384-128)", "M(512-0)", AsGood),
                    runs.Categories("M(256-256)", "M(512-0)", AsGood),
                    runs.Categories("M(128-384)", "M(512-0)", AsGood),
                ]
            ),
            new Claim(
                3,
                "trained on fine labels beats trained on coarse ones, at the coarse task",
                PaperPart.Table2,
                [
                    new ClaimComparison(
                        "groups: from categories − trained on groups",
                        seed =>
                            runs.Accuracy(
                                seed,
                                SourceTask.Categories,
                                AccuracyMethod.SummedFromFiner,
                                Granularity.ActionGroups
                            ),
                        seed =>
                            runs.Accuracy(seed, SourceTask.Groups, AccuracyMethod.Classifier, Granularity.ActionGroups)
                    ),
                ]
            ),
            new Claim(
                4,
                "features learned from fine labels beat those from coarse ones, by a linear probe",
                PaperPart.Table2,
                [
                    new ClaimComparison(
                        "probe for categories: fine − coarse",
                        seed => runs.Probe(seed, SourceTask.Categories),
                        seed => runs.Probe(seed, SourceTask.Groups)
                    ),
                ]
            ),
            new Claim(
                5,
                "a single frame tells less than averaged frames, and these less than an LSTM over them",
                PaperPart.Table3,
                [
                    FrameBaselines(BaselineMethod.AveragedFrames, BaselineMethod.MiddleFrame),
                    FrameBaselines(BaselineMethod.Lstm, BaselineMethod.AveragedFrames),
                ]
            ),
            new Claim(
                6,
                "a trained captioner beats the template baseline",
                PaperPart.Table7,
                [
                    new ClaimComparison(
                        "exact match: decoder − template",
                        seed => runs.Exact(seed, SourceTask.SimplifiedJoint, CaptionMethod.Decoder),
                        seed => runs.Exact(seed, SourceTask.SimplifiedJoint, CaptionMethod.Template)
                    ),
                ]
            ),
            new Claim(
                7,
                "joint training beats captioning alone, on captions and on features",
                PaperPart.Table7,
                [
                    new ClaimComparison(
                        "exact match: joint − alone",
                        seed => runs.Exact(seed, SourceTask.SimplifiedJoint, CaptionMethod.Decoder),
                        seed => runs.Exact(seed, SourceTask.SimplifiedAlone, CaptionMethod.Decoder)
                    ),
                    new ClaimComparison(
                        "probe for categories: joint − alone",
                        seed => runs.Probe(seed, SourceTask.SimplifiedJoint),
                        seed => runs.Probe(seed, SourceTask.SimplifiedAlone)
                    ),
                ]
            ),
            new Claim(
                8,
                "the equal split is best for captions",
                PaperPart.Table6,
                [
                    .. PaperFigures
                        .Table6.Select(row => row.Architecture.ToString())
                        .Where(name => name != "M(256-256)")
                        .Select(name => runs.Captions("M(256-256)", name)),
                ]
            ),
            new Claim(
                9,
                "BiLSTM beats MLP beats logistic regression, on frozen features",
                PaperPart.Figure5,
                [
                    runs.Classifiers(ClassifierKind.BiLstm, ClassifierKind.Mlp),
                    runs.Classifiers(ClassifierKind.Mlp, ClassifierKind.LogisticRegression),
                ]
            ),
            new Claim(
                10,
                "our sources beat the external one",
                PaperPart.Figure5,
                [
                    .. ReproductionPlan
                        .TransferTasks.Where(task => task != SourceTask.CaptionsAlone)
                        .Select(task => runs.Sources(task.Title, ReproductionPlan.ImageNet)),
                ]
            ),
            new Claim(
                11,
                "a finer source task beats a coarser one",
                PaperPart.Figure5,
                [
                    runs.Sources(SourceTask.Categories.Title, SourceTask.Groups.Title),
                    runs.Sources(SourceTask.SimplifiedJoint.Title, SourceTask.Categories.Title),
                    runs.Sources(SourceTask.CaptionsJoint.Title, SourceTask.SimplifiedJoint.Title),
                ]
            ),
            new Claim(
                12,
                "captions with categories are the best source, captions alone the exception",
                PaperPart.Figure5,
                [
                    .. ReproductionPlan
                        .TransferTasks.Where(task => task != SourceTask.CaptionsJoint)
                        .Select(task => runs.Sources(SourceTask.CaptionsJoint.Title, task.Title)),
                    runs.Sources(SourceTask.Groups.Title, SourceTask.CaptionsAlone.Title),
                ]
            ),
        ];
    }

    private static ClaimComparison FrameBaselines(BaselineMethod first, BaselineMethod second)
    {
        double? Share(SeedMeasurements seed, BaselineMethod method) =>
            seed[FrameBaselineRun.Stem]?.FrameBaselines?.Runs.SingleOrDefault(run => run.Method == method)
                is { Right: { } right } run
                ? (double)right / run.Clips
                : null;
        return new(
            $"categories: {first.Words()} − {second.Words()}",
            seed => Share(seed, first),
            seed => Share(seed, second)
        );
    }

    /// <summary>Finds the numbers that claims compare.</summary>
    private sealed class Runs(SizeRecipe recipe, string target)
    {
        private readonly PaperArchitecture _equal = ReproductionPlan.Equal(recipe);

        public ClaimComparison Categories(string first, string second, double margin = 0) =>
            new(
                $"categories: {first} − {second}",
                seed =>
                    Accuracy(
                        seed,
                        SourceTask.Categories,
                        AccuracyMethod.Classifier,
                        Granularity.ActionCategories,
                        first
                    ),
                seed =>
                    Accuracy(
                        seed,
                        SourceTask.Categories,
                        AccuracyMethod.Classifier,
                        Granularity.ActionCategories,
                        second
                    ),
                margin
            );

        public ClaimComparison Captions(string first, string second) =>
            new(
                $"exact match: {first} − {second}",
                seed => Exact(seed, SourceTask.SimplifiedJoint, CaptionMethod.Decoder, first),
                seed => Exact(seed, SourceTask.SimplifiedJoint, CaptionMethod.Decoder, second)
            );

        public ClaimComparison Sources(string first, string second) =>
            new($"{first} − {second}", seed => Transfer(seed, first, null), seed => Transfer(seed, second, null));

        public ClaimComparison Classifiers(ClassifierKind first, ClassifierKind second)
        {
            double? Mean(SeedMeasurements seed, ClassifierKind kind)
            {
                double?[] sources =
                [
                    .. ReproductionPlan.TransferTasks.Select(task => Transfer(seed, task.Title, kind)),
                ];
                return sources.Any(value => value is null) ? null : sources.Average();
            }

            return new(
                $"{first.Title()} − {second.Title()}, mean of the trained sources",
                seed => Mean(seed, first),
                seed => Mean(seed, second)
            );
        }

        public double? Accuracy(
            SeedMeasurements seed,
            SourceTask task,
            AccuracyMethod method,
            Granularity testedOn,
            string architecture = "M(256-256)"
        ) => Of(seed, task, architecture)?.Accuracy(method, testedOn)?.Top1;

        public double? Probe(SeedMeasurements seed, SourceTask task) =>
            Accuracy(seed, task, AccuracyMethod.LinearProbe, Granularity.ActionCategories);

        public double? Exact(
            SeedMeasurements seed,
            SourceTask task,
            CaptionMethod method,
            string architecture = "M(256-256)"
        ) => Of(seed, task, architecture)?.Caption(method)?.Scores.ExactMatch;

        private Measurement? Of(SeedMeasurements seed, SourceTask task, string architecture)
        {
            PaperArchitecture wanted = recipe.Architectures.Single(one => one.Paper.ToString() == architecture);
            return seed[SeedMeasurements.Stem(TrainingRun.IdOf(task, wanted, seed.Seed))];
        }

        /// <summary>Mean accuracy of a source over numbers of shots, with one classifier or all.</summary>
        private double? Transfer(SeedMeasurements seed, string source, ClassifierKind? classifier)
        {
            SourceTask? task = ReproductionPlan.TransferTasks.FirstOrDefault(one => one.Title == source);
            var run = new TransferRun
            {
                Seed = seed.Seed,
                Parts = [],
                Source = source,
                Target = target,
                Model = task is null
                    ? null
                    : new TrainingRun
                    {
                        Seed = seed.Seed,
                        Parts = [],
                        Task = task,
                        Architecture = _equal,
                    },
                Named = ReproductionPlan.Shipped.Contains(source) ? source : null,
            };
            TransferRow[] rows =
            [
                .. seed[SeedMeasurements.Stem(run.Id)]
                    ?.Transfers.Where(row => classifier is null || row.Classifier == classifier)
                    ?? [],
            ];
            return rows.Length == 0 ? null : rows.Average(row => row.Mean);
        }
    }
}
