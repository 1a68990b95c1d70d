using TaskGrain.Inference;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Transfer;
using TaskGrain.Transfer;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference;

/// <summary>Models whose taught classes are told by sources that they name.</summary>
public sealed class TaughtSourcesTests : IDisposable
{
    private static readonly FrameFormat Format = new(64, 64, 12);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_model_of_its_encoder_and_motion_predicts_and_streams_what_it_was_taught()
    {
        string file = _folder.File("taught.safetensors");
        using (VideoModel taught = Taught(source => source))
        {
            ModelFile.Save(file, taught);
        }

        using var predictor = VideoPredictor.Open(file);
        VideoFrames fresh = Moving(toTheRight: false, seed: 77);
        Prediction prediction = predictor.Predict(fresh);
        using StreamPredictor stream = predictor.Stream(new StreamOptions { Every = 5 });
        List<StreamPrediction> running = [];
        for (int i = 0; i < fresh.Count; i++)
        {
            if (stream.Push(fresh.Frame(i)) is { } now)
            {
                running.Add(now);
            }
        }

        Assert.Equal(Format, predictor.Format);
        Assert.Equal("left", prediction.Top[0].Name);
        Assert.Equal(prediction.Top, stream.Finish()!.Top);
        Assert.Equal([5, 10, 15], running.Select(now => (int)now.Frames)); // 16 frames have come
        Assert.Equal(0, stream.LookAhead);
    }

    [Fact]
    public void A_model_says_which_source_it_misses()
    {
        using VideoModel taught = Taught(source => source with { Name = "network.onnx" });

        string message = Assert.Throws<TaskGrainException>(() => new VideoPredictor(taught).Dispose()).Message;

        Assert.Contains("'network.onnx'", message, StringComparison.Ordinal);
        Assert.Contains("beside the model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_refuses_another_source_of_the_same_name()
    {
        using VideoModel taught = Taught(source => source with { Checksum = "0123" });

        string message = Assert.Throws<TaskGrainException>(() => new VideoPredictor(taught).Dispose()).Message;

        Assert.Contains("checksum 0123", message, StringComparison.Ordinal);
        Assert.Contains("'motion'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lies_beside_the_model_is_found_wherever_both_are()
    {
        string encoder = _folder.File("other.safetensors");
        using (VideoModel other = TinyModels.Create(seed: 9))
        {
            ModelFile.Save(encoder, other);
        }

        string checksum;
        using (IFeatureSource source = FeatureSources.Open(encoder, CPU, Precision.Float32))
        {
            checksum = source.Info.Checksum;
        }

        string file = _folder.File("taught.safetensors");
        using (
            VideoModel taught = Taught(
                source =>
                    source with
                    {
                        Name = "gone/other.safetensors",
                        Checksum = checksum,
                        Dimension = TinyModels.FeatureSize,
                    },
                width: 2 * TinyModels.FeatureSize
            )
        )
        {
            ModelFile.Save(file, taught);
        }

        using var predictor = VideoPredictor.Open(file);

        Assert.Equal(2, predictor.Predict(Moving(toTheRight: true, seed: 1)).Top.Count);
    }

    /// <summary>A model taught to tell left from right by its own encoder and a second source.</summary>
    /// <param name="change">What is said of the second source instead.</param>
    /// <param name="width">Length of the vectors; null for those of the encoder and motion.</param>
    private static VideoModel Taught(Func<TaughtSource, TaughtSource> change, int? width = null)
    {
        using VideoModel model = TinyModels.Create();
        using IFeatureSource encoder = EncoderFeatureSource.Of(model);
        using IFeatureSource motion = new MotionSource();
        var joined = new CombinedSource([encoder, motion]);
        List<FeatureSequence> clips = [];
        for (ulong i = 0; i < 8; i++)
        {
            FeatureSequence seen = joined.Extract(Moving(toTheRight: i % 2 == 0, seed: i));
            clips.Add(width is { } other ? Cut(seen, other) : seen);
        }

        FewShotClassifier classifier = FewShotTrainer
            .Fit(ClassifierKind.Timeline, clips, [0, 1, 0, 1, 0, 1, 0, 1], classes: 2)
            .Classifier;
        var second = new TaughtSource(
            MotionSource.Name,
            "Motion",
            motion.Info.Checksum,
            motion.Info.Dimension,
            VectorsPerSecond: 12
        );
        return TaughtClassifier.Join(
            model,
            classifier,
            new TaughtHead
            {
                Classifier = "",
                Hidden = 0,
                Classes = ["right", "left"],
                VectorsPerSecond = 12,
                Overlap = 0.5,
                Sources = [new TaughtSource("", "Encoder", "", TinyModels.FeatureSize, 12), change(second)],
                Frames = Format,
                WindowSeconds = 16 / 12.0,
                Tensors = [],
                Clips = clips.Count,
            }
        );
    }

    private static FeatureSequence Cut(FeatureSequence clip, int width) =>
        new([.. Enumerable.Range(0, clip.Steps).SelectMany(step => clip[step][..width].ToArray())], clip.Steps, width);

    /// <summary>A bright bar that crosses a noisy picture in 16 frames.</summary>
    private static VideoFrames Moving(bool toTheRight, ulong seed)
    {
        var random = new SeededRandom(seed);
        byte[] pixels = new byte[16 * Format.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            int time = i / Format.BytesPerFrame;
            int column = i % Format.BytesPerFrame / 3 % Format.Width / 4;
            bool bar = column == (toTheRight ? time : 15 - time);
            pixels[i] = (byte)((bar ? 200 : 20) + random.NextInt(8));
        }

        return new VideoFrames(Format, pixels);
    }
}
