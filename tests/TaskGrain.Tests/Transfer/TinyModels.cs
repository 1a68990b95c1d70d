using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Transfer;

/// <summary>Models small enough for tests, untrained.</summary>
internal static class TinyModels
{
    public const int Window = 8;
    public const int FeatureSize = 24;

    public static readonly FrameFormat Format = new(64, 64, 12);

    public static VideoModel Create(int stride = 1, ulong seed = 1, Precision precision = Precision.Float32)
    {
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = Encoder,
                Preprocessing = Preprocessing(stride),
                Granularity = Granularity.ActionCategories,
                Taxonomy = Taxonomy.Flat(["one", "two"]),
                Classifier = ClassifierPooling.MeanFeatures,
            },
            new SeededRandom(seed)
        );
        model.Encoder.Compute = precision;
        model.SetTraining(false);
        return model;
    }

    public static EncoderOptions Encoder { get; } =
        new()
        {
            Architecture = new EncoderArchitecture(8, 8),
            LstmHidden = 16,
            FeatureSize = FeatureSize,
            CropSize = 56,
            FinalPool = 1,
        };

    public static Preprocessing Preprocessing(int stride = 1) =>
        new()
        {
            Frames = Format,
            Clip = new ClipSamplerOptions
            {
                Frames = Window,
                FrameStride = stride,
                CropSize = 56,
            },
        };
}
