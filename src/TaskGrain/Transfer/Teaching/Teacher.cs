using System.Diagnostics;
using MathNet.Numerics.Statistics;
using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Courses;
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
    /// Extracts features, chooses sources and a classifier, trains it, measures it, and joins it with the encoder.
    /// </summary>
    /// <param name="model">
    /// The model whose encoder is one of the sources; stays as it is. Where the sources name no encoder, it only says
    /// where to compute (<see cref="WithoutEncoder"/>).
    /// </param>
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
        using var sources = TeachSources.Open(model, options);
        List<ClipProblem> problems = [.. folder.Problems];
        List<TeachClip> extracted = TeachClips.Extract(sources, folder, options, problems, progress, cancel);
        HashSet<ClassClip> forTest = [.. folder.TestClips];
        List<TeachClip> clips = extracted.FindAll(entry => !forTest.Contains(entry.Clip));
        List<TeachClip> test = extracted.FindAll(entry => forTest.Contains(entry.Clip));
        ClipFolder.RequireEnough(folder.Folder, folder.Classes, [.. clips.Select(entry => entry.Clip)], problems);
        double extraction = Stopwatch.GetElapsedTime(started).TotalSeconds;

        started = Stopwatch.GetTimestamp();
        (List<TeachClip> shots, List<TeachClip> leftOver) = Split(clips, options);
        var lesson = new Lesson(shots, folder.Classes, options, progress, cancel);
        Lesson.Outcome outcome = lesson.Run();
        TeachReport report = TeachReports.Of(folder, sources, shots, outcome, problems) with
        {
            ExtractionSeconds = extraction,
            Giveaways = options.Giveaways
                ? Giveaway.Measure(
                    shots,
                    outcome.FoldOf,
                    folder.Classes.Count,
                    Giveaway.Ways(sources),
                    outcome.Accuracy,
                    options.ThreadCount,
                    cancel
                )
                : [],
            LeftOver = Measure(outcome, leftOver),
            Test = Measure(outcome, test),
            TrainingSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
        return new TaughtResult(
            TaughtClassifier.Join(model, outcome.Classifier, HeadOf(report, options, sources, shots, outcome.Choice)),
            report
        );
    }

    /// <summary>
    /// A model for a teaching whose sources are no encoders of ours: its own is the smallest there is, and nothing
    /// reads it.
    /// </summary>
    /// <param name="classes">The classes' names.</param>
    /// <returns>The model; the caller's to dispose.</returns>
    internal static VideoModel WithoutEncoder(IReadOnlyList<string> classes)
    {
        EncoderOptions smallest = EncoderOptions.ForCrop(EncoderArchitecture.Parse("M(0-8)"), 56) with
        {
            LstmHidden = 1,
            FeatureSize = 1,
        };
        return new VideoModel(
            new ModelDescription
            {
                Encoder = smallest,
                Preprocessing = new Preprocessing
                {
                    Frames = new FrameFormat(smallest.CropSize, smallest.CropSize, 1),
                    Clip = new ClipSamplerOptions { Frames = 1, CropSize = smallest.CropSize },
                },
                Granularity = Granularity.ActionCategories,
                Taxonomy = Taxonomy.Flat(classes),
            }
        );
    }

    /// <summary>The clips to learn from, and those beyond the wanted number of shots.</summary>
    private static (List<TeachClip> Shots, List<TeachClip> LeftOver) Split(List<TeachClip> clips, TeachOptions options)
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

    /// <summary>How many clips the finished classifier gets right; null where there are none.</summary>
    private static MeasuredClips? Measure(Lesson.Outcome outcome, List<TeachClip> clips)
    {
        if (clips.Count == 0)
        {
            return null;
        }

        float[][] rows = outcome.Classifier.Predict([
            .. clips.Select(clip =>
                CombinedSource.Join([.. outcome.Choice.Sources.Select(source => clip.Features[source])])
            ),
        ]);
        int right = rows.Zip(clips, (row, clip) => ScoreMatrix.BestOf(row) == clip.Clip.Class ? 1 : 0).Sum();
        return new MeasuredClips(clips.Count, right);
    }

    private static TaughtHead HeadOf(
        TeachReport report,
        TeachOptions options,
        TeachSources sources,
        List<TeachClip> shots,
        CourseCandidate choice
    )
    {
        IReadOnlyList<TaughtSource> taken = sources.Describe(choice.Sources, options);

        // An encoder by itself, in frames of its own, streams frame by frame and needs no word about it.
        bool encoderAlone =
            taken is [{ IsOwnEncoder: true, WholeClip: false }]
            && sources.Frames == sources.Sources[choice.Sources[0]].Info.Frames;
        double[] seconds = [.. shots.Select(clip => clip.Seconds)];
        return new TaughtHead
        {
            Classifier = report.Classifier,
            Hidden = 0,
            Classes = report.Classes,
            VectorsPerSecond = taken.Max(source => source.VectorsPerSecond),
            Overlap = new FeatureOptions().Overlap,
            Sources = encoderAlone ? null : taken,
            Frames = encoderAlone ? null : sources.Frames,
            WindowSeconds = encoderAlone ? null : Math.Clamp(seconds.Median(), 0.25, 60),
            Tensors = [],
            Clips = shots.Count,
            ExpectedAccuracy = report.ExpectedAccuracy,
            ExpectedLow = report.ExpectedInterval.Low,
            ExpectedHigh = report.ExpectedInterval.High,
        };
    }
}
