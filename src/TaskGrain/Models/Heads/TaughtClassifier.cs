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
    private const string Mean = "projection_mean";
    private const string Matrix = "projection_matrix";

    private readonly int _featureSize;
    private readonly Lazy<FewShotClassifier> _classifier;

    /// <summary>Makes tensors of zeros, float32, on the CPU, for a file to fill.</summary>
    /// <param name="head">Names and shapes.</param>
    /// <param name="featureSize">Length of the encoder's vectors.</param>
    internal TaughtClassifier(TaughtHead head, int featureSize)
        : base(NativeLibraries.LoadedFor(nameof(TaughtClassifier)))
    {
        Head = head;
        _featureSize = featureSize;
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
        FeatureProjection projection = classifier.Projection;
        IReadOnlyList<ParameterBlock> layout = LayoutOf(
            classifier.Kind,
            projection,
            classifier.Classes,
            classifier.Hidden
        );
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
                    Tensors =
                    [
                        new TaughtTensor(Mean, [projection.Dimension]),
                        new TaughtTensor(Matrix, [projection.Dimension, projection.Width]),
                        .. layout.Select(block => new TaughtTensor(
                            NameOf(block),
                            block.Columns == 0 ? [block.Rows] : [block.Rows, block.Columns]
                        )),
                    ],
                },
            }
        );
        try
        {
            model.Encoder.load_state_dict(source.Encoder.state_dict());
            model.Encoder.Compute = source.Encoder.Compute;
            model.Taught!.Write(projection, layout, classifier.Parameters);
            model.SetTraining(false);
            return model.To(source.Device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private void Write(FeatureProjection projection, IReadOnlyList<ParameterBlock> layout, float[] parameters)
    {
        Fill(Mean, projection.Mean);
        Fill(Matrix, projection.Matrix);
        int at = 0;
        foreach (ParameterBlock block in layout)
        {
            Fill(NameOf(block), parameters[at..(at + block.Length)]);
            at += block.Length;
        }
    }

    private FewShotClassifier Read()
    {
        ClassifierKind kind = ClassifierKinds.Parse(Head.Classifier);
        if (kind == ClassifierKind.BiLstm && (Head.Hidden < 16 || Head.Hidden % 16 != 0))
        {
            throw new TaskGrainException(
                $"the taught classifier has {Head.Hidden} hidden units; a BiLSTM's are a multiple of 16."
            );
        }

        float[] mean = Numbers(Mean);
        float[] matrix = Numbers(Matrix);
        if (mean.Length != _featureSize || matrix.Length == 0 || matrix.Length % mean.Length != 0)
        {
            throw new TaskGrainException(
                $"the taught classifier reads features of length {mean.Length} and the encoder gives {_featureSize}."
            );
        }

        var projection = new FeatureProjection(mean, matrix, varianceKept: double.NaN);
        float[] parameters =
        [
            .. LayoutOf(kind, projection, Head.Classes.Count, Head.Hidden).SelectMany(block => Numbers(block)),
        ];
        return new FewShotClassifier(
            kind,
            Head.Classes.Count,
            projection,
            parameters,
            Head.Hidden,
            Environment.ProcessorCount
        );
    }

    private static IReadOnlyList<ParameterBlock> LayoutOf(
        ClassifierKind kind,
        FeatureProjection projection,
        int classes,
        int hidden
    ) => Heads.Head.Create(kind, projection.Width, classes, hidden).Layout;

    private static string NameOf(ParameterBlock block) => block.Name.Replace('.', '_');

    private float[] Numbers(ParameterBlock block)
    {
        float[] values = Numbers(NameOf(block));
        return values.Length == block.Length
            ? values
            : throw new TaskGrainException(
                $"the taught classifier's tensor '{NameOf(block)}' has {values.Length} numbers where "
                    + $"{block.Length} are due."
            );
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
