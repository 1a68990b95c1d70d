using TaskGrain.Explain;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Tests.Inference;
using TaskGrain.Tests.Transfer;
using TaskGrain.Transfer;
using TaskGrain.Video;

namespace TaskGrain.Tests.Explain;

/// <summary>
/// Classes that were taught on several sources: each source that has convolutions can be looked into.
/// </summary>
public sealed class TaughtPartTests
{
    [Theory]
    [InlineData(ClassifierKind.Average)]
    [InlineData(ClassifierKind.Timeline)]
    [InlineData(ClassifierKind.LogisticRegression)]
    public void What_is_explained_is_what_is_predicted_whichever_source_one_looks_into(ClassifierKind kind)
    {
        using VideoModel model = Taught(kind);
        using var predictor = new VideoPredictor(model);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, 21);
        Prediction expected = predictor.Predict(frames);

        Assert.Equal(predictor.Format, explainer.Format);
        Assert.Equal("encoder@clip", explainer.DefaultLayer.Split(':')[0]);
        Assert.Equal(["encoder@clip", "encoder"], explainer.Layers.Select(l => l.Name.Split(':')[0]).Distinct());
        foreach (string layer in new[] { "encoder@clip:conv4", "encoder:3d.conv4" })
        {
            Explanation explanation = explainer.Explain(
                frames,
                new ExplainOptions { Classes = ["dark"], Layer = layer }
            );

            Assert.Equal(layer, explanation.Layer);
            Assert.Equal(expected.Top.Select(one => one.Name), explanation.Prediction.Top.Select(one => one.Name));
            Assert.All(
                expected.Top.Zip(explanation.Prediction.Top),
                pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-4)
            );
        }

        // Windows give a map for every frame; one window over the clip has as many as it reads.
        Assert.Equal(21, explainer.Explain(frames, new ExplainOptions { Layer = "encoder:conv4" }).Times.Count);
        Assert.Equal(8, explainer.Explain(frames, new ExplainOptions { Layer = "encoder@clip:conv4" }).Times.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_patch_is_found_through_a_taught_classifier_beside_another_source(bool wholeClip)
    {
        // The score is the first number of the encoder's vectors, in each of the eight parts of the clip.
        using VideoModel model = PlantedPatch.Model();
        using var motion = new MotionSource();
        int encoder = model.Description.Encoder.FeatureSize;
        int width = encoder + motion.Info.Dimension;
        float[] weight = new float[2 * 8 * width];
        for (int part = 0; part < 8; part++)
        {
            weight[part * width] = 1;
        }

        using VideoModel taught = TaughtClassifier.Join(
            model,
            new TimelineClassifier(ClassifierKind.Timeline, width, weight, [0, 0]),
            Head(
                ["a patch", "none"],
                [new TaughtSource("", "Encoder", "", encoder, 12) { WholeClip = wholeClip }, Motion(motion)],
                PlantedPatch.Video().Format
            )
        );
        using var explainer = new VideoExplainer(taught);

        SaliencyMap map = Assert.Single(
            explainer
                .Explain(
                    PlantedPatch.Video(),
                    new ExplainOptions { Classes = ["a patch"], Layer = $"encoder{(wholeClip ? "@clip" : "")}:conv3" }
                )
                .Maps
        );

        Assert.Equal(PlantedPatch.Frames, map.Frames);
        for (int frame = 0; frame < map.Frames; frame++)
        {
            float[] values = map.Frame(frame);
            if (PlantedPatch.At(frame) is not { } patch)
            {
                Assert.All(values, value => Assert.InRange(value, 0, 1e-5f));
                continue;
            }

            float most = values.Max();
            int[] brightest = [.. Enumerable.Range(0, values.Length).Where(i => values[i] >= 0.999f * most)];
            Assert.InRange(most, 0.3f, 1);
            double x = brightest.Average(i => i % map.Width) + 0.5;
            Assert.InRange(Math.Abs(x - (patch.X + (PlantedPatch.Patch / 2))), 0, 10);
        }
    }

    [Fact]
    public void Sources_without_convolutions_alone_cannot_be_looked_into()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.MeanFeatures);
        using var motion = new MotionSource();
        using VideoModel taught = TaughtClassifier.Join(
            model,
            new TimelineClassifier(
                ClassifierKind.Average,
                motion.Info.Dimension,
                new float[2 * motion.Info.Dimension],
                [0, 1]
            ),
            Head(["one", "other"], [Motion(motion)], motion.Info.Frames)
        );

        string message = Assert.Throws<TaskGrainException>(() => new VideoExplainer(taught).Dispose()).Message;

        Assert.Contains("where and when something moves", message, StringComparison.Ordinal);
        Assert.Contains("cannot be looked into", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_no_source_is_answered_with_those_of_all()
    {
        using VideoModel model = Taught(ClassifierKind.Average);
        using var explainer = new VideoExplainer(model);

        string message = Assert
            .Throws<TaskGrainException>(() =>
                explainer.Explain(HeadedModels.Video(7, 9), new ExplainOptions { Layer = "motion:conv1" })
            )
            .Message;

        Assert.Contains("encoder@clip:conv1", message, StringComparison.Ordinal);
        Assert.Contains("encoder:2d.conv6", message, StringComparison.Ordinal);
    }

    /// <summary>A model taught to tell dark from bright by its encoder, in both ways, and by motion.</summary>
    private static VideoModel Taught(ClassifierKind kind)
    {
        using VideoModel model = HeadedModels.Create(HeadKind.MeanFeatures);
        using IFeatureSource whole = EncoderFeatureSource.Of(
            model,
            new FeatureOptions { VectorsPerSecond = 10, WholeClip = true }
        );
        using IFeatureSource windows = EncoderFeatureSource.Of(model, new FeatureOptions { VectorsPerSecond = 12 });
        using IFeatureSource motion = new MotionSource();
        var joined = new CombinedSource([whole, windows, motion]);
        ulong[] seeds = [16, 24, 19, 27];
        FewShotClassifier classifier = FewShotTrainer
            .Fit(
                kind,
                [.. seeds.Select(seed => joined.Extract(HeadedModels.Video(seed, 17)))],
                [0, 0, 1, 1],
                classes: 2,
                FewShotOptions.For(kind) with
                {
                    MaxUpdates = 40,
                    StepStride = 1,
                }
            )
            .Classifier;
        int size = model.Description.Encoder.FeatureSize;
        return TaughtClassifier.Join(
            model,
            classifier,
            Head(
                ["dark", "bright"],
                [
                    new TaughtSource("", "Encoder", "", size, 10) { WholeClip = true },
                    new TaughtSource("", "Encoder", "", size, 12),
                    Motion(motion),
                ],
                TinyModels.Format
            )
        );
    }

    private static TaughtSource Motion(IFeatureSource motion) =>
        new(MotionSource.Name, "Motion", motion.Info.Checksum, motion.Info.Dimension, 12);

    private static TaughtHead Head(string[] classes, TaughtSource[] sources, FrameFormat frames) =>
        new()
        {
            Classifier = "",
            Hidden = 0,
            Classes = classes,
            VectorsPerSecond = 12,
            Overlap = 0.5,
            Sources = sources,
            Frames = frames,
            WindowSeconds = 1,
            Tensors = [],
            Clips = 4,
        };
}
