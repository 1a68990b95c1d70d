using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Training;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Evaluation;

/// <summary>The main job on real video: class folders of clips become a store, a model, and predictions.</summary>
public sealed class RealClipsEndToEndTests
{
    private static readonly (string File, string Class)[] Clips =
    [
        ("166766.webm", "Poking something so that it falls over"),
        ("arm_wrestling.mp4", "Arm wrestling"),
        ("part_0.mp4", "Part"),
        ("test.avi", "Test"),
    ];

    [Fact]
    public void Packing_training_and_predicting_overfit_the_real_clips_to_all_right()
    {
        using var folder = new TemporaryFolder();
        string data = ClassFolders(folder);
        string store = folder.File("store");
        RunConfiguration micro = RunPresets.Create(RunPreset.Micro);

        PackReport packed = LabelledStore.Pack(
            DataSet.Open(data),
            store,
            new PackOptions { Format = RunPresets.Frames(RunPreset.Micro) }
        );
        TrainingResult training = Trainer.Run(
            new TrainingRequest
            {
                Out = folder.File("run"),
                Store = store,
                Configuration = new ConfigurationLayers(
                    micro with
                    {
                        Training = micro.Training with { Epochs = 40 },
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
        using LabelledStore labelled = LabelledStore.Open(store);
        EvaluationReport report = Evaluator.Run(model, labelled, new EvaluationOptions { Split = Split.Train });
        using var predictor = new VideoPredictor(model);
        Prediction[] predictions = [.. Clips.Select(clip => predictor.Predict(TestData.Clip(clip.File)))];

        Assert.Empty(packed.Failures);
        Assert.Equal(Clips.Length, packed.Added);
        Assert.True(report.Accuracies[0].Top1 == 1, EvaluationText.Summary(report));
        Assert.Equal(Clips.Select(clip => clip.Class), predictions.Select(p => p.Top[0].Name));
        Assert.All(predictions, p => Assert.Equal(Clips.Length, p.Top.Count));
        Assert.All(predictions, p => Assert.Equal(1, p.Top.Sum(t => t.Probability), 1e-4));
    }

    private static string ClassFolders(TemporaryFolder folder)
    {
        string data = folder.File("data");
        foreach ((string file, string name) in Clips)
        {
            string target = Path.Combine(data, name);
            Directory.CreateDirectory(target);
            File.Copy(TestData.Clip(file), Path.Combine(target, file));
        }

        return data;
    }
}
