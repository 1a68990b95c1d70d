using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Tests.Models;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference;

public sealed class InferenceSessionTests
{
    private const int Side = 56;

    public static TheoryData<HeadKind> Heads => [.. Enum.GetValues<HeadKind>()];

    [Theory]
    [InlineData(HeadKind.MeanFeatures)]
    [InlineData(HeadKind.MeanLogProbabilities)]
    [InlineData(HeadKind.Joint)]
    public void Gives_what_the_models_own_parts_give(HeadKind kind)
    {
        using var scope = NewDisposeScope();
        using VideoModel model = HeadedModels.Create(kind);
        using var session = new InferenceSession(model);
        byte[] pixels = Pixels(clips: 3);

        Tensor features = session.Features(pixels, 3);

        using IDisposable noGradient = no_grad();
        Tensor expected = model.Encoder.call(model.Clips(pixels, 3));
        Assert.Equal([3, HeadedModels.Window, session.FeatureSize], features.shape);
        Assert.InRange(TestEncoders.Difference(expected, features), 0, 1e-4);
        float[] probabilities = [.. model.Classifier!.call(features).softmax(-1).data<float>()];
        ScoreMatrix scores = session.Scores(features)!;
        Assert.Equal((3, 3), (scores.Samples, scores.Classes));
        for (int i = 0; i < probabilities.Length; i++)
        {
            Assert.Equal(probabilities[i], scores.Row(i / 3)[i % 3], 1e-6f);
        }

        Assert.Equal(kind == HeadKind.Joint, session.WritesCaptions);
        if (model.Decoder is { } decoder)
        {
            int length = model.Description.CaptionLength;
            int[] words = [.. decoder.Greedy(features, length).to_type(ScalarType.Int32).data<int>()];
            Assert.Equal(
                [.. words.Chunk(length).Select(row => model.Description.Vocabulary!.Decode(row))],
                session.Captions(features)!
            );
        }
    }

    [Theory]
    [InlineData(HeadKind.Logistic)]
    [InlineData(HeadKind.Mlp)]
    [InlineData(HeadKind.BiLstm)]
    public void A_taught_head_reads_the_features_it_was_taught_on(HeadKind kind)
    {
        using var scope = NewDisposeScope();
        using VideoModel model = HeadedModels.Create(kind);
        using var session = new InferenceSession(model);
        VideoFrames video = HeadedModels.Video(3, 30);

        // 30 frames are four windows; the head reads 10 vectors a second of them.
        FeatureSequence features = session.Extract(video, new FeatureOptions { VectorsPerSecond = 10, Overlap = 0.25 });
        float[] expected = model.Taught!.Classifier.Predict(features);
        Prediction prediction = session.Predict(video, new PredictionOptions { Clips = 3 });

        Assert.Equal(25, features.Steps);
        Assert.Equal(["red", "blue", "green"], session.Classes);
        Assert.Equal(
            expected.Select(p => (double)p),
            prediction.Top.OrderBy(entry => entry.Class).Select(entry => entry.Probability)
        );
        Assert.Equal(1, prediction.Clips);

        // A clip as long as a window says the same by its own features and as a video.
        VideoFrames clip = HeadedModels.Slice(video, 0, HeadedModels.Window);
        float[] row = session.Scores(session.Features(Cropped(clip), 1))!.Row(0).ToArray();
        Assert.Equal(
            row.Select(p => (double)p),
            session.Predict(clip).Top.OrderBy(entry => entry.Class).Select(entry => entry.Probability)
        );
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Follows_neither_the_models_training_nor_its_end(HeadKind kind)
    {
        VideoModel model = HeadedModels.Create(kind);
        model.SetTraining(true);
        using var session = new InferenceSession(model);
        VideoFrames video = HeadedModels.Video(4, 12);
        Prediction before = session.Predict(video);
        using (no_grad())
        {
            foreach (Tensor tensor in model.Tensors().Values)
            {
                tensor.zero_();
            }
        }

        Assert.True(model.Encoder.training);
        Prediction after = session.Predict(video);
        model.Dispose();
        Prediction afterwards = session.Predict(video);

        Assert.Equal((before.Caption, after.Caption), (after.Caption, afterwards.Caption));
        Assert.Equal(before.Top, after.Top);
        Assert.Equal(before.Top, afterwards.Top);
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Opening_using_and_closing_sessions_leaves_no_tensor_behind(HeadKind kind)
    {
        using VideoModel model = HeadedModels.Create(kind);
        VideoFrames video = HeadedModels.Video(5, 20);
        void Use()
        {
            using var session = new InferenceSession(model);
            session.Predict(video, new PredictionOptions { Clips = 2, BeamWidth = 2 });
            using var stream = new StreamPredictor(session, options: null, ownsSession: false);
            for (int i = 0; i < video.Count; i++)
            {
                stream.Push(video.Frame(i));
            }

            stream.Finish();
        }

        Use();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Use();
        Use();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_session_opened_inside_a_scope_outlives_it(HeadKind kind)
    {
        using VideoModel model = HeadedModels.Create(kind);
        VideoFrames video = HeadedModels.Video(6, 12);
        InferenceSession session;
        Prediction inside;
        using (NewDisposeScope())
        {
            session = new InferenceSession(model);
            inside = session.Predict(video);
        }

        using (session)
        {
            Prediction outside = session.Predict(video);
            Assert.Equal(inside.Top, outside.Top);
            Assert.Equal(inside.Caption, outside.Caption);
        }
    }

    [Fact]
    public void Features_outlive_a_scope_inside_and_belong_to_the_one_around()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.MeanFeatures);
        using var session = new InferenceSession(model);
        Tensor features;
        using (NewDisposeScope())
        {
            features = session.Features(Pixels(1), 1);
            Assert.False(features.IsInvalid);
        }

        Assert.True(features.IsInvalid);
    }

    [Fact]
    public void A_closed_session_says_so()
    {
        using VideoModel model = HeadedModels.Create(HeadKind.MeanFeatures);
        var session = new InferenceSession(model);
        session.Dispose();
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Predict(HeadedModels.Video(1, 4)));
    }

    [Fact]
    public void A_model_without_a_head_has_features_and_no_predictor()
    {
        using VideoModel joint = HeadedModels.Create(HeadKind.MeanFeatures);
        using var bare = new VideoModel(joint.Description with { Classifier = null });
        using var session = new InferenceSession(bare);

        Assert.Equal(12, session.Extract(HeadedModels.Video(1, 12)).Steps);
        Assert.Empty(session.Predict(HeadedModels.Video(1, 12)).Top);
        foreach (
            Action make in new Action[]
            {
                () => new VideoPredictor(bare).Dispose(),
                () => new StreamPredictor(bare).Dispose(),
            }
        )
        {
            var fault = Assert.Throws<TaskGrainException>(make);
            Assert.Contains("nothing to predict", fault.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Pixels(int clips) =>
        [.. Enumerable.Range(0, clips).SelectMany(i => Cropped(HeadedModels.Video((ulong)i, HeadedModels.Window)))];

    private static byte[] Cropped(VideoFrames video)
    {
        byte[] pixels = new byte[video.Count * Side * Side * 3];
        video.CopyClip(
            new ClipPlan([.. Enumerable.Range(0, video.Count)], new PixelRectangle(4, 4, Side, Side), Flipped: false),
            pixels
        );
        return pixels;
    }
}
