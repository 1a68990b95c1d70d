using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Heads;

/// <summary>
/// A model's taught head: the classifier of a <see cref="TaughtHead"/>, saved, loaded and freed with the model like
/// its other heads. Its tensors are there for the file; what they compute is <see cref="Classifier"/>, which nothing
/// trains any more.
/// </summary>
internal sealed class TaughtClassifier : nn.Module
{
    private readonly int _featureSize;
    private readonly Lazy<FewShotClassifier> _classifier;

    /// <summary>Makes tensors of zeros, float32, on the CPU, for a file to fill.</summary>
    /// <param name="head">Names and shapes.</param>
    /// <param name="encoderSize">Length of the encoder's vectors.</param>
    internal TaughtClassifier(TaughtHead head, int encoderSize)
        : base(NativeLibraries.LoadedFor(nameof(TaughtClassifier)))
    {
        Head = head;
        _featureSize = head.Dimension ?? encoderSize;
        _classifier = new Lazy<FewShotClassifier>(Read);
        foreach (TaughtTensor part in head.Tensors)
        {
            register_buffer(part.Name, zeros([.. part.Shape]).DetachFromDisposeScope());
        }
    }

    /// <summary>What it is made of and how good it is expected to be.</summary>
    public TaughtHead Head { get; }

    /// <summary>The classifier, read from the tensors when it is first asked for and then kept.</summary>
    /// <exception cref="TaskGrainException">The tensors are not those of the head's kind.</exception>
    public FewShotClassifier Classifier => _classifier.Value;

    /// <summary>Makes a model that consists of an encoder and a taught classifier.</summary>
    /// <param name="source">The model whose encoder the classifier's features came from; stays as it is.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="head">What is to be known about it; its kind, sizes and tensors are filled in here.</param>
    /// <returns>A new model on the source's device; its other heads are left out.</returns>
    public static VideoModel Join(VideoModel source, FewShotClassifier classifier, TaughtHead head)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(head);
        IReadOnlyList<(TaughtTensor Tensor, float[] Values)> tensors = classifier.Tensors();
        var model = VideoModel.Unfilled(
            source.Description with
            {
                Classifier = null,
                Decoder = null,
                Vocabulary = null,
                Taught = head with
                {
                    Classifier = classifier.Kind.Word(),
                    Hidden = classifier.Hidden,
                    Tensors = [.. tensors.Select(part => part.Tensor)],
                },
            }
        );
        try
        {
            model.Encoder.load_state_dict(source.Encoder.state_dict());
            model.Encoder.Compute = source.Encoder.Compute;
            foreach ((TaughtTensor tensor, float[] values) in tensors)
            {
                model.Taught!.Fill(tensor.Name, values);
            }

            model.SetTraining(false);
            return model.To(source.Device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private FewShotClassifier Read()
    {
        ClassifierKind kind = ClassifierKinds.Parse(Head.Classifier);
        return kind is ClassifierKind.Timeline or ClassifierKind.Average
            ? TimelineClassifier.Read(kind, Head, _featureSize, Numbers)
            : HeadClassifier.Read(kind, Head, _featureSize, Numbers);
    }

    /// <summary>A tensor's numbers, row-major.</summary>
    private float[] Numbers(string name)
    {
        using var scope = NewDisposeScope();
        return [.. Find(name).cpu().contiguous().data<float>()];
    }

    private void Fill(string name, float[] values)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor own = Find(name);
        own.copy_(tensor(values).reshape(own.shape));
    }

    private Tensor Find(string name) =>
        get_buffer(name) ?? throw new TaskGrainException($"the model's taught head has no tensor '{name}'.");
}
