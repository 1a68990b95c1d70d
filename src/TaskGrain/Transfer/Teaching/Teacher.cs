using System.Diagnostics;
using System.Globalization;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Transfer.Teaching;

/// <summary>A taught model and what is to be known about it.</summary>
/// <param name="Model">Ready to be saved or used; the caller's to dispose.</param>
/// <param name="Report">What was taught, and how good it is.</param>
public sealed record TaughtResult(VideoModel Model, TeachReport Report) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}

/// <summary>Makes a classifier of the user's own classes from a handful of clips of each.</summary>
public static class Teacher
{
    /// <summary>
    /// Extracts features, chooses and trains a classifier, measures it, and joins it with the encoder.
    /// </summary>
    /// <param name="model">The model whose encoder is used; stays as it is.</param>
    /// <param name="folder">The clips.</param>
    /// <param name="options">How to teach; null for the defaults.</param>
    /// <param name="progress">Told after every clip and every training, or null.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The new model and the report.</returns>
    /// <exception cref="TaskGrainException">
    /// There are fewer than two classes, or a class has fewer than two usable clips; the message names all of them.
    /// </exception>
    public static TaughtResult Teach(
        VideoModel model,
        ClipFolder folder,
        TeachOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new TeachOptions();
        options.Validate();
        ClipFolder.RequireEnough(folder.Folder, folder.Classes, folder.Clips, folder.Problems);

        long started = Stopwatch.GetTimestamp();
        var featureOptions = new FeatureOptions();
        using var source = EncoderFeatureSource.Of(model, featureOptions);
        List<ClipProblem> problems = [.. folder.Problems];
        List<(ClassClip Clip, FeatureSequence Features)> extracted = Extract(
            source,
            folder,
            options,
            problems,
            progress,
            cancel
        );
        HashSet<ClassClip> forTest = [.. folder.TestClips];
        List<(ClassClip Clip, FeatureSequence Features)> clips = extracted.FindAll(e => !forTest.Contains(e.Clip));
        List<(ClassClip Clip, FeatureSequence Features)> test = extracted.FindAll(e => forTest.Contains(e.Clip));
        ClipFolder.RequireEnough(folder.Folder, folder.Classes, [.. clips.Select(entry => entry.Clip)], problems);
        double extraction = Stopwatch.GetElapsedTime(started).TotalSeconds;

        started = Stopwatch.GetTimestamp();
        var (shots, leftOver) = Split(clips, options);
        FeatureSequence[] features = [.. shots.Select(entry => entry.Features)];
        int[] labels = [.. shots.Select(entry => entry.Clip.Class)];
        int folds = StratifiedFolds.Possible(labels, options.Folds);
        var counter = new TrainingCounter(options.Classifiers.Count * (folds + 1), progress);
        (FewShotFit best, IReadOnlyList<ClassifierCandidate> candidates) = ClassifierChoice.Fit(
            features,
            labels,
            folder.Classes.Count,
            options,
            options.Classifiers[0],
            counter.Trained,
            cancel
        );
        float[][] heldOut = HeldOut(features, labels, folder.Classes.Count, folds, options, counter, cancel);
        counter.Finish();

        TeachReport report = Report(folder, options, shots, heldOut, best, candidates, folds, problems) with
        {
            ExtractionSeconds = extraction,
            TrainingSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
        report = report with { LeftOver = Measure(best.Classifier, leftOver), Test = Measure(best.Classifier, test) };
        return new TaughtResult(
            TaughtClassifier.Join(model, best.Classifier, HeadOf(report, featureOptions, labels.Length)),
            report
        );
    }

    private static List<(ClassClip Clip, FeatureSequence Features)> Extract(
        EncoderFeatureSource source,
        ClipFolder folder,
        TeachOptions options,
        List<ClipProblem> problems,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        ClassClip[] wanted = [.. folder.Clips, .. folder.TestClips];
        List<(ClassClip Clip, FeatureSequence Features)> extracted = [];
        List<string> content = [];
        long started = Stopwatch.GetTimestamp();
        using var ahead = new ReadAhead<VideoFrames>(
            i => VideoReader.Read(Path.Combine(folder.Folder, wanted[i].Path), source.Info.Frames, cancel),
            wanted.Length
        );
        for (int i = 0; i < wanted.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ClassClip clip = wanted[i];
            try
            {
                VideoFrames frames = ahead.Next();
                double seconds = frames.Count / frames.Format.FramesPerSecond;
                if (seconds < options.ShortestSeconds)
                {
                    problems.Add(
                        new ClipProblem(
                            clip.Path,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"only {seconds:0.00} s long ({frames.Count} frames); not used, a clip needs at "
                                    + $"least {options.ShortestSeconds} s"
                            ),
                            LeftOut: true
                        )
                    );
                }
                else
                {
                    extracted.Add((clip, source.Extract(frames, cancel)));
                    content.Add(FeatureExtraction.ContentHash(frames));
                    if (frames.Warning is { } warning)
                    {
                        problems.Add(new ClipProblem(clip.Path, warning, LeftOut: false));
                    }
                }
            }
            catch (TaskGrainException fault)
            {
                problems.Add(new ClipProblem(clip.Path, $"cannot be read, not used: {fault.Message}", LeftOut: true));
            }

            progress?.Report(
                new WorkProgress(
                    "extracting",
                    i + 1,
                    wanted.Length,
                    "clips",
                    (i + 1) / Stopwatch.GetElapsedTime(started).TotalSeconds
                )
            );
        }

        // Copies in another container or with other metadata differ as files and agree as pictures.
        (List<ClassClip> usable, List<ClipProblem> copies) = ClipFolder.WithoutCopies(
            [.. extracted.Select(entry => entry.Clip)],
            content,
            folder.Classes
        );
        problems.AddRange(copies);
        HashSet<ClassClip> kept = [.. usable];
        return [.. extracted.Where(entry => kept.Contains(entry.Clip))];
    }

