using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Tests.Evaluation;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Inference;

public sealed class StreamingPredictorTests
{
    [Fact]
    public void Predicts_after_each_frame_once_the_look_ahead_has_passed()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamingPredictor(model, new StreamingOptions { Top = 2 });
        VideoFrames video = world.Frames("train-0");

        StreamPrediction?[] predictions = [.. Enumerable.Range(0, 10).Select(i => predictor.Push(video.Frame(i)))];
        StreamPrediction last = predictor.Finish()!;

        Assert.Equal(6, predictor.LookAhead);
        Assert.Equal(6, predictor.Format.FramesPerSecond); // 12 a second, of which the model takes every other
        Assert.All(predictions[..6], Assert.Null);
        Assert.All(predictions[6..], Assert.NotNull);
        Assert.Equal([1, 2, 3, 4, 4], [.. predictions[6..].Select(p => p!.Window), last.Window]);
        Assert.Equal(2, last.Top.Count);
        Assert.NotNull(last.Caption);
        Assert.Equal(1.5, last.Seconds);
    }

    [Fact]
    public void A_stream_that_ends_before_its_first_frame_has_no_prediction()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamingPredictor(model);

        Assert.Null(predictor.Finish());
    }

    [Fact]
    public void Every_nth_frame_and_classes_alone_are_options()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamingPredictor(model, new StreamingOptions { Every = 4, Captions = false });
        VideoFrames video = world.Frames("train-0");

        StreamPrediction?[] predictions = [.. Enumerable.Range(0, 10).Select(i => predictor.Push(video.Frame(i)))];

        Assert.Equal([7], Enumerable.Range(0, 10).Where(i => predictions[i] is not null));
        Assert.Null(predictions[7]!.Caption);
    }

    [Fact]
    public void A_whole_stream_of_one_clip_is_predicted_like_the_clip()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        model.Encoder.Compute = TaskGrain.Runtime.Precision.Float32;
        using var predictor = new StreamingPredictor(model);
        VideoFrames video = world.Frames("train-1");
        ClipPlan plan = new ClipSampler(model.Description.Preprocessing.Clip).Centre(video.Count, 64, 64);
        foreach (int frame in plan.Frames)
        {
            predictor.Push(video.Frame(frame));
        }

        StreamPrediction streamed = predictor.Finish()!;
        Prediction whole = new Predictor(model).Predict(video);

        Assert.Equal(whole.Top[0].Class, streamed.Top[0].Class);
        Assert.Equal(whole.Top[0].Probability, streamed.Top[0].Probability, 1e-4);
    }

    [Fact]
    public void Frames_of_another_size_and_bad_options_are_refused()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new StreamingPredictor(model);

        Assert.Throws<ArgumentException>(() => predictor.Push(new byte[7]));
        var fault = Assert.Throws<TaskGrainException>(() =>
            new StreamingPredictor(model, new StreamingOptions { Top = 0, Every = -1 })
        );
        Assert.Contains("Top", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Every", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_stream_leaves_no_tensor_behind()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamingPredictor(model);
        VideoFrames video = world.Frames("train-0");
        void Push(int count)
        {
            for (int i = 0; i < count; i++)
            {
                predictor.Push(video.Frame(i % video.Count));
            }
        }

        Push(12);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Push(20);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
