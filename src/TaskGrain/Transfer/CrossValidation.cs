using TaskGrain.Inference;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>
/// Trains one replica for every fold and setting side by side, looks at the held-out clips every few updates, and
/// takes the setting and number of updates with the lowest held-out loss, pooled over the folds.
/// </summary>
internal sealed class CrossValidation
{
    private readonly ClassifierKind _kind;
    private readonly SequenceSet _set;
    private readonly int _classes;
    private readonly FewShotOptions _options;
    private readonly int[][] _heldOut;
    private readonly Candidate[] _candidates;

    public CrossValidation(
        ClassifierKind kind,
        SequenceSet set,
        int classes,
        FewShotOptions options,
        int folds,
        SeededRandom random
    )
    {
        _kind = kind;
        _set = set;
        _classes = classes;
        _options = options;
        int[] foldOf = StratifiedFolds.Draw(set.Labels, folds, random.Derive(0).NextUInt64());
        _heldOut = [.. Enumerable.Range(0, folds).Select(fold => Where(foldOf, own => own == fold))];
        _candidates =
        [
            .. options.Settings.Select(setting => new Candidate(
                setting,
                NewReplicas(foldOf, folds, setting, random),
                set.Count
            )),
        ];
    }

    /// <summary>The number of updates after which training stops at the latest.</summary>
    public static int MaxUpdates(int clips, FewShotOptions options)
    {
        double larger = Math.Max(1, clips / (10.0 * options.BatchSize));
        return (int)(options.MaxUpdates * larger) / options.UpdatesPerCheck * options.UpdatesPerCheck;
    }

    /// <summary>Chooses.</summary>
    /// <returns>The best candidate's setting, updates and held-out predictions.</returns>
    public (FewShotSetting Setting, int Updates, double Loss, double Accuracy, float[][] HeldOut) Choose(
        CancellationToken cancel
    )
    {
        int limit = MaxUpdates(_set.Count, _options);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.ThreadCount,
            CancellationToken = cancel,
        };
        for (int updates = _options.UpdatesPerCheck; updates <= limit; updates += _options.UpdatesPerCheck)
        {
            Candidate[] open =
            [
                .. _candidates.Where(candidate =>
                    updates - candidate.BestUpdates <= _options.Patience * _options.UpdatesPerCheck
                ),
            ];
            if (open.Length == 0)
            {
                break;
            }

            int folds = _heldOut.Length;
            Parallel.For(
                0,
                open.Length * folds,
                parallel,
                i =>
                {
                    Candidate candidate = open[i / folds];
                    Replica replica = candidate.Replicas[i % folds];
                    replica.Train(_options.UpdatesPerCheck, cancel);
                    HeadClassifier.PredictBatch(replica.Head, _set, _heldOut[i % folds], candidate.Rows);
                }
            );
            foreach (Candidate candidate in open)
            {
                candidate.Look(updates, _set.Labels);
            }
        }

        Candidate best = _candidates.MinBy(candidate => candidate.BestLoss)!;
        return (best.Setting, best.BestUpdates, best.BestLoss, Accuracy(best.BestRows, _set.Labels), best.BestRows);
    }

    /// <summary>Share of rows whose largest entry is the label's.</summary>
    public static double Accuracy(IReadOnlyList<float[]> rows, IReadOnlyList<int> labels) =>
        rows.Zip(labels, (row, label) => ScoreMatrix.BestOf(row) == label ? 1.0 : 0).Average();

    private static int[] Where(int[] foldOf, Func<int, bool> predicate) =>
        [.. Enumerable.Range(0, foldOf.Length).Where(clip => predicate(foldOf[clip]))];

    private Replica[] NewReplicas(int[] foldOf, int folds, FewShotSetting setting, SeededRandom random) =>
        [
            .. Enumerable
                .Range(0, folds)
                .Select(fold => new Replica(
                    Head.Create(_kind, _set.Width, _classes, _options.Hidden(_kind), _options.StepStride),
                    _set,
                    Where(foldOf, own => own != fold),
                    setting,
                    _options,
                    random.Derive(1 + (ulong)fold)
                )),
        ]; // the same start and order for every setting, so that they differ in it alone

    /// <summary>A setting's replicas, and their best moment so far.</summary>
    private sealed class Candidate(FewShotSetting setting, Replica[] replicas, int clips)
    {
        public FewShotSetting Setting => setting;

        public Replica[] Replicas => replicas;

        public float[][] Rows { get; } = new float[clips][];

        public float[][] BestRows { get; private set; } = [];

        public int BestUpdates { get; private set; }

        public double BestLoss { get; private set; } = double.PositiveInfinity;

        public void Look(int updates, int[] labels)
        {
            double loss = Rows.Zip(labels, (row, label) => -Math.Log(Math.Max(row[label], 1e-6f))).Average();
            if (loss < BestLoss)
            {
                (BestLoss, BestUpdates, BestRows) = (loss, updates, [.. Rows]);
            }
        }
    }
}
