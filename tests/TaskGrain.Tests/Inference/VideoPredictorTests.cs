using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Inference;

public sealed class VideoPredictorTests
{
    [Fact]
    public void Fewer_classes_than_asked_for_give_them_all_best_first()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();

        using var predictor = new VideoPredictor(model);

        Prediction prediction = predictor.Predict(world.Frames("validation-0"), new PredictionOptions { Top = 5 });

        Assert.Equal(3, prediction.Top.Count);
        Assert.Equal(1, prediction.Top.Sum(t => t.Probability), 1e-4);
        Assert.Equal(prediction.Top.OrderByDescending(t => t.Probability), prediction.Top);
        Assert.All(prediction.Top, t => Assert.Equal(TinyWorld.Taxonomy.Categories[t.Class], t.Name));
        Assert.Equal((TinyWorld.FramesPerClip, 1), (prediction.Frames, prediction.Clips));
        Assert.Equal(TinyWorld.FramesPerClip / 12.0, prediction.Seconds);
        Assert.Null(prediction.Caption);
    }

    [Fact]
    public void Several_clips_average_what_each_says()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);
        using var predictor = new VideoPredictor(model);
        VideoFrames frames = world.Frames("validation-1");

        // A clip spans 7 of 10 frames: it can start at frames 0, 1, 2 or 3.
        Prediction all = predictor.Predict(frames, new PredictionOptions { Clips = 50 });
        Prediction[] each =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(start =>
                    predictor.Predict(
                        new VideoFrames(
                            TinyWorld.Format,
                            frames.Pixels.Slice(
                                start * TinyWorld.Format.BytesPerFrame,
                                7 * TinyWorld.Format.BytesPerFrame
                            )
                        )
                    )
                ),
        ];

        Assert.Equal(4, all.Clips);
        Assert.NotNull(all.Caption);
        foreach (ClassProbability top in all.Top)
        {
            Assert.Equal(each.Average(p => p.Top.Single(t => t.Class == top.Class).Probability), top.Probability, 1e-3);
        }
    }

    [Fact]
    public void Threads_share_a_predictor()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new VideoPredictor(model);
        VideoFrames[] clips = [.. world.Data.Annotations.Select(a => world.Frames(a.Id))];
        Prediction[] alone = [.. clips.Select(c => predictor.Predict(c))];
        var together = new Prediction[clips.Length];

        Parallel.For(
            0,
            clips.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => together[i] = predictor.Predict(clips[i])
        );

        Assert.Equal(alone.Select(p => p.Top[0]), together.Select(p => p.Top[0]));
    }

    [Fact]
    public void Predicting_leaves_no_tensor_behind_and_keeps_the_models_mode()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions);
        model.SetTraining(true);
        using var predictor = new VideoPredictor(model);
        VideoFrames frames = world.Frames("validation-0");
        predictor.Predict(frames);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        predictor.Predict(frames, new PredictionOptions { Clips = 3, BeamWidth = 2 });

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(model.Encoder.training);
    }

    [Fact]
    public void A_clip_shorter_than_the_models_is_padded()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        var one = new VideoFrames(
            TinyWorld.Format,
            world.Frames("validation-0").Pixels[..TinyWorld.Format.BytesPerFrame]
        );

        using var predictor = new VideoPredictor(model);

        Prediction prediction = predictor.Predict(one, new PredictionOptions { Clips = 5 });

        Assert.Equal((1, 1), (prediction.Frames, prediction.Clips));
    }

    [Fact]
    public void Wrong_inputs_are_refused()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using var predictor = new VideoPredictor(model);

        Assert.Throws<TaskGrainException>(() =>
            predictor.Predict(new VideoFrames(new FrameFormat(8, 8, 12), new byte[192]))
        );
        var fault = Assert.Throws<TaskGrainException>(() =>
            predictor.Predict(
                world.Frames("validation-0"),
                new PredictionOptions
                {
                    Top = 0,
                    Clips = 0,
                    BeamWidth = 0,
                }
            )
        );
        Assert.Contains("class", fault.Message, StringComparison.Ordinal);
        Assert.Contains("clips", fault.Message, StringComparison.Ordinal);
        Assert.Contains("beam", fault.Message, StringComparison.Ordinal);
        Assert.Throws<TaskGrainException>(() => predictor.Predict(Path.Combine(world.Folder, "missing.mp4")));
    }
}
