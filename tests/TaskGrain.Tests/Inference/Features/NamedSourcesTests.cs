using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Transfer;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference.Features;

/// <summary>Sources by their names and files, alone and together.</summary>
public sealed class NamedSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public NamedSourcesTests()
    {
        _model = _folder.File("encoder.safetensors");
        using VideoModel model = TinyModels.Create();
        ModelFile.Save(_model, model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Joined_sources_give_their_vectors_side_by_side()
    {
        using IFeatureSource both = Open($"{_model}+motion");
        using IFeatureSource encoder = Open(_model);
        using IFeatureSource motion = Open("motion");
        VideoFrames video = HeadedLike(both.Info.Frames, 20);

        FeatureSequence joined = both.Extract(video);

        Assert.Equal(new FrameFormat(64, 64, 12), both.Info.Frames); // the encoder's size, motion needs less
        Assert.Equal((20, TinyModels.FeatureSize + motion.Info.Dimension), (joined.Steps, joined.Dimension));
        Assert.Equal(encoder.Extract(video)[7].ToArray(), joined[7][..TinyModels.FeatureSize].ToArray());
        Assert.Equal(
            motion.Extract(FrameScaling.To(video, motion.Info.Frames))[7].ToArray(),
            joined[7][TinyModels.FeatureSize..].ToArray()
        );
    }

    [Fact]
    public void An_encoder_at_clip_sees_the_same_in_the_same_film_at_half_speed()
    {
        using IFeatureSource whole = Open($"{_model}@clip");
        VideoFrames video = HeadedLike(whole.Info.Frames, TinyModels.Window);
        int bytes = video.Format.BytesPerFrame;
        byte[] slow = new byte[2 * video.Pixels.Length];
        for (int i = 0; i < 2 * video.Count; i++)
        {
            video.Frame(i / 2).CopyTo(slow.AsSpan(i * bytes));
        }

        float[] usual = TimelineClassifier.Course(whole.Extract(video), 1);
        float[] slower = TimelineClassifier.Course(whole.Extract(new VideoFrames(video.Format, slow)), 1);

        // The window is the same; what is taken between its steps is interpolated at other times.
        Assert.Equal(usual, slower, (a, b) => Math.Abs(a - b) < 0.05 * Math.Max(1e-3, usual.Max()));
    }

    [Fact]
    public void A_plus_in_the_name_of_a_file_is_part_of_the_name()
    {
        string odd = _folder.File("a+b.safetensors");
        File.Copy(_model, odd);

        using IFeatureSource source = Open(odd);

        Assert.Equal(TinyModels.FeatureSize, source.Info.Dimension);
    }

    [Fact]
    public void The_checksum_tells_weights_apart_and_not_number_formats()
    {
        string Checksum(Precision precision, ulong seed)
        {
            using VideoModel model = TinyModels.Create(seed: seed, precision: precision);
            using IFeatureSource source = EncoderFeatureSource.Of(model);
            return source.Info.Checksum;
        }

        Assert.Equal(Checksum(Precision.Float32, 1), Checksum(Precision.BFloat16, 1));
        Assert.NotEqual(Checksum(Precision.Float32, 1), Checksum(Precision.Float32, 2));
    }

    [Fact]
    public void A_word_that_is_no_source_is_refused_with_the_names_there_are()
    {
        string message = Assert.Throws<TaskGrainException>(() => Open("motion+nothing").Dispose()).Message;

        Assert.Contains("'nothing'", message, StringComparison.Ordinal);
        Assert.Contains("motion", message, StringComparison.Ordinal);
        Assert.False(FeatureSources.Exists("motion+nothing"));
        Assert.True(FeatureSources.Exists($"{_model}@clip+motion"));
    }

    private static IFeatureSource Open(string name) => FeatureSources.Open(name, CPU, Precision.Float32);

    private static VideoFrames HeadedLike(FrameFormat format, int frames)
    {
        var random = new SeededRandom(3);
        byte[] pixels = new byte[frames * format.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            int place = i % format.BytesPerFrame / 3;
            int block = (place % format.Width / 16) + (place / format.Width / 16);
            pixels[i] = (byte)((40 * block) + (13 * (i / format.BytesPerFrame)) + random.NextInt(4));
        }

        return new VideoFrames(format, pixels);
    }
}
