using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Explain;

/// <summary>
/// A model whose weights are set by hand to see red and nothing else, and videos of grey noise in some of whose frames
/// a red patch moves: its answers and the places of their reasons are known.
/// </summary>
/// <remarks>
/// Channel 0 of every convolution passes on red less green; a unit of the LSTM, one of the projection and one of the
/// decoder's layers pass on the largest of it. Class 0 and the word "patch" are the likelier the more red there is.
/// </remarks>
internal static class PlantedPatch
{
    public const int Frames = 10;
    public const int Side = 72;
    public const int Crop = 64;
    public const int Patch = 16;
    public const int FirstFrame = 4;
    public const int LastFrame = 6;

    private const int Hidden = 4;

    /// <summary>
    /// Where the patch is in a frame, its left upper corner within the crop; null where there is none.
    /// </summary>
    /// <remarks>
    /// Always partly in the middle 16 pixels: the last convolutions cut off all that lies around them.
    /// </remarks>
    public static (int X, int Y)? At(int frame) =>
        frame is >= FirstFrame and <= LastFrame ? (12 + (8 * (frame - FirstFrame)), 30) : null;

    public static VideoFrames Video()
    {
        var format = new FrameFormat(Side, Side, 12);
        byte[] pixels = new byte[Frames * format.BytesPerFrame];
        var random = new TaskGrain.Runtime.SeededRandom(1);
        const int Border = (Side - Crop) / 2;
        for (int i = 0; i < pixels.Length / 3; i++)
        {
            int x = (i % Side) - Border;
            int y = (i / Side % Side) - Border;
            byte grey = (byte)random.NextInt(80, 120);
            bool inside =
                At(i / (Side * Side)) is { } patch
                && x >= patch.X
                && x < patch.X + Patch
                && y >= patch.Y
                && y < patch.Y + Patch;
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = inside
                ? ((byte)250, (byte)20, (byte)20)
                : (grey, grey, grey);
        }

        return new VideoFrames(format, pixels);
    }

    public static VideoModel Model(string architecture = "M(8-8)")
    {
        var vocabulary = new Vocabulary(["<GO>", "<END>", "[Something]", "patch", "nothing"]);
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = new EncoderOptions
                {
                    Architecture = EncoderArchitecture.Parse(architecture),
                    LstmHidden = Hidden,
                    FeatureSize = Hidden,
                    CropSize = Crop,
                    FinalPool = 2,
                },
                Preprocessing = new Preprocessing
                {
                    Frames = new FrameFormat(Side, Side, 12),
                    Clip = new ClipSamplerOptions { Frames = Frames, CropSize = Crop },
                },
                Granularity = Granularity.Captions,
                Taxonomy = Taxonomy.Flat(["a patch", "nothing at all"]),
                Classifier = ClassifierPooling.MeanFeatures,
                Vocabulary = vocabulary,
                CaptionLength = 3,
                Decoder = new CaptionDecoderOptions
                {
                    Words = vocabulary.Count,
                    FeatureSize = Hidden,
                    Embedding = 2,
                    Hidden = Hidden,
                },
            }
        );
        model.Encoder.Compute = TaskGrain.Runtime.Precision.Float32;
        SetWeights(model);
        model.SetTraining(false);
        return model;
    }

    private static void SetWeights(VideoModel model)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Dictionary<string, Tensor> weights = new(StringComparer.Ordinal);
        foreach ((string key, Tensor value) in model.Tensors())
        {
            weights[key] = value;
            if (!key.Contains(".norm.", StringComparison.Ordinal))
            {
                value.zero_();
            }
        }

        foreach ((string key, Tensor value) in weights)
        {
            if (key.EndsWith("conv.weight", StringComparison.Ordinal))
            {
                long middle = value.shape[2] / 2;
                value[0, 0, middle, 1, 1] = 1;
                if (value.shape[1] == 3)
                {
                    value[0, 1, middle, 1, 1] = -1;
                }
            }
            else if (key.Contains("lstm.bias_ih", StringComparison.Ordinal))
            {
                // Gates in the order input, forget, cell, output: input and output open, nothing remembered.
                value[TensorIndex.Slice(0, Hidden)] = 4;
                value[TensorIndex.Slice(Hidden, 2 * Hidden)] = -4;
                value[TensorIndex.Slice(3 * Hidden, 4 * Hidden)] = 4;
            }
        }

        int cell = 2 * Hidden;
        weights["encoder.lstm.weight_ih_l0"][cell, 0] = 0.3f; // the first channel's first feature
        weights["encoder.projection.weight"][0, 0] = 1;
        weights["classifier.output.weight"][0, 0] = 5;
        weights["decoder.mapping.weight"][0, 0] = 1;
        weights["decoder.lstm.weight_ih_l0"][cell, 2] = 1; // behind the embedding's two numbers
        weights["decoder.lstm.weight_ih_l1"][cell, 0] = 1;
        weights["decoder.output.weight"][3, 0] = 5;
    }
}
