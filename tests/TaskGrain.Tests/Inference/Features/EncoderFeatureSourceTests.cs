using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Transfer;
using TaskGrain.Tests.Video;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Inference.Features;

public sealed class EncoderFeatureSourceTests
{
    private const int D = TinyModels.FeatureSize;

    [Fact]
    public void A_video_as_long_as_a_window_gives_what_the_encoder_gives()
    {
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);
        VideoFrames video = SomeFrames.Noise(1, TinyModels.Window, TinyModels.Format);

        FeatureSequence features = source.Extract(video);

        Assert.Equal((TinyModels.Window, D), (features.Steps, features.Dimension));
        AssertNear(Encode(model, video, [.. Enumerable.Range(0, TinyModels.Window)]), features.Values.ToArray());
    }

    [Fact]
    public void A_short_video_is_padded_as_in_training_and_keeps_its_own_vectors()
    {
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);
        VideoFrames video = SomeFrames.Noise(2, 5, TinyModels.Format);
        int[] padded = new ClipSampler(model.Description.Preprocessing.Clip).Centre(5, 64, 64).Frames;
        int first = Array.IndexOf(padded, 1) - 1;

        FeatureSequence features = source.Extract(video);

        Assert.Equal(5, features.Steps);
        AssertNear(Encode(model, video, padded)[(first * D)..((first + 5) * D)], features.Values.ToArray());
    }

    [Fact]
    public void Each_vector_of_a_long_video_comes_from_the_window_that_holds_it_most_centrally()
    {
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);
        VideoFrames video = SomeFrames.Noise(3, 21, TinyModels.Format);

        FeatureSequence features = source.Extract(video);

        Assert.Equal(21, features.Steps);
        foreach (FeatureWindow window in WindowPlan.Create(21, TinyModels.Window, 0.5))
        {
            float[] whole = Encode(model, video, [.. Enumerable.Range(window.Start, TinyModels.Window)]);
            AssertNear(
                whole[((window.From - window.Start) * D)..((window.To - window.Start) * D)],
                features.Values[(window.From * D)..(window.To * D)].ToArray()
            );
        }
    }

    [Fact]
    public void An_encoder_that_skips_frames_still_gives_twelve_vectors_a_second()
    {
        using VideoModel model = TinyModels.Create(stride: 2);
        using var source = EncoderFeatureSource.Of(model);
        VideoFrames video = SomeFrames.Noise(4, 16, TinyModels.Format);

        FeatureSequence features = source.Extract(video);

        float[] own = Encode(model, video, [.. Enumerable.Range(0, 8).Select(i => 2 * i)]);
        Assert.Equal(16, features.Steps);
        AssertNear(own[D..(2 * D)], features[2].ToArray());
        AssertNear([.. own[..D].Zip(own[D..(2 * D)], (a, b) => (a + b) / 2)], features[1].ToArray());
    }

    [Fact]
    public void The_same_frames_give_the_same_bits()
    {
        VideoFrames video = SomeFrames.Noise(5, 30, TinyModels.Format);
        using VideoModel model = TinyModels.Create(precision: Precision.BFloat16);
        using var one = EncoderFeatureSource.Of(model);
        using var other = EncoderFeatureSource.Of(model);

        one.Extract(SomeFrames.Noise(6, 12, TinyModels.Format));

        Assert.Equal(one.Extract(video).Values.ToArray(), other.Extract(video).Values.ToArray());
        Assert.Equal(one.Info.Identity, other.Info.Identity);
    }

    [Fact]
    public void Whatever_shapes_the_vectors_changes_the_identity()
    {
        string[] identities = new string[6];
        using VideoModel model = TinyModels.Create(),
            other = TinyModels.Create(seed: 2),
            strided = TinyModels.Create(stride: 2),
            half = TinyModels.Create(precision: Precision.BFloat16);
        EncoderFeatureSource[] sources =
        [
            EncoderFeatureSource.Of(model),
            EncoderFeatureSource.Of(other),
            EncoderFeatureSource.Of(strided),
            EncoderFeatureSource.Of(half),
            EncoderFeatureSource.Of(model, new FeatureOptions { Overlap = 0.25 }),
            EncoderFeatureSource.Untrained(TinyModels.Encoder, TinyModels.Preprocessing(), 7, torch.CPU),
        ];
        for (int i = 0; i < sources.Length; i++)
        {
            identities[i] = sources[i].Info.Identity;
            sources[i].Dispose();
        }

        Assert.Equal(6, identities.Distinct().Count());
    }

    [Fact]
    public void An_untrained_encoder_is_fixed_by_its_seed_and_tells_clips_apart()
    {
        using var one = EncoderFeatureSource.Untrained(TinyModels.Encoder, TinyModels.Preprocessing(), 7, torch.CPU);
        using var again = EncoderFeatureSource.Untrained(TinyModels.Encoder, TinyModels.Preprocessing(), 7, torch.CPU);
        VideoFrames video = SomeFrames.Noise(8, 8, TinyModels.Format);

        float[] features = one.Extract(video).Values.ToArray();

        Assert.Equal(features, again.Extract(video).Values.ToArray());
        Assert.NotEqual(features, one.Extract(SomeFrames.Noise(9, 8, TinyModels.Format)).Values.ToArray());
        Assert.Equal(FeatureSourceKind.RandomEncoder, one.Info.Kind);
    }

    [Fact]
    public void Frames_of_another_format_are_refused()
    {
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);

        Assert.Throws<TaskGrainException>(() => source.Extract(SomeFrames.Noise(1)));
    }

    [Fact]
    public void Extraction_leaves_no_tensors_behind()
    {
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);
        VideoFrames video = SomeFrames.Noise(1, 30, TinyModels.Format);
        source.Extract(video);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        source.Extract(video);
        source.Extract(video);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>The plain encoder's vectors for some frames of a video.</summary>
    private static float[] Encode(VideoModel model, VideoFrames video, int[] frames)
    {
        using var scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        byte[] pixels = new byte[frames.Length * 56 * 56 * 3];
        video.CopyClip(new ClipPlan(frames, new PixelRectangle(4, 4, 56, 56), false), pixels);
        return
        [
            .. model
                .Encoder.call(
                    PixelTensor.FromBytes(pixels, 1, frames.Length, 56, 56, model.Description.Preprocessing.PixelScale)
                )
                .data<float>(),
        ];
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }
}
