using TaskGrain.Explain;
using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Inference;
using TaskGrain.Transfer;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Explain;

public sealed class VideoExplainerTests
{
    [Theory]
    [InlineData(HeadKind.Joint)]
    [InlineData(HeadKind.Captions)]
    [InlineData(HeadKind.MeanLogProbabilities)]
    [InlineData(HeadKind.Timeline)]
    [InlineData(HeadKind.Average)]
    public void Explaining_changes_nothing_and_says_what_the_predictor_says(HeadKind kind)
    {
        using VideoModel model = HeadedModels.Create(kind);
        using var predictor = new VideoPredictor(model);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, HeadedModels.Window + 5);
        Prediction before = predictor.Predict(frames);

        Explanation first = explainer.Explain(frames);
        Explanation second = explainer.Explain(frames);

        Prediction after = predictor.Predict(frames);
        Assert.Equal(before.Top, after.Top);
        Assert.Equal(before.Caption, after.Caption);
        Assert.Equal(first.Maps.Select(map => map.ToArray()), second.Maps.Select(map => map.ToArray()));
        Assert.Equal(before.Caption, first.Prediction.Caption);
        Assert.Equal(before.Top.Select(one => one.Name), first.Prediction.Top.Select(one => one.Name));
        Assert.All(
            before.Top.Zip(first.Prediction.Top),
            pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-5)
        );
    }

    [Fact]
    public void The_model_stays_in_training_and_its_weights_get_no_gradients()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        model.SetTraining(true);
        using var explainer = new VideoExplainer(model);

        explainer.Explain(HeadedModels.Video(7, HeadedModels.Window));

        Assert.True(model.Encoder.training);
        Assert.All(model.Encoder.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.True(torch.is_grad_enabled());
    }

    [Theory]
    [InlineData(HeadKind.Joint, 1)]
    [InlineData(HeadKind.BiLstm, 3)]
    public void No_tensor_is_left_behind(HeadKind kind, int windows)
    {
        using VideoModel model = HeadedModels.Create(kind);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, windows * HeadedModels.Window);
        explainer.Explain(frames);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        explainer.Explain(frames);
        explainer.Explain(frames, new ExplainOptions { Layer = "conv3" });

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Memory_stays_as_it_is()
    {
        using VideoModel model = ModelFile.Load(ModelCatalog.Installed().Resolve(ModelCatalog.DefaultName));
        using var explainer = new VideoExplainer(model);
        byte[] pixels = new byte[16 * explainer.Format.BytesPerFrame];
        new Random(1).NextBytes(pixels);
        var frames = new VideoFrames(explainer.Format, pixels);
        var options = new ExplainOptions { Words = false, Layer = "conv3" };
        explainer.Explain(frames, options);
        explainer.Explain(frames, options);
        long used = NativeMemory.Used();

        for (int i = 0; i < 12; i++)
        {
            explainer.Explain(frames, options);
        }

        // What malloc's own caches hold moves by some megabytes. Maps that stay behind, of 2 × 128 channels × 16 frames
        // × 16 × 16 in bfloat16 or float32, would be 25 MB or more.
        Assert.InRange(NativeMemory.Used() - used, long.MinValue, 12_000_000);
    }

    [Fact]
    public void A_caption_has_a_map_for_every_word()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);

        Explanation explanation = explainer.Explain(
            HeadedModels.Video(7, HeadedModels.Window),
            new ExplainOptions { Caption = "moving a Cup left" }
        );

        Assert.Equal(["moving", "a", "Cup", "left"], explanation.Maps.Select(map => map.Label));
        Assert.All(explanation.Maps, map => Assert.Equal(SaliencyKind.Word, map.Kind));
        Assert.All(explanation.Maps, map => Assert.Equal(HeadedModels.Window, map.Frames));
    }

    [Fact]
    public void One_batch_of_words_gives_what_one_word_at_a_time_gives()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, HeadedModels.Window);

        SaliencyMap whole = explainer.Explain(frames, new ExplainOptions { Caption = "moving a cup left" }).Maps[1];
        SaliencyMap part = explainer.Explain(frames, new ExplainOptions { Caption = "moving a" }).Maps[1];

        Assert.Equal(whole.Probability, part.Probability, 1e-5);
        Assert.All(whole.ToArray().Zip(part.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Frames_that_a_short_video_is_padded_with_are_one_frame()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);

        Explanation explanation = explainer.Explain(HeadedModels.Video(7, 3));

        Assert.Equal([0, 1 / 12.0, 2 / 12.0], explanation.Times);
        Assert.All(explanation.Maps, map => Assert.Equal(3, map.Frames));
    }

    [Fact]
    public void Taught_classes_are_explained_over_the_whole_video_whatever_its_windows()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Logistic);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(31, (3 * HeadedModels.Window) + 2);

        Explanation explanation = explainer.Explain(frames, new ExplainOptions { Classes = ["red", "green"] });

        Assert.Equal(["red", "green"], explanation.Maps.Select(map => map.Label));
        Assert.All(explanation.Maps, map => Assert.Equal(frames.Count, map.Frames));
        Assert.Equal(frames.Count, explanation.Times.Count);
    }

    [Theory]
    [InlineData(ClassifierKind.LogisticRegression)]
    [InlineData(ClassifierKind.BiLstm)]
    public void A_classifier_taught_on_an_image_networks_features_is_explained(ClassifierKind kind)
    {
        using IFeatureSource source = SmallResNet.Source();
        VideoFrames frames = SmallResNet.Video(18);
        FeatureSequence features = source.Extract(frames);
        FewShotFit fit = FewShotTrainer.Fit(
            kind,
            [features, new FeatureSequence([.. features.Values.ToArray().Reverse()], 18, 512)],
            [0, 1],
            2,
            FewShotOptions.For(kind) with
            {
                LstmHidden = 16,
                MaxUpdates = 20,
                StepStride = 1,
            }
        );
        using var explainer = VideoExplainer.Of(source, fit.Classifier, ["this", "that"]);

        Explanation explanation = explainer.Explain(
            frames,
            new ExplainOptions
            {
                Classes = ["this"],
                Against = "that",
                Layer = "layer3",
            }
        );

        Assert.Equal(["stem", "layer1", "layer2", "layer3", "layer4"], explainer.Layers.Select(layer => layer.Name));
        Assert.Equal("layer4", explainer.DefaultLayer);
        float[] expected = fit.Classifier.Predict(features);
        Assert.Equal(expected[0], explanation.Maps[0].Probability, 1e-4);
        Assert.All(explanation.Maps, map => Assert.Equal((18, SmallResNet.Side), (map.Frames, map.Width)));
        Assert.True(explanation.Maps[0].Strength > 0);
    }

    [Fact]
    public void Layers_have_plain_names_and_their_maps_the_sizes_that_are_told()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, HeadedModels.Window);

        Assert.Equal(18, explainer.Layers.Count);
        Assert.Contains(explainer.DefaultLayer, explainer.Layers.Select(layer => layer.Name));
        Assert.All(
            explainer.Layers,
            layer =>
            {
                Explanation explanation = explainer.Explain(frames, new ExplainOptions { Layer = layer.Name });
                SaliencyMap map = explanation.Maps[0];
                Assert.Equal((layer.Height, layer.Width), (map.CellRows, map.CellColumns));
            }
        );
    }

    [Fact]
    public void A_channel_that_is_alone_has_the_plain_names_alone()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint, architecture: "M(8-0)");
        using var explainer = new VideoExplainer(model);

        Assert.Equal(["conv1", "conv2", "conv3", "conv4", "conv5", "conv6"], explainer.Layers.Select(l => l.Name));
        Assert.NotEmpty(explainer.Explain(HeadedModels.Video(7, 8)).Maps);
    }

    [Fact]
    public void Both_channels_together_are_the_sum_of_each()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);
        VideoFrames frames = HeadedModels.Video(7, HeadedModels.Window);
        float Strongest(string layer) =>
            explainer.Explain(frames, new ExplainOptions { Layer = layer }).Maps[0].Strength;

        // A sum is at most as strong as its parts together, and not the same as either.
        float both = Strongest("conv4");
        Assert.InRange(both, 0, (1 + 1e-4f) * (Strongest("2d.conv4") + Strongest("3d.conv4")));
        Assert.NotEqual(both, Strongest("2d.conv4"));
    }

    [Theory]
    [InlineData("no such class", null, null, null, "none of the model's 3 classes")]
    [InlineData("e", null, null, null, "in the names of 2 classes: 'one', 'three'")]
    [InlineData("ONE", "one", null, null, "cannot be set against itself")]
    [InlineData("one", null, "conv9", null, "use one of conv1, 2d.conv1")]
    [InlineData("one", null, null, "  ", "has no word")]
    public void What_cannot_be_explained_is_said(
        string name,
        string? against,
        string? layer,
        string? caption,
        string message
    )
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);
        var options = new ExplainOptions
        {
            Classes = [name],
            Against = against,
            Layer = layer,
            Caption = caption,
        };

        var fault = Assert.Throws<TaskGrainException>(() =>
            explainer.Explain(HeadedModels.Video(7, HeadedModels.Window), options)
        );

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_of_a_captioner_and_words_of_a_classifier_are_refused()
    {
        VideoFrames frames = HeadedModels.Video(7, HeadedModels.Window);
        using VideoModel captioner = HeadedModels.Create(HeadKind.Captions);
        using VideoModel classifier = HeadedModels.Create(HeadKind.MeanFeatures);
        using var writes = new VideoExplainer(captioner);
        using var names = new VideoExplainer(classifier);

        Assert.Contains(
            "names no classes",
            Assert
                .Throws<TaskGrainException>(() => writes.Explain(frames, new ExplainOptions { Classes = ["one"] }))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "writes no captions",
            Assert.Throws<TaskGrainException>(() => names.Explain(frames, new ExplainOptions { Words = true })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Frames_of_another_format_are_refused()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);

        Assert.Throws<TaskGrainException>(() => explainer.Explain(SmallResNet.Video(2)));
    }

    [Theory]
    [InlineData(Precision.BFloat16, 2)]
    [InlineData(Precision.BFloat16, 8)]
    public void Bfloat16_points_where_float32_does(Precision precision, int frames)
    {
        using VideoModel single = HeadedModels.Create(HeadKind.Joint);
        using VideoModel half = HeadedModels.Create(HeadKind.Joint, precision);
        using var one = new VideoExplainer(single);
        using var other = new VideoExplainer(half);
        VideoFrames video = HeadedModels.Video(7, frames);
        var options = new ExplainOptions { Classes = ["one"], Layer = "conv3" };

        float[] expected = one.Explain(video, options).Maps[0].ToArray();
        float[] map = other.Explain(video, options).Maps[0].ToArray();

        // Correlation: eight bits a number leave the picture as it is; memory nobody wrote would not.
        Assert.InRange(Correlation(expected, map), 0.9, 1.0001);
    }

    private static double Correlation(float[] a, float[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double both = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return both / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
