using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
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
        TrainingResult training = Trainer.Run(
            new TrainingRequest
            {
                Out = Path.Combine(world.Folder, "run"),
                Store = world.StoreFolder,
                Configuration = new ConfigurationLayers(
                    micro with
                    {
                        Granularity = Granularity.SimplifiedCaptions,
                        Training = micro.Training with { Epochs = 12 },
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
        using VideoModel model = ModelFile.Load(training.BestModel, torch.CPU, Precision.Float32);

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions { LinearProbe = Granularity.ActionCategories }
        );

        Assert.True(report.Accuracies[0].Top1 >= 0.9, EvaluationText.Summary(report));
        AccuracyRow probe = report.Accuracy(AccuracyMethod.LinearProbe)!;
        Assert.True(probe.Top1 >= 0.9, EvaluationText.Summary(report));

        // Which object it is called is chance; "moving … right" is not.
        Assert.True(report.Captions[0].Scores.TokenAccuracy >= 0.6, EvaluationText.Document(report));
        Assert.Equal(training.BestValidation.Top1!.Value, report.Accuracies[0].Top1, 1e-9);
        using var predictor = new VideoPredictor(model);
        Prediction prediction = predictor.Predict(world.Frames(report.Results[0].Id));
        Assert.Equal(report.Results[0].Predicted, prediction.Top[0].Name);
        Assert.Equal(report.Results[0].Caption, prediction.Caption);
    }
}
