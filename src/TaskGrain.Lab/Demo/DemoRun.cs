using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Demo;

/// <summary>
/// The whole of the project with no data set, in minutes: clips are generated and packed, a model learns actions and
/// captions from them jointly, it is measured on clips it never saw, and predicts on video files. Every stage leaves
/// its files, so that a demo that was interrupted goes on where it stopped.
/// </summary>
internal static class DemoRun
{
    private const int SamplesShown = 10;

    /// <summary>Runs the demo.</summary>
    /// <param name="options">What it makes.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="notes">Told what a person should know, such as a finished stage.</param>
    /// <param name="cancel">Stops the work; the same call goes on from there.</param>
    /// <returns>What was found and made.</returns>
    /// <exception cref="TaskGrainException">
    /// The options are not valid, the folder holds a demo with others, the clip cannot be read, or a stage failed.
    /// </exception>
    public static DemoReport Run(
        DemoOptions options,
        IProgress<WorkProgress>? progress = null,
        IProgress<string>? notes = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Clip is { } file)
        {
            // A file that cannot be read is better known now than after minutes of work.
            VideoReader.Read(file, RunPresets.Frames(options.Preset), cancel);
        }

        DemoFolder folder = DemoFolder.Open(options);
        var stages = new List<DemoStage>();
        T Timed<T>(string name, Func<T> stage)
        {
            long start = Stopwatch.GetTimestamp();
            T result = stage();
            stages.Add(new DemoStage(name, Stopwatch.GetElapsedTime(start).TotalSeconds));
            return result;
        }

        ComputeDevice.SetThreads(options.Machine.Threads);
        Device device = ComputeDevice.Parse(options.Machine.Device);
        IReadOnlyList<DemoClip> clips = Timed(
            "generate and pack",
            () => DemoData.Make(options, folder, progress, cancel)
        );
        TrainingResult training = Timed("train", () => Train(options, folder, progress, notes, cancel));
        AtomicFile.Copy(training.BestModel, folder.Model);
        using VideoModel model = ModelFile.Load(folder.Model, device, options.Machine.Precision);
        using LabelledStore store = LabelledStore.Open(folder.Store);
        LabelledStore named = store.With(
            new DataSet("generated clips", store.DataSet.Taxonomy, store.DataSet.Annotations)
        );
        EvaluationReport evaluation = Timed("evaluate", () => Evaluate(model, named, folder, progress, cancel));
        IReadOnlyList<DemoPrediction> predictions = Timed("predict", () => Predict(model, clips, options.Clip, cancel));
        IReadOnlyList<DemoSample> samples = DemoSample.Choose(evaluation.Results, store.Frames, SamplesShown);
        var report = new DemoReport
        {
            Model = folder.Model,
            Store = folder.Store,
            TrainingClips = training.TrainingClips,
            Evaluation = evaluation,
            Samples = [.. samples.Select(sample => sample.Result)],
            Predictions = predictions,
            Page = folder.Page,
            Stages = stages,
        };
        SampleSheet.WritePng(folder.Picture, DemoPage.Headline(evaluation), samples);
        DemoPage.Write(report, folder, HistoryFiles.Read(folder.Run));
        return report;
    }

    private static TrainingResult Train(
        DemoOptions options,
        DemoFolder folder,
        IProgress<WorkProgress>? progress,
        IProgress<string>? notes,
        CancellationToken cancel
    )
    {
        var request = new TrainingRequest
        {
            Out = folder.Run,
            Store = folder.Store,
            Configuration = options.Configuration(),
            Resume = true,
        };
        var observer = new TrainingObserver
        {
            Progress = progress,
            Epochs = notes is null ? null : new EpochNotes(notes),
        };
        return Trainer.Run(request, observer, cancel);
    }

    private static EvaluationReport Evaluate(
        VideoModel model,
        LabelledStore store,
        DemoFolder folder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        EvaluationReport report = Evaluator.Run(
            model,
            store,
            new EvaluationOptions { Split = Split.Test },
            progress,
            cancel
        );
        EvaluationFiles.Write(report, folder.Evaluation);
        return report;
    }

    private static DemoPrediction[] Predict(
        VideoModel model,
        IReadOnlyList<DemoClip> generated,
        string? clip,
        CancellationToken cancel
    )
    {
        using var predictor = new VideoPredictor(model);
        var files = generated.Select(g => (g.File, Truth: (string?)g.Truth)).ToList();
        if (clip is not null)
        {
            files.Add((clip, null));
        }

        return
        [
            .. files.Select(file => new DemoPrediction(
                file.File,
                file.Truth,
                predictor.Predict(file.File, cancel: cancel)
            )),
        ];
    }

    /// <summary>Tells an epoch in words, on the thread that trains.</summary>
    private sealed class EpochNotes(IProgress<string> notes) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => notes.Report(value.ToString());
    }
}
