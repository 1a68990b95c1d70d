using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Tests.Training;
using TaskGrain.Training;
using TorchSharp;

namespace TaskGrain.Tests.Evaluation;

public sealed class TrainedModelTests
{
    [Fact]
    public void A_model_trained_jointly_on_moving_squares_recognises_and_describes_them()
    {
        using var world = new TinyWorld(trainPerCategory: 8, validationPerCategory: 4);
        RunConfiguration micro = RunPresets.Create(RunPreset.Micro);
        TrainingRuns.TrainUntil(
            validation => validation is { Top1: 1, ClassLoss: < 0.1, ExactMatch: 1 },
            new TrainingRequest
            {
                Out = Path.Combine(world.Folder, "run"),
                Store = world.StoreFolder,
                Configuration = new ConfigurationLayers(
                    micro with
                    {
                        Granularity = Granularity.SimplifiedCaptions,
                        Training = micro.Training with { Epochs = 200 },
                        Machine = new MachineOptions
                        {
                            Device = "cpu",
                            Threads = 1,
                            Precision = Precision.Float32,
                        },
                    }
                ),
            }
        );
        using VideoModel model = ModelFile.Load(
            Path.Combine(world.Folder, "run/last.safetensors"),
            torch.CPU,
            Precision.Float32
        );

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions { LinearProbe = Granularity.ActionCategories }
        );

        // The classifier is linear in the features: a probe that is fitted to them does not fall far behind.
        Assert.Equal(1, report.Accuracies[0].Top1);
        AccuracyRow probe = report.Accuracy(AccuracyMethod.LinearProbe)!;
        Assert.True(probe.Top1 >= 0.9, EvaluationText.Summary(report));
        Assert.Equal(1, report.Captions[0].Scores.TokenAccuracy);
        using var predictor = new VideoPredictor(model);
        Prediction prediction = predictor.Predict(world.Frames(report.Results[0].Id));
        Assert.Equal(report.Results[0].Predicted, prediction.Top[0].Name);
        Assert.Equal(report.Results[0].Caption, prediction.Caption);
    }
}
