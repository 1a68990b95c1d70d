using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>An encoder with its heads and everything there is to know about them.</summary>
public sealed class VideoModel : IDisposable
{
    /// <summary>Makes a model with random weights, on the CPU.</summary>
    /// <param name="description">What it is made of.</param>
    /// <param name="random">Draws the weights; null for a fixed seed. Each part has a stream of its own.</param>
    /// <exception cref="TaskGrainException">The description contradicts itself or cannot be built.</exception>
    internal VideoModel(ModelDescription description, SeededRandom? random = null)
        : this(description, random, draw: true) { }

    private VideoModel(ModelDescription description, SeededRandom? random, bool draw)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Validate();
        NativeLibraries.EnsureLoaded();
        Description = description;
        Device = CPU;

        // Modules outlive whatever dispose scope the caller has open.
        int size = description.Encoder.FeatureSize;
        int classes = description.Classes.Count;
        Encoder = draw
            ? new TwoChannelEncoder(description.Encoder, random?.Derive(1))
            : TwoChannelEncoder.Unfilled(description.Encoder);
        if (description.Classifier is { } pooling)
        {
            Classifier = draw
                ? new ActionClassifier(size, classes, pooling, random?.Derive(2))
                : ActionClassifier.Unfilled(size, classes, pooling);
        }

        if (description.Decoder is { } decoder)
        {
            Decoder = draw ? new CaptionDecoder(decoder, random?.Derive(3)) : CaptionDecoder.Unfilled(decoder);
        }

        Taught = description.Taught is { } taught ? new TaughtClassifier(taught, size) : null;
    }

    /// <summary>A model whose weights are not drawn, for a file or another model to fill.</summary>
    internal static VideoModel Unfilled(ModelDescription description) => new(description, random: null, draw: false);

    /// <summary>What the model is made of and where it comes from.</summary>
    public ModelDescription Description { get; set; }

    /// <summary>Clips to features.</summary>
    internal TwoChannelEncoder Encoder { get; }

    /// <summary>Features to class logits; null for a model trained on captions alone.</summary>
    internal ActionClassifier? Classifier { get; }

    /// <summary>Features to captions; null for a model trained on actions alone.</summary>
    internal CaptionDecoder? Decoder { get; }

    /// <summary>Features to the classes it was taught from a few clips; null for a model without them.</summary>
    internal TaughtClassifier? Taught { get; }

    /// <summary>Reads a model, ready for use (not in training mode).</summary>
    /// <param name="nameOrPath">A model that comes with the program, such as <c>base</c>, or a model file.</param>
    /// <param name="device">Where its weights go; null for the processor.</param>
    /// <param name="precision">Number format of its heavy layers.</param>
    /// <returns>The model.</returns>
    /// <exception cref="TaskGrainException">
    /// The file is missing, damaged or no TaskGrain model, or its tensors are not those of its description; the
    /// message names what differs.
    /// </exception>
    public static VideoModel Load(string nameOrPath, Device? device = null, Precision precision = Precision.Auto) =>
        ModelFile.Load(ModelCatalog.Installed().Resolve(nameOrPath), device, precision);

    /// <summary>Writes the model to a file, which is replaced when the new one is complete.</summary>
    /// <param name="path">The <c>.safetensors</c> file.</param>
    /// <param name="weights">
    /// Number format of matrices and kernels in the file: float32, or bfloat16 for half the size, which a model that
    /// computes in bfloat16 rounds to anyway. Biases, scales and running statistics stay float32.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, ScalarType weights = ScalarType.Float32) => ModelFile.Save(path, this, weights);

    /// <summary>Where the weights are.</summary>
    public Device Device { get; private set; }

    /// <summary>Moves all weights.</summary>
    /// <param name="device">Where to.</param>
    /// <returns>This model.</returns>
    public VideoModel To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        foreach ((_, nn.Module part) in Parts())
        {
            part.to(device);
        }

        Device = device;
        return this;
    }

    /// <summary>Switches dropout and batch statistics on or off.</summary>
    /// <param name="training">True for training, false for everything else.</param>
    internal void SetTraining(bool training)
    {
        foreach ((_, nn.Module part) in Parts())
        {
            part.train(training);
        }
    }

    /// <summary>A batch of pixels as the encoder reads it: scaled, on the model's device.</summary>
    /// <param name="pixels">(N, T, H, W, 3), RGB bytes, of the length and crop in <see cref="Preprocessing"/>.</param>
    /// <param name="clips">Number of clips N.</param>
    /// <returns>(N, 3, T, H, W), channels-last, in the encoder's number format.</returns>
    internal Tensor Clips(ReadOnlyMemory<byte> pixels, int clips)
    {
        Preprocessing preprocessing = Description.Preprocessing;
        int side = preprocessing.Clip.CropSize;
        return PixelTensor.FromBytes(
            pixels,
            clips,
            preprocessing.Clip.Frames,
            side,
            side,
            preprocessing.PixelScale,
            Encoder.Compute.TypeOn(Device),
            Device
        );
    }

    /// <summary>A batch of pixels that lie on the model's device already.</summary>
    /// <param name="pixels">(N, T, H, W, 3), uint8, of the length and crop in <see cref="Preprocessing"/>.</param>
    /// <returns>(N, 3, T, H, W), channels-last, in the encoder's number format.</returns>
    internal Tensor Clips(Tensor pixels) =>
        PixelTensor.FromBytes(pixels, Description.Preprocessing.PixelScale, Encoder.Compute.TypeOn(Device));

    /// <summary>All learned tensors and running statistics by their names in a model file. Live: not copies.</summary>
    /// <returns>Names such as <c>encoder.lstm.weight_ih_l0</c>.</returns>
    public IReadOnlyDictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, nn.Module part) in Parts())
        {
            foreach ((string key, Tensor tensor) in part.state_dict())
            {
                tensors.Add($"{name}.{key}", tensor);
            }
        }

        return tensors;
    }

    /// <summary>The tensors that training changes, with the names of <see cref="Tensors"/>, in a fixed order.</summary>
    /// <returns>Names and parameters.</returns>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters() =>
        [
            .. Parts()
                .SelectMany(part => part.Module.named_parameters().Select(p => ($"{part.Name}.{p.name}", p.parameter))),
        ];

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach ((_, nn.Module part) in Parts())
        {
            part.Dispose();
        }
    }

    private IEnumerable<(string Name, nn.Module Module)> Parts()
    {
        yield return ("encoder", Encoder);
        if (Classifier is not null)
        {
            yield return ("classifier", Classifier);
        }

        if (Decoder is not null)
        {
            yield return ("decoder", Decoder);
        }

        if (Taught is not null)
        {
            yield return ("taught", Taught);
        }
    }
}
