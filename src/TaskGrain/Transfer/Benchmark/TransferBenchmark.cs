using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// The paper's transfer benchmark (Section 6, Figure 5) on extracted features: every source × classifier × number of
/// shots, over several draws that are the same for every source.
/// </summary>
internal static class TransferBenchmark
{
    /// <summary>The file of finished runs in the output folder.</summary>
    public const string CellsName = "cells.jsonl";

    /// <summary>Runs what the output folder does not have yet, and writes tables and plot.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="sources">Features of its clips, from weak to strong where that is expected.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="folder">
    /// Receives the runs, <c>transfer.md</c>, <c>transfer.json</c>, <c>figure5.png</c> and <c>figure5.svg</c>.
    /// </param>
    /// <param name="progress">Told after every run, or null.</param>
    /// <param name="cancel">Stops within a run; finished ones stay.</param>
    /// <param name="present">
    /// The target's clips as they are now: their labels and splits count, whatever the stores remember of the day they
    /// were
    /// made, and clips that are no more among them are left out. Null: what the stores say.
    /// </param>
    /// <returns>All results.</returns>
    /// <exception cref="TaskGrainException">The sources' clips do not match, or too few have labels.</exception>
    public static TransferResults Run(
        string target,
        IReadOnlyList<string> classes,
        IReadOnlyList<TransferSource> sources,
        TransferOptions options,
        string folder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default,
        IReadOnlyList<TargetClip>? present = null
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireNames([.. sources.Select(source => source.Name)]);
        (List<TargetClip> clips, int leftOut) = present is null
            ? CommonClips(sources, classes)
            : CommonClips(sources, present);
        int copies = RemoveCopies(clips, sources[0].Features);
        using var log = new CellLog(Path.Combine(folder, CellsName));
        List<TransferCell> cells = RunCells(clips, classes.Count, sources, options, log, progress, cancel);

        List<TransferRow> rows =
        [
            .. cells
                .GroupBy(cell => (cell.Source, cell.Classifier, cell.Shots))
                .Select(group => new TransferRow(
                    group.Key.Source,
                    group.Key.Classifier,
                    group.Key.Shots,
                    [.. group.OrderBy(cell => cell.Run).Select(cell => cell.Correct)],
                    cells[0].TestClips
                )),
        ];
        var results = new TransferResults
        {
            Target = target,
            Classes = classes.Count,
            TrainClips = clips.Count(clip => clip is { Split: Split.Train, Class: >= 0 }),
            FullShots = FewShotDraw.FullShots(clips),
            TestClips = cells[0].TestClips,
            Runs = options.Runs,
            Seed = options.Seed,
            LeftOut = leftOut,
            Copies = copies,
            Sources =
            [
                .. sources.Select(source => new TransferSourceRow(
                    source.Name,
                    source.Features.Source.Description,
                    source.Features.Source.Identity
                )),
            ],
            Classifiers = options.Classifiers,
            Shots = options.Shots,
            Rows = rows,
            SourceComparisons = options.Runs > 1 ? TransferComparisons.OfSources(rows) : [],
            ClassifierComparisons = options.Runs > 1 ? TransferComparisons.OfClassifiers(rows) : [],
        };
        TransferReport.Write(results, folder);
        return results;
    }

    private static List<TransferCell> RunCells(
        List<TargetClip> clips,
        int classes,
        IReadOnlyList<TransferSource> sources,
        TransferOptions options,
        CellLog log,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        int total = sources.Count * options.Classifiers.Count * options.Shots.Count * options.Runs;
        List<TransferCell> cells = new(total);
        long started = Stopwatch.GetTimestamp();
        int made = 0;
        foreach (TransferSource source in sources)
        {
            // One source's features at a time: eight sources of a large target need not fit into memory together.
            Lazy<FeatureSequence[]> features = new(() => [.. clips.Select(clip => Read(source, clip))]);
            foreach (ClassifierKind kind in options.Classifiers)
            {
                FewShotOptions training = options.TrainingOf(kind);
                foreach (
                    (ShotCount shots, int run) in options.Shots.SelectMany(shots =>
                        Enumerable.Range(0, options.Runs).Select(run => (shots, run))
                    )
                )
                {
                    cancel.ThrowIfCancellationRequested();
                    FewShotDraw draw = FewShotDraw.Create(clips, shots.Clips, run, options.Seed);
                    ulong seed = new SeededRandom(options.Seed).Derive((ulong)run).NextUInt64();
                    string key = Key(source, kind, training, clips, draw, seed);
                    if (!log.TryGet(key, out TransferCell? cell))
                    {
                        cell = RunCell(key, kind, training, features.Value, clips, draw, classes, seed, cancel) with
                        {
                            Source = source.Name,
                            Shots = shots,
                            Run = run,
                        };
                        log.Add(cell);
                        made++;
                    }

                    // Found under its key, the run may have another name: 10 shots of 10 clips are the full set.
                    cells.Add(cell! with { Source = source.Name, Shots = shots, Run = run });
                    double rate = made / Stopwatch.GetElapsedTime(started).TotalSeconds;
                    progress?.Report(
                        new WorkProgress(
                            "transfer",
                            cells.Count,
                            total,
                            "runs",
                            rate,
                            $"{source.Name}, {kind.Word()}, {shots} shots: {cell!.Accuracy:P1}"
                        )
                    );
                }
            }
        }

        return cells;
    }

