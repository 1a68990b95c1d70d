using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Explain;
using TaskGrain.Explain.Reports;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Teaching;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Demo;

/// <summary>
/// The whole of the project with no data set, in minutes: what the shipped model says about new clips and why, a
/// training on twelve categories from there, a few classes taught from a few clips, and a report. Every stage leaves
/// its files, so that a demo that was interrupted goes on where it stopped.
/// </summary>
internal sealed class DemoRun
{
    private readonly DemoOptions _options;
    private readonly DemoFolder _folder;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly IProgress<DemoChapter>? _story;
    private readonly CancellationToken _cancel;
    private readonly Device _device;
    private readonly string _base;
    private long _told = Stopwatch.GetTimestamp();

    private DemoRun(
        DemoOptions options,
        IProgress<WorkProgress>? progress,
        IProgress<DemoChapter>? story,
        CancellationToken cancel
    )
    {
        _options = options;
        _base = ModelCatalog.Installed().Resolve(options.Base);
        _folder = DemoFolder.Open(options);
        _progress = progress;
        _story = story;
        _cancel = cancel;
        ComputeDevice.SetThreads(options.Machine.Threads);
        _device = ComputeDevice.Parse(options.Machine.Device);
    }

    /// <summary>Runs the demo.</summary>
    /// <param name="options">What it makes.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="story">Told what each part found, when it is done.</param>
    /// <param name="cancel">Stops the work; the same call goes on from there.</param>
    /// <returns>What was found and made.</returns>
    /// <exception cref="TaskGrainException">
    /// The options are not valid, the folder holds a demo with others, the clip cannot be read, or a stage failed.
    /// </exception>
    public static DemoReport Run(
        DemoOptions options,
        IProgress<WorkProgress>? progress = null,
        IProgress<DemoChapter>? story = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Clip is { } file)
        {
            // A file that cannot be read is better known now than in the middle of the story.
            VideoReader.Read(file, RunPresets.Frames(options.Preset), cancel);
        }

        return new DemoRun(options, progress, story, cancel).Run();
    }

    private DemoReport Run()
    {
        long start = Stopwatch.GetTimestamp();
        using VideoModel known = ModelFile.Load(_base, _device, _options.Machine.Precision);
        var opening = new List<ExampleClip>();
        KnownChapter first = Tell(
            new KnownChapter(_options.Base, known.Description.Classes.Count, LookAt(known, opening))
        );
        DemoData.Store(_options, _folder, _options.Frames(known.Description), _progress, _cancel);
        using LabelledStore opened = LabelledStore.Open(_folder.Store);
        LabelledStore store = opened.With(
            new DataSet("generated clips", opened.DataSet.Taxonomy, opened.DataSet.Annotations)
        );
        DrawnChapter drawn = Tell(new DrawnChapter(_options.Clips, Before(known, store)));
        LearntChapter learnt = Tell(Learn(known, store, first.Clips));
        TaughtChapter taught = Tell(new TaughtChapter(Teach(known)));
        using VideoModel model = ModelFile.Load(_folder.Model, _device, _options.Machine.Precision);
        DemoPage.Write(_folder, store, model, opening, learnt, _progress, _cancel);
        return new DemoReport
        {
            Known = first,
            Drawn = drawn,
            Learnt = learnt,
            Taught = taught,
            Model = _folder.Model,
            TaughtModel = _folder.TaughtModel,
            Store = _folder.Store,
            Page = _folder.Page,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }

    private T Tell<T>(T chapter)
        where T : DemoChapter
    {
        chapter = chapter with { Seconds = Stopwatch.GetElapsedTime(_told).TotalSeconds };
        _told = Stopwatch.GetTimestamp();
        _story?.Report(chapter);
        return chapter;
    }

    private List<DemoPrediction> LookAt(VideoModel model, List<ExampleClip> examples)
    {
        IReadOnlyList<DemoClip> clips = DemoData.Shown(_options, _folder, _cancel);
        using var explainer = new VideoExplainer(model);
        var predictions = new List<DemoPrediction>();
        foreach (DemoClip clip in clips)
        {
            Explanation explanation = explainer.Explain(clip.File, cancel: _cancel);
            string overlay = Path.Combine(
                _folder.Clips,
                $"{Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(clip.File))}-why.png"
            );
            explanation.SaveStrip(overlay);
            IReadOnlyList<float> profile = explanation.Maps[0].Profile;
            double peak = explanation.Times[profile.Index().MaxBy(moment => moment.Item).Index];
            predictions.Add(new DemoPrediction(clip, explanation.Prediction, overlay, peak));
            examples.Add(DemoPage.Example(clip, explanation));
            _progress?.Report(
                new WorkProgress("looking at new clips", predictions.Count, clips.Count, "clips", Rate: 0)
            );
        }

        return predictions;
    }

    private EvaluationReport? Before(VideoModel model, LabelledStore store) =>
        store.Frames.Format == model.Description.Frames ? Evaluate(model, store) : null;

    private LearntChapter Learn(VideoModel known, LabelledStore store, IReadOnlyList<DemoPrediction> shown)
    {
        TrainingResult training = Trainer.Run(
            new TrainingRequest
            {
                Out = _folder.Run,
                Store = _folder.Store,
                Configuration = _options.Configuration(known.Description),
                From = _options.FromScratch ? null : _options.Base,
                Resume = true,
            },
            new TrainingObserver { Progress = _progress },
            _cancel
        );
        AtomicFile.Copy(training.BestModel, _folder.Model);
        using VideoModel model = ModelFile.Load(_folder.Model, _device, _options.Machine.Precision);
        EvaluationReport evaluation = Evaluate(model, store);
        EvaluationFiles.Write(evaluation, _folder.Evaluation);
        using var predictor = new VideoPredictor(model);
        Dictionary<string, string?> captions = evaluation.Results.ToDictionary(
            result => result.Id,
            result => result.TrueCaption,
            StringComparer.Ordinal
        );
        return new LearntChapter(
            _options.FromScratch ? null : _options.Base,
            training,
            evaluation,
            [
                .. shown.Select(before => new DemoPrediction(
                    before.Clip with
                    {
                        // In the words of this grain: one for each object.
                        TrueCaption = before.Clip.Truth is null
                            ? null
                            : captions[Path.GetFileNameWithoutExtension(before.Clip.File)],
                    },
                    predictor.Predict(before.Clip.File, cancel: _cancel)
                )),
            ]
        );
    }

    private EvaluationReport Evaluate(VideoModel model, LabelledStore store) =>
        Evaluator.Run(
            model,
            store,
            new EvaluationOptions { Split = Split.Test, NearestNeighbours = false },
            _progress,
            _cancel
        );

    private TeachReport Teach(VideoModel model)
    {
        if (!File.Exists(_folder.TaughtModel))
        {
            DemoData.Kitchen(_options, _folder, _progress, _cancel);
            using TaughtResult taught = Teacher.Teach(
                model,
                ClipFolder.Scan(_folder.Kitchen),
                new TeachOptions
                {
                    Seed = _options.Seed,
                    Threads = _options.Machine.Threads,
                    EncoderName = _options.Base,

                    // Drawn clips have no rooms or people that could give a class away, and an image network has seen
                    // nothing drawn.
                    Sources = [$"{_options.Base}@clip", _options.Base, MotionSource.Name],
                    Giveaways = false,
                },
                _progress,
                _cancel
            );
            TeachText.Write(taught.Report, _folder.Taught);

            // The model last: where it is, the teaching is done.
            ModelFile.Save(_folder.TaughtModel, taught.Model);
        }

        return RunFolder.Open(_folder.Root).Teaching!;
    }
}
