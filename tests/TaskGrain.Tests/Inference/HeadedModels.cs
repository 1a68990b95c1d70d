using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Transfer;
using TaskGrain.Transfer;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference;

/// <summary>The heads a model can have.</summary>
public enum HeadKind
{
    MeanFeatures,
    MeanLogProbabilities,
    Captions,
    Joint,
    Logistic,
    Mlp,
    BiLstm,
    Timeline,
    Average,
}

/// <summary>Small models of every kind of head whose answers depend on what they see, and videos.</summary>
internal static class HeadedModels
{
    public const int Window = TinyModels.Window;

    private static readonly string[] Words =
    [
        "<GO>",
        "<END>",
        "[Something]",
        "a",
        "cup",
        "moving",
        "left",
        "right",
        "box",
    ];

    public static VideoModel Create(
        HeadKind kind,
        Precision precision = Precision.Float32,
        int stride = 1,
        string architecture = "M(16-16)"
    )
    {
        bool captions = kind is HeadKind.Captions or HeadKind.Joint;
        EncoderOptions encoder = TinyModels.Encoder with { Architecture = EncoderArchitecture.Parse(architecture) };
        Vocabulary? vocabulary = captions ? new Vocabulary(Words) : null;
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = encoder,
                Preprocessing = TinyModels.Preprocessing(stride),
                Granularity = captions ? Granularity.Captions : Granularity.ActionCategories,
                Taxonomy = Taxonomy.Flat(["one", "two", "three"]),
                Classifier = kind switch
                {
                    HeadKind.MeanFeatures or HeadKind.Joint => ClassifierPooling.MeanFeatures,
                    HeadKind.MeanLogProbabilities => ClassifierPooling.MeanLogProbabilities,
                    _ => null,
                },
                Vocabulary = vocabulary,
                Decoder = vocabulary is null
                    ? null
                    : new CaptionDecoderOptions
                    {
                        Words = vocabulary.Count,
                        FeatureSize = encoder.FeatureSize,
                        Embedding = 8,
                        Hidden = 16,
                    },
            },
            new SeededRandom(5)
        );
        model.Encoder.Compute = precision;
        Stir(model);
        model.SetTraining(false);
        ClassifierKind? taught = kind switch
        {
            HeadKind.Logistic => ClassifierKind.LogisticRegression,
            HeadKind.Mlp => ClassifierKind.Mlp,
            HeadKind.BiLstm => ClassifierKind.BiLstm,
            HeadKind.Timeline => ClassifierKind.Timeline,
            HeadKind.Average => ClassifierKind.Average,
            _ => null,
        };
        if (taught is not { } classifier)
        {
            return model;
        }

        using (model)
        {
            ulong[] seeds = [16, 24, 23, 31, 19, 27]; // two dark ones, two between, two bright ones
            return Teach(
                model,
                classifier,
                ["red", "blue", "green"],
                [.. seeds.Select(seed => Video(seed, Window))],
                [0, 0, 1, 1, 2, 2]
            );
        }
    }

    /// <summary>A video of large coloured blocks, every frame another; some videos are brighter than others.</summary>
    public static VideoFrames Video(ulong seed, int frames)
    {
        var random = new SeededRandom(seed);
        FrameFormat format = TinyModels.Format;
        byte[] pixels = new byte[frames * format.BytesPerFrame];
        byte[] colours = new byte[3 * 4];
        int dark = (int)(seed * 5 % 8) * 24;
        for (int t = 0; t < frames; t++)
        {
            for (int i = 0; i < colours.Length; i++)
            {
                colours[i] = (byte)(dark + random.NextInt(88));
            }

            for (int i = 0; i < format.BytesPerFrame; i++)
            {
                int x = i / 3 % format.Width;
                int y = i / 3 / format.Width;
                int block = (x / 32 % 2) + (2 * (y / 32 % 2));
                pixels[(t * format.BytesPerFrame) + i] = colours[(3 * block) + (i % 3)];
            }
        }

        return new VideoFrames(format, pixels);
    }

    /// <summary>Some of a video's frames.</summary>
    public static VideoFrames Slice(VideoFrames video, int first, int count) =>
        new(video.Format, video.Pixels.Slice(first * video.Format.BytesPerFrame, count * video.Format.BytesPerFrame));

    /// <summary>
    /// Gives a model's encoder a taught head. It reads 10 vectors a second, which no model here makes: they are
    /// interpolated.
    /// </summary>
    public static VideoModel Teach(
        VideoModel model,
        ClassifierKind kind,
        string[] classes,
        IReadOnlyList<VideoFrames> videos,
        int[] labels
    )
    {
        var options = new FeatureOptions { VectorsPerSecond = 10, Overlap = 0.25 };
        using var source = EncoderFeatureSource.Of(model, options);
        FewShotFit fit = FewShotTrainer.Fit(
            kind,
            [.. videos.Select(video => source.Extract(video))],
            labels,
            classes.Length,
            FewShotOptions.For(kind) with
            {
                MlpHidden = 16,
                LstmHidden = 16,
                MaxUpdates = 40,
                StepStride = 1,
            }
        );
        return TaughtClassifier.Join(
            model,
            fit.Classifier,
            new TaughtHead
            {
                Classifier = "",
                Hidden = 0,
                Classes = classes,
                VectorsPerSecond = options.VectorsPerSecond,
                Overlap = options.Overlap,
                Tensors = [],
                Clips = videos.Count,
            }
        );
    }

    // A newborn network says nearly the same of everything: its batch norms and heads are given larger weights.
    private static void Stir(VideoModel model)
    {
        using IDisposable noGradient = no_grad();
        using var scope = NewDisposeScope();
        var random = new SeededRandom(6);
        foreach ((string key, Tensor value) in model.Tensors())
        {
            if (key.EndsWith("norm.weight", StringComparison.Ordinal))
            {
                value.copy_(
                    tensor([.. Enumerable.Range(0, (int)value.numel()).Select(_ => (float)random.NextDouble(1, 4))])
                );
            }
            else if (
                key.StartsWith("classifier.", StringComparison.Ordinal)
                || key.StartsWith("decoder.", StringComparison.Ordinal)
                || key.StartsWith("encoder.projection.weight", StringComparison.Ordinal)
            )
            {
                value.mul_(4);
            }
        }
    }
}
