using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

public sealed class ValidationPassTests
{
    private static readonly RunConfiguration Configuration = RunPresets.Create(RunPreset.Micro) with
    {
        Granularity = Granularity.Captions,
    };

    [Fact]
    public void Measures_what_the_network_gives_in_evaluation_mode_and_leaves_it_in_training()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using TrainingData data = Open(folder);
        using VideoModel model = Model(data);
        model.SetTraining(true);

        ValidationReport report = Run(model, data);

        Assert.True(model.Encoder.training);
        model.SetTraining(false);
        using IDisposable noGradient = no_grad();
        using var loader = new ClipLoader(data.Store!.Frames, Configuration.Clip, batchSize: 1, workers: 1);
        double classLoss = 0;
        double captionLoss = 0;
        int right = 0;
        int exact = 0;
        foreach (ClipBatch batch in loader.Load(data.Validation, training: false, seed: 0))
        {
            using (batch)
            {
                ClipTarget target = batch.Targets[0];
                Tensor caption = tensor(target.Caption!.Select(id => (long)id).ToArray(), [1, target.Caption!.Length]);
                Tensor features = model.Encoder.call(model.Clips(batch.Pixels, 1));
                float[] logProbs = [.. model.Classifier!.call(features).log_softmax(-1).data<float>()];
                classLoss -= logProbs[target.Class];
                right += Array.IndexOf(logProbs, logProbs.Max()) == target.Class ? 1 : 0;
                Tensor words = model.Decoder!.call(features, TaskLoss.TeacherInput(caption));
                captionLoss -= words.gather(2, caption.unsqueeze(2)).mean().item<float>();
                exact += model.Decoder.Greedy(features, target.Caption.Length).equal(caption).all().item<bool>()
                    ? 1
                    : 0;
            }
        }

        int clips = data.ValidationClips;
        Assert.Equal(5, clips);
        Assert.Equal(classLoss / clips, report.ClassLoss!.Value, 1e-4);
        Assert.Equal(captionLoss / clips, report.CaptionLoss!.Value, 1e-4);
        Assert.Equal((double)right / clips, report.Top1);
        Assert.Equal((double)exact / clips, report.ExactMatch);
    }

    [Fact]
    public void Sees_the_present_weights_each_time_and_leaves_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        using TrainingData data = Open(folder);
        using VideoModel model = Model(data);
        ValidationReport first = Run(model, data);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (no_grad())
        using (NewDisposeScope())
        {
            model.Classifier!.parameters().Last().add_(tensor(new float[] { 30, 0, 0 }));
        }

        ValidationReport[] reports = [.. Enumerable.Range(0, 3).Select(_ => Run(model, data))];

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(reports[0].ClassLoss > first.ClassLoss + 5, "the bias of 30 has not been seen");
        Assert.All(reports, report => Assert.Equal(reports[0], report));
    }

    private static TrainingData Open(TemporaryFolder folder)
    {
        TinyWorld.Write(folder.Path, training: 8, validation: 5);
        return TrainingData.Open(folder.Path, Configuration);
    }

    private static VideoModel Model(TrainingData data)
    {
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = Configuration.Model.Encoder(Configuration.Clip.CropSize),
                Preprocessing = Configuration.Preprocessing(data.Store!.Frames.Format),
                Granularity = Configuration.Granularity,
                Taxonomy = data.Store!.DataSet.Taxonomy,
                Classifier = Configuration.Model.Pooling,
                Decoder = Configuration.Model.Decoder(data.Vocabulary!.Count),
                Vocabulary = data.Vocabulary,
                CaptionLength = Configuration.Model.CaptionLength,
            }
        );
        model.Encoder.Compute = TaskGrain.Runtime.Precision.Float32;
        return model;
    }

    private static ValidationReport Run(VideoModel model, TrainingData data)
    {
        using var loader = new ClipLoader(data.Store!.Frames, Configuration.Clip, batchSize: 2, workers: 1);
        return new ValidationPass(model, loader, maskPadding: false).Run(
            data.Validation,
            measured: null,
            TestContext.Current.CancellationToken
        );
    }
}