    /// <summary>The clips to learn from, and those beyond the wanted number of shots.</summary>
    private static (
        List<(ClassClip Clip, FeatureSequence Features)> Shots,
        List<(ClassClip Clip, FeatureSequence Features)> LeftOver
    ) Split(List<(ClassClip Clip, FeatureSequence Features)> clips, TeachOptions options)
    {
        if (options.Shots is not { } shots)
        {
            return (clips, []);
        }

        HashSet<int> chosen =
        [
            .. StratifiedDraw
                .Shuffled([.. clips.Select(entry => entry.Clip.Class)], new SeededRandom(options.Seed))
                .SelectMany(own => own.Items.Take(shots)),
        ];
        return ([.. clips.Where((_, i) => chosen.Contains(i))], [.. clips.Where((_, i) => !chosen.Contains(i))]);
    }

    /// <summary>Predictions for every clip by a classifier that was chosen and trained without its fold.</summary>
    private static float[][] HeldOut(
        FeatureSequence[] features,
        int[] labels,
        int classes,
        int folds,
        TeachOptions options,
        TrainingCounter counter,
        CancellationToken cancel
    )
    {
        int[] foldOf = StratifiedFolds.Draw(labels, folds, options.Seed);
        float[][] rows = new float[labels.Length][];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] inside = [.. Enumerable.Range(0, labels.Length).Where(i => foldOf[i] != fold)];
            int[] outside = [.. Enumerable.Range(0, labels.Length).Where(i => foldOf[i] == fold)];

            // Where too few are left inside to choose by, the first kind: the kind chosen from all clips has seen the
            // fold's.
            (FewShotFit fit, _) = ClassifierChoice.Fit(
                [.. inside.Select(i => features[i])],
                [.. inside.Select(i => labels[i])],
                classes,
                options,
                options.Classifiers[0],
                counter.Trained,
                cancel
            );
            float[][] predicted = fit.Classifier.Predict([.. outside.Select(i => features[i])]);
            for (int i = 0; i < outside.Length; i++)
            {
                rows[outside[i]] = predicted[i];
            }
        }

        return rows;
    }

    private static TeachReport Report(
        ClipFolder folder,
        TeachOptions options,
        List<(ClassClip Clip, FeatureSequence Features)> shots,
        float[][] heldOut,
        FewShotFit best,
        IReadOnlyList<ClassifierCandidate> candidates,
        int folds,
        List<ClipProblem> problems
    )
    {
        int classes = folder.Classes.Count;
        int[] labels = [.. shots.Select(entry => entry.Clip.Class)];
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (int i = 0; i < labels.Length; i++)
        {
            confusion[labels[i]][ScoreMatrix.BestOf(heldOut[i])]++;
        }

        int right = Enumerable.Range(0, classes).Sum(c => confusion[c][c]);
        return new TeachReport
        {
            Classes = folder.Classes,
            ClipsPerClass = [.. confusion.Select(row => row.Sum())],
            Classifier = best.Classifier.Kind.Word(),
            Candidates = candidates,
            ExpectedAccuracy = (double)right / labels.Length,
            ExpectedInterval = Interval.Wilson(right, labels.Length),
            Folds = folds,
            Confusion = confusion,
            Doubtful =
            [
                .. DoubtfulClips
                    .Find(heldOut, labels)
                    .Select(found => new DoubtfulClip(
                        shots[found.Clip].Clip.Path,
                        folder.Classes[labels[found.Clip]],
                        folder.Classes[found.LooksLike],
                        heldOut[found.Clip][labels[found.Clip]],
                        heldOut[found.Clip][found.LooksLike]
                    )),
            ],
            Problems = problems,
            ExtractionSeconds = 0,
            TrainingSeconds = 0,
        };
    }

    /// <summary>How many clips the finished classifier gets right; null where there are none.</summary>
    private static MeasuredClips? Measure(
        FewShotClassifier classifier,
        List<(ClassClip Clip, FeatureSequence Features)> clips
    )
    {
        if (clips.Count == 0)
        {
            return null;
        }

        float[][] rows = classifier.Predict([.. clips.Select(entry => entry.Features)]);
        int right = rows.Zip(clips, (row, entry) => ScoreMatrix.BestOf(row) == entry.Clip.Class ? 1 : 0).Sum();
        return new MeasuredClips(clips.Count, right);
    }

    private static TaughtHead HeadOf(TeachReport report, FeatureOptions features, int clips) =>
        new()
        {
            Classifier = report.Classifier,
            Hidden = 0,
            Classes = report.Classes,
            VectorsPerSecond = features.VectorsPerSecond,
            Overlap = features.Overlap,
            Tensors = [],
            Clips = clips,
            ExpectedAccuracy = report.ExpectedAccuracy,
            ExpectedLow = report.ExpectedInterval.Low,
            ExpectedHigh = report.ExpectedInterval.High,
        };

    /// <summary>Counts trainings for the progress display.</summary>
    private sealed class TrainingCounter(int total, IProgress<WorkProgress>? progress)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _done;

        public void Trained() => Report(++_done);

        /// <summary>Where nothing could be chosen there were fewer trainings than planned.</summary>
        public void Finish() => Report(total);

        private void Report(int done) =>
            progress?.Report(
                new WorkProgress(
                    "teaching",
                    Math.Min(done, total),
                    total,
                    "trainings",
                    _done / Stopwatch.GetElapsedTime(_started).TotalSeconds
                )
            );
    }
}
