using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference;

/// <summary>A file and a stream that has shown the same frames are told alike, by every head.</summary>
public sealed class StreamAgreementTests
{
    private const int Window = HeadedModels.Window;

    /// <summary>At its end a stream computes what the file's prediction does.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>While it runs it computes float32 sums in another order, through eight layers.</summary>
    private const double Rounding = 1e-3;

    public static MatrixTheoryData<HeadKind, Precision> HeadsAndPrecisions =>
        new(Enum.GetValues<HeadKind>(), [Precision.Float32, Precision.BFloat16]);

    public static TheoryData<HeadKind> Heads => [.. Enum.GetValues<HeadKind>()];

    [Theory]
    [MemberData(nameof(HeadsAndPrecisions))]
    public void At_its_end_a_stream_of_at_most_a_window_says_what_the_file_says(HeadKind kind, Precision precision)
    {
        foreach (int stride in new[] { 1, 3 })
        {
            using VideoModel model = HeadedModels.Create(kind, precision, stride);
            using var predictor = new VideoPredictor(model);
            List<Said> said = [];
            foreach (int frames in new[] { 1, 4, (Window * stride) - 1, Window * stride })
            {
                VideoFrames video = HeadedModels.Video((ulong)frames, frames);

                Said whole = Said.Of(predictor.Predict(video));
                Said streamed = Said.Of(Finish(predictor, video));

                whole.AssertNear(streamed, Tolerance);
                said.Add(whole);
            }

            AssertDiffer(said);
        }
    }

    [Theory]
    [MemberData(nameof(HeadsAndPrecisions))]
    public void At_its_end_a_longer_stream_says_what_its_last_window_as_a_file_says(HeadKind kind, Precision precision)
    {
        foreach (int stride in new[] { 1, 3 })
        {
            using VideoModel model = HeadedModels.Create(kind, precision, stride);
            using var predictor = new VideoPredictor(model);
            int first = 2 * Window * stride;
            int frames = (3 * Window * stride) - (stride / 2);
            List<Said> said = [];
            foreach (ulong seed in new ulong[] { 7, 8, 9 })
            {
                VideoFrames video = HeadedModels.Video(seed, frames);

                Said last = Said.Of(predictor.Predict(HeadedModels.Slice(video, first, frames - first)));
                Said streamed = Said.Of(Finish(predictor, video));

                last.AssertNear(streamed, Tolerance);
                said.Add(last);
            }

            AssertDiffer(said);
        }
    }

    // The 2D channel alone waits for no frame, so its stream has seen a whole clip before its end.
    [Theory]
    [MemberData(nameof(Heads))]
    public void A_stream_that_need_not_wait_says_what_the_file_says_while_it_runs(HeadKind kind)
    {
        using VideoModel model = HeadedModels.Create(kind, architecture: "M(0-16)");
        using var predictor = new VideoPredictor(model);
        using StreamPredictor stream = predictor.Stream(new StreamOptions { Top = 3 });
        VideoFrames video = HeadedModels.Video(8, Window);
        StreamPrediction? running = null;
        for (int i = 0; i < video.Count; i++)
        {
            running = stream.Push(video.Frame(i));
        }

        Assert.Equal((0, Window), (stream.LookAhead, running!.Window));
        Said.Of(predictor.Predict(video)).AssertNear(Said.Of(running), Rounding);
    }

    [Theory]
    [MemberData(nameof(HeadsAndPrecisions))]
    public void A_running_stream_says_what_the_heads_say_of_the_whole_videos_features(
        HeadKind kind,
        Precision precision
    )
    {
        using var scope = NewDisposeScope();
        using VideoModel model = HeadedModels.Create(kind, precision);
        using var session = new InferenceSession(model);
        using var stream = new StreamPredictor(model, new StreamOptions { Top = 3 });
        VideoFrames video = HeadedModels.Video(9, (2 * Window) + 6);
        StreamPrediction? running = null;
        for (int i = 0; i < video.Count; i++)
        {
            running = stream.Push(video.Frame(i));
        }

        // All frames through the convolutions at once; of their vectors those that the look-ahead of six has passed.
        byte[] pixels = new byte[video.Count * 56 * 56 * 3];
        video.CopyClip(
            new ClipPlan([.. Enumerable.Range(0, video.Count)], new PixelRectangle(4, 4, 56, 56), Flipped: false),
            pixels
        );
        Tensor vectors = session.Encoder.Vectors(session.Clips(pixels, 1, video.Count));
        Tensor features = FoldedEncoder.Infer(() => session.Encoder.Read(vectors.narrow(1, Window, Window)));

        // bfloat16 keeps 8 bits, so a vector's last bit is 1/256 of it, and which way it is rounded depends on how many
        // frames are computed at once; six layers and two more behind them add up.
        double tolerance = precision == Precision.Float32 ? Rounding : 8.0 / 256;
        Said.Of(session, features).AssertNear(Said.Of(running!), tolerance, captions: precision == Precision.Float32);
    }

    private static StreamPrediction Finish(VideoPredictor predictor, VideoFrames video)
    {
        using StreamPredictor stream = predictor.Stream(new StreamOptions { Top = 3, Every = int.MaxValue });
        for (int i = 0; i < video.Count; i++)
        {
            stream.Push(video.Frame(i));
        }

        return stream.Finish()!;
    }

    /// <summary>Other frames must be told otherwise, or agreement would say nothing.</summary>
    private static void AssertDiffer(IReadOnlyList<Said> said)
    {
        if (said[0].Probabilities.Length > 0)
        {
            double moved = Enumerable
                .Range(0, said[0].Probabilities.Length)
                .Max(c => said.Max(s => s.Probabilities[c]) - said.Min(s => s.Probabilities[c]));
            Assert.True(moved > 20 * Tolerance, $"other frames change the probabilities by {moved} only");
        }
        else
        {
            Assert.True(said.Select(s => s.Caption).Distinct().Count() > 1, $"all said: {said[0].Caption}");
        }
    }

    /// <summary>What was said of a video: each class's probability and the caption.</summary>
    private sealed record Said(double[] Probabilities, string? Caption)
    {
        public static Said Of(Prediction prediction) => new(ByClass(prediction.Top), prediction.Caption);

        public static Said Of(StreamPrediction prediction) => new(ByClass(prediction.Top), prediction.Caption);

        public static Said Of(InferenceSession session, Tensor features) =>
            new(
                session.Scores(features) is { } scores ? [.. scores.Row(0).ToArray().Select(p => (double)p)] : [],
                session.Captions(features)?[0]
            );

        public void AssertNear(Said other, double tolerance, bool captions = true)
        {
            Assert.Equal(Probabilities.Length, other.Probabilities.Length);
            Assert.True(Probabilities.Length == 3 || Caption is not null, "nothing was said");
            for (int i = 0; i < Probabilities.Length; i++)
            {
                Assert.Equal(Probabilities[i], other.Probabilities[i], tolerance);
            }

            if (captions)
            {
                Assert.Equal(Caption, other.Caption);
            }
        }

        private static double[] ByClass(IReadOnlyList<ClassProbability> top) =>
            [.. top.OrderBy(entry => entry.Class).Select(entry => entry.Probability)];
    }
}
