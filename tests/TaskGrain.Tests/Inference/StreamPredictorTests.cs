using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Inference;

public sealed class StreamPredictorTests
{
    [Fact]
    public void Predicts_after_each_frame_once_the_look_ahead_has_passed()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamPredictor(model, new StreamOptions { Top = 2 });
        VideoFrames video = world.Frames("train-0");

        StreamPrediction?[] predictions = [.. Enumerable.Range(0, 24).Select(i => predictor.Push(video.Frame(i % 10)))];
        StreamPrediction last = predictor.Finish()!;

        // The model reads every other of 12 frames a second, and six of those it waits for.
        Assert.Equal((12, 12), (predictor.LookAhead, predictor.Format.FramesPerSecond));
        Assert.Equal([12, 14, 16, 18, 20, 22], Enumerable.Range(0, 24).Where(i => predictions[i] is not null));
        Assert.Equal([1, 2, 3, 4, 4, 4], predictions.Where(p => p is not null).Select(p => p!.Window));
        Assert.Equal((13L, 1.0), (predictions[12]!.Frames, predictions[12]!.Seconds));
        Assert.Equal((24L, 23 / 12.0, 4), (last.Frames, last.Seconds, last.Window));
        Assert.Equal(2, last.Top.Count);
        Assert.NotNull(last.Caption);
    }

    [Fact]
    public void A_stream_that_ends_before_its_first_frame_has_no_prediction()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamPredictor(model);

        Assert.Null(predictor.Finish());
    }

    [Fact]
    public void Every_nth_frame_and_classes_alone_are_options()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamPredictor(model, new StreamOptions { Every = 4, Captions = false });
        VideoFrames video = world.Frames("train-0");

        StreamPrediction?[] predictions = [.. Enumerable.Range(0, 24).Select(i => predictor.Push(video.Frame(i % 10)))];

        // Of frames 0, 2, 4, … the fourth, eighth and twelfth; the fourth is still waited for.
        Assert.Equal([14, 22], Enumerable.Range(0, 24).Where(i => predictions[i] is not null));
        Assert.All(predictions, p => Assert.Null(p?.Caption));
        Assert.Null(predictor.Finish()!.Caption);
    }

    [Fact]
    public void Nothing_can_be_pushed_after_the_end()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new StreamPredictor(model);
        predictor.Push(world.Frames("train-0").Frame(0));
        predictor.Finish();

        Assert.Throws<InvalidOperationException>(() => predictor.Push(world.Frames("train-0").Frame(1)));
    }

    [Fact]
    public void Streams_of_one_predictor_do_not_disturb_each_other()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new VideoPredictor(model);
        VideoFrames[] videos = [world.Frames("train-0"), world.Frames("train-2")];
        StreamPrediction[] alone = [.. videos.Select(video => Streamed(predictor, video))];

        using StreamPredictor one = predictor.Stream(),
            other = predictor.Stream();
        for (int i = 0; i < videos[0].Count; i++)
        {
            one.Push(videos[0].Frame(i));
            other.Push(videos[1].Frame(i));
        }

        Assert.Equal(alone[0].Top, one.Finish()!.Top);
        Assert.Equal(alone[1].Top, other.Finish()!.Top);
        Assert.NotEqual(alone[0].Top, alone[1].Top);
    }

    [Fact]
    public void Frames_of_another_size_and_bad_options_are_refused()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new StreamPredictor(model);

        Assert.Throws<ArgumentException>(() => predictor.Push(new byte[7]));
        var fault = Assert.Throws<TaskGrainException>(() =>
            new StreamPredictor(model, new StreamOptions { Top = 0, Every = -1 })
        );
        Assert.Contains("Top", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Every", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_stream_leaves_no_tensor_behind()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        using var predictor = new StreamPredictor(model);
        VideoFrames video = world.Frames("train-0");
        void Push(int count)
        {
            for (int i = 0; i < count; i++)
            {
                predictor.Push(video.Frame(i % video.Count));
            }
        }

        Push(24);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Push(40);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static StreamPrediction Streamed(VideoPredictor predictor, VideoFrames video)
    {
        using StreamPredictor stream = predictor.Stream();
        for (int i = 0; i < video.Count; i++)
        {
            stream.Push(video.Frame(i));
        }

        return stream.Finish()!;
    }
}
