using System.IO.Hashing;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TorchSharp;

namespace TaskGrain.Lab.Baselines;

/// <summary>Encoders of ours beside the baselines: given ones, and ones trained on the same clips.</summary>
/// <param name="options">Which.</param>
/// <param name="data">The clips.</param>
/// <param name="configuration">Device and precision.</param>
/// <param name="progress">Told how far long work is.</param>
/// <param name="notes">Told what was finished.</param>
internal sealed class BaselineModels(
    BaselineStudyOptions options,
    BaselineData data,
    RunConfiguration configuration,
    IProgress<WorkProgress>? progress,
    IProgress<string>? notes
)
{
    /// <summary>Trains what is missing and measures everything.</summary>
    /// <param name="cancel">Stops the work.</param>
    public IReadOnlyList<BaselineModel> Measure(CancellationToken cancel)
    {
        var models = new List<BaselineModel>();
        if (options.EncoderRuns > 0)
        {
            models.Add(Trained(cancel));
        }

        foreach ((string name, string path) in options.Models)
        {
            ModelDescription description = ModelFile.LoadDescription(path);
            string classes = $"as it is, among its own {description.Classes.Count} classes";
            models.Add(new BaselineModel(name, $"{Named(path)}: {Words(description)}, {classes}", [Run(path, cancel)]));
        }

        return models;
    }

    private BaselineModel Trained(CancellationToken cancel)
    {
        StudyWorkspace workspace = data.Workspace(notes, cancel);
        SourceTask task =
            options.Captions == Granularity.Captions ? SourceTask.CaptionsJoint : SourceTask.SimplifiedJoint;
        var runs = new List<BaselineModelRun>();
        string words = "";
        for (int repeat = 1; repeat <= options.EncoderRuns; repeat++)
        {
            TrainingResult trained = workspace.Train(task, repeat, cancel);
            words = Words(ModelFile.LoadDescription(trained.BestModel));
            runs.Add(Run(trained.BestModel, cancel) with { Seconds = trained.Seconds });
        }

        return new BaselineModel(
            $"{configuration.Model.Architecture}, trained here",
            $"from random weights on these training clips: {words}",
            runs
        );
    }

    private BaselineModelRun Run(string path, CancellationToken cancel)
    {
        string identity;
        using (FileStream file = File.OpenRead(path))
        {
            var hash = new XxHash128();
            hash.Append(file);
            identity = Convert.ToHexStringLower(hash.GetCurrentHash());
        }

        ModelDescription description = ModelFile.LoadDescription(path);
        string folder = data.Store(description.Preprocessing.Frames, cancel);
        using LabelledStore store = LabelledStore.Open(folder);
        string known = Path.Combine(
            options.Study.Folder,
            "runs",
            $"model-{identity[..16]}-{options.Split.Name()}-{store.Labelled(options.Split).Count}.json"
        );
        if (JsonFile.ReadKnown<BaselineModelRun>(known) is { } before)
        {
            return before;
        }

        torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        using VideoModel model = ModelFile.Load(path, device, configuration.Machine.Precision);
        EvaluationReport report = Evaluator.Run(
            model,
            store,
            new EvaluationOptions { Split = options.Split, NearestNeighbours = false },
            progress,
            cancel
        );
        var run = new BaselineModelRun(
            report.Accuracy(AccuracyMethod.Classifier, Granularity.ActionCategories),
            report.Caption(CaptionMethod.Decoder),
            report.Caption(CaptionMethod.Template),
            Seconds: 0
        );
        JsonFile.Write(known, run);
        return run;
    }

    /// <summary>A file without the folders it lies in.</summary>
    private static string Named(string path) =>
        Path.GetFileName(path) == ShippedModel.WeightsFile
            ? $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))}/{ShippedModel.WeightsFile}"
            : Path.GetFileName(path);

    private static string Words(ModelDescription description) =>
        $"{description.Encoder.Architecture}, {description.Granularity.Name()}, "
        + $"{description.Preprocessing.Clip.Frames} frames of {description.Encoder.CropSize}×"
        + $"{description.Encoder.CropSize}";
}