    private static TransferCell RunCell(
        string key,
        ClassifierKind kind,
        FewShotOptions training,
        FeatureSequence[] features,
        List<TargetClip> clips,
        FewShotDraw draw,
        int classes,
        ulong seed,
        CancellationToken cancel
    )
    {
        long started = Stopwatch.GetTimestamp();
        FewShotFit fit = FewShotTrainer.Fit(
            kind,
            [.. draw.Train.Select(i => features[i])],
            [.. draw.Train.Select(i => clips[i].Class)],
            classes,
            training,
            seed,
            cancel
        );
        float[][] rows = fit.Classifier.Predict([.. draw.Test.Select(i => features[i])]);
        return new TransferCell
        {
            Key = key,
            Source = "",
            Classifier = kind,
            Shots = ShotCount.Full,
            Run = 0,
            TrainClips = draw.Train.Count,
            TestClips = draw.Test.Count,
            Correct = rows.Zip(draw.Test, (row, i) => ScoreMatrix.BestOf(row) == clips[i].Class ? 1 : 0).Sum(),
            Setting = fit.Selection.Setting,
            Updates = fit.Selection.Updates,
            HeldOutAccuracy = fit.Selection.Accuracy,
            VarianceKept = fit.Selection.VarianceKept,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    private static string Key(
        TransferSource source,
        ClassifierKind kind,
        FewShotOptions training,
        List<TargetClip> clips,
        FewShotDraw draw,
        ulong seed
    )
    {
        var text = new StringBuilder();
        text.Append(source.Features.Source.Identity).Append(source.Features.Type).Append('\n');
        text.Append(kind.Word())
            .Append(JsonSerializer.Serialize(training with { Threads = 0 }))
            .Append(seed)
            .Append('\n');
        foreach (int i in draw.Train.Append(-1).Concat(draw.Test))
        {
            text.Append(i < 0 ? "test" : $"{clips[i].Id}={clips[i].Class}").Append('\n');
        }

        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Refuses sources that no table could tell apart.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="TaskGrainException">There is none, or two have the same name.</exception>
    internal static void RequireNames(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            throw new TaskGrainException("the benchmark needs at least one source.");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new TaskGrainException($"two sources are called '{twice.Key}'; give each a name of its own.");
        }
    }

    /// <summary>The labelled training and test clips that every source has; labels and splits must agree.</summary>
    private static (List<TargetClip> Clips, int LeftOut) CommonClips(
        IReadOnlyList<TransferSource> sources,
        IReadOnlyList<string> classes
    )
    {
        Dictionary<string, int> classOf = classes
            .Select((name, i) => (name, i))
            .ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        List<TargetClip> clips = [];
        HashSet<string> everywhere = new(sources[0].Features.Entries.Select(entry => entry.Id), StringComparer.Ordinal);
        HashSet<string> anywhere = new(everywhere, StringComparer.Ordinal);
        foreach (TransferSource source in sources.Skip(1))
        {
            everywhere.IntersectWith(source.Features.Entries.Select(entry => entry.Id));
            anywhere.UnionWith(source.Features.Entries.Select(entry => entry.Id));
        }

        foreach (FeatureEntry entry in sources[0].Features.Entries.Where(entry => everywhere.Contains(entry.Id)))
        {
            foreach (TransferSource source in sources.Skip(1))
            {
                source.Features.TryIndexOf(entry.Id, out int index);
                FeatureEntry other = source.Features.Entries[index];
                if ((other.Label, other.Split) != (entry.Label, entry.Split))
                {
                    throw new TaskGrainException(
                        $"clip '{entry.Id}' is {entry.Split} '{entry.Label}' in {sources[0].Features.Folder} and "
                            + $"{other.Split} '{other.Label}' in {source.Features.Folder}; extract both from the "
                            + $"same data set."
                    );
                }
            }

            if (entry.Label is null || entry.Split is not { } split)
            {
                continue;
            }

            clips.Add(
                classOf.TryGetValue(entry.Label, out int label)
                    ? new TargetClip(entry.Id, split, label)
                    : throw new TaskGrainException(
                        $"{sources[0].Features.Folder}: clip '{entry.Id}' has the label '{entry.Label}', which is "
                            + $"none of the target's classes."
                    )
            );
        }

        return (clips, anywhere.Count - everywhere.Count);
    }

    /// <summary>
    /// The target's labelled training and test clips that every source has, with the labels and splits that the target
    /// gives them now.
    /// </summary>
    private static (List<TargetClip> Clips, int LeftOut) CommonClips(
        IReadOnlyList<TransferSource> sources,
        IReadOnlyList<TargetClip> present
    )
    {
        TargetClip[] wanted = [.. present.Where(clip => clip is { Class: >= 0, Split: Split.Train or Split.Test })];
        List<TargetClip> clips =
        [
            .. wanted.Where(clip => sources.All(source => source.Features.TryIndexOf(clip.Id, out _))),
        ];
        return (clips, wanted.Length - clips.Count);
    }

    /// <summary>Takes out training clips whose pixels a test clip has too: no clip may be on both sides.</summary>
    private static int RemoveCopies(List<TargetClip> clips, FeatureStore features)
    {
        string? Content(TargetClip clip) =>
            features.TryIndexOf(clip.Id, out int index) ? features.Entries[index].Content : null;
        HashSet<string> tested = [.. clips.Where(clip => clip.Split == Split.Test).Select(Content).OfType<string>()];
        return clips.RemoveAll(clip =>
            clip.Split == Split.Train && Content(clip) is { } content && tested.Contains(content)
        );
    }

    private static FeatureSequence Read(TransferSource source, TargetClip clip)
    {
        source.Features.TryIndexOf(clip.Id, out int index);
        return source.Features.Read(index);
    }
}
