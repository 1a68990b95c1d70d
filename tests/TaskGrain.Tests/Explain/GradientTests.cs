using TaskGrain.Explain;
using TaskGrain.Explain.Networks;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Tests.Inference;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Explain;

/// <summary>Gradients against differences of the scores themselves.</summary>
public sealed class GradientTests
{
    private const int Cells = 2;

    // Of the largest value of a map.
    private static readonly double[] Steps = [0.1, 0.03, 0.01];

    [Theory]
    [InlineData("conv6")]
    [InlineData("conv5")]
    [InlineData("3d.conv4")]
    [InlineData("2d.conv3")]
    public void A_cells_gradient_is_the_difference_that_a_small_change_of_it_makes(string layer)
    {
        // The shipped model: an untrained one has hardly any gradient, which drowns in the rounding of its scores.
        using var scope = NewDisposeScope();
        using VideoModel model = Base();
        using IExplainedModel explained = Assert.Single(ExplainedModel.Of(model));
        VideoFrames frames = Noise(explained.Format, 16);
        StepPlan plan = explained.ClassSteps(frames);
        StepWindow window = Assert.Single(plan.Windows);
        LayerTrace trace = explained.Network.Trace(plan.Pixels(frames, window), 16, layer);
        float[] contrast = new float[explained.Classes.Count];
        (contrast[10], contrast[11]) = (1, -1);

        AssertAgrees(trace, new ClassObjective(features => explained.ClassScores(features, frames), [contrast]));
        AssertAgrees(trace, new WordObjective(explained.Decoder!, [20, 4, 30]));
    }

    [Theory]
    [InlineData(HeadKind.MeanFeatures)]
    [InlineData(HeadKind.MeanLogProbabilities)]
    [InlineData(HeadKind.Logistic)]
    [InlineData(HeadKind.Mlp)]
    [InlineData(HeadKind.BiLstm)]
    [InlineData(HeadKind.Timeline)]
    [InlineData(HeadKind.Average)]
    public void A_heads_gradient_is_the_difference_that_a_small_change_of_the_features_makes(HeadKind kind)
    {
        using var scope = NewDisposeScope();
        using VideoModel model = HeadedModels.Create(kind);
        using IExplainedModel explained = Assert.Single(ExplainedModel.Of(model));
        VideoFrames frames = Noise(explained.Format, HeadedModels.Window);
        var objective = new ClassObjective(
            features => explained.ClassScores(features, frames),
            [
                [1, 0, 0],
                [0, 1, -1],
            ]
        );
        Tensor features = randn(
            [HeadedModels.Window, model.Encoder.Options.FeatureSize],
            generator: new Generator(3, CPU)
        );

        Tensor gradient = objective.Gradient(features);

        for (int k = 0; k < objective.Count; k++)
        {
            // Along the gradient itself the slope is its length squared. Of ever smaller steps the one that agrees best
            // counts: a large one meets the head's bends, a small one the rounding of float32.
            double expected = gradient[k].square().sum().item<float>();
            double error = Steps.Min(step =>
                Math.Abs(((Score(k, step) - Score(k, -step)) / (2 * step) / expected) - 1)
            );
            Assert.InRange(error, 0, 0.02);
        }

        double Score(int k, double along) =>
            objective.Scores((features + (gradient[k] * along)).expand(objective.Count, -1, -1))[k].item<float>();
    }

    [Theory]
    [InlineData("layer4")]
    [InlineData("layer2")]
    [InlineData("stem")]
    public void Gradients_pass_through_residual_networks_of_images(string layer)
    {
        using var scope = NewDisposeScope();
        using IFeatureSource source = SmallResNet.Source();
        using var network = new SmallResNet.Opened(source);
        VideoFrames frames = SmallResNet.Video(2);
        LayerTrace trace = network.Layers.Trace(frames.Pixels, 2, layer);
        Tensor direction = randn([512, 2], generator: new Generator(2, CPU));
        var objective = new ClassObjective(
            features => features.mean([1]).matmul(direction),
            [
                [1, 0],
                [1, -1],
            ]
        );

        AssertAgrees(trace, objective);
    }

    [Theory]
    [InlineData(HeadKind.Logistic)]
    [InlineData(HeadKind.Mlp)]
    [InlineData(HeadKind.BiLstm)]
    public void Scores_of_a_taught_head_are_its_own_probabilities(HeadKind kind)
    {
        using VideoModel model = HeadedModels.Create(kind);
        using var explainer = new VideoExplainer(model);
        using var predictor = new VideoPredictor(model);
        VideoFrames frames = HeadedModels.Video(24, (2 * HeadedModels.Window) + 3);

        Explanation explanation = explainer.Explain(frames);

        Prediction expected = predictor.Predict(frames);
        Assert.Equal(expected.Top.Select(one => one.Name), explanation.Prediction.Top.Select(one => one.Name));
        Assert.All(
            expected.Top.Zip(explanation.Prediction.Top),
            pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-4)
        );
    }

    private static VideoModel Base() =>
        ModelFile.Load(ModelCatalog.Installed().Resolve(ModelCatalog.DefaultName), precision: Precision.Float32);

    // Every pixel by itself: where neighbours are alike, pooling has no gradient but two slopes.
    private static VideoFrames Noise(FrameFormat format, int frames)
    {
        var random = new SeededRandom(8);
        byte[] pixels = new byte[frames * format.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextInt(256);
        }

        return new VideoFrames(format, pixels);
    }

    // At the cells with the largest gradients, by ever smaller steps: a large one meets kinks of ReLU and pooling
    // further on, a small one drowns in the rounding of a score that float32 knows to 1e-7. So the step that agrees
    // best counts; a wrong layer, frame or word would agree at none. Cells only get larger: those that are 0 stand on a
    // kink, and a cell that pooling has chosen stays chosen.
    private static void AssertAgrees(LayerTrace trace, Objective objective)
    {
        using var scope = NewDisposeScope();
        Tensor features = trace.Rest(trace.Maps)[0].detach(); // (T, D)
        IReadOnlyList<Tensor> gradients = GradCam.Gradients(trace, objective.Gradient(features));
        var errors = new List<double>();
        for (int k = 0; k < objective.Count; k++)
        {
            for (int i = 0; i < gradients.Count; i++)
            {
                Tensor map = trace.Maps[i].flatten();
                Tensor own = gradients[i][k].flatten();
                Tensor chosen = (own.abs() * (map > 0)).topk(Cells).indexes;
                foreach (long cell in chosen.data<long>().ToArray())
                {
                    double expected = own[cell].item<float>();
                    double before = Score(k, i, cell, 0);
                    Assert.NotEqual(0, expected);
                    errors.Add(
                        Steps
                            .Select(share => share * map.max().item<float>())
                            .Min(step => Math.Abs(((Score(k, i, cell, step) - before) / step / expected) - 1))
                    );
                }
            }
        }

        Assert.InRange(errors.Max(), 0, 0.1);
        Assert.InRange(errors.Order().ElementAt(errors.Count / 2), 0, 0.02);

        double Score(int k, int changed, long cell, double step)
        {
            using var inner = NewDisposeScope();
            using IDisposable frozen = no_grad();
            Tensor[] maps = [.. trace.Maps];
            Tensor flat = maps[changed].flatten().clone();
            flat[cell] += step;
            maps[changed] = flat.reshape(maps[changed].shape);
            return objective.Scores(trace.Rest(maps).expand(objective.Count, -1, -1))[k].item<float>();
        }
    }
}
