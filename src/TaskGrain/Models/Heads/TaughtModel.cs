namespace TaskGrain.Models.Heads;

/// <summary>
/// Puts a few-shot classifier into a model, next to the encoder it was trained on, and takes it out again.
/// </summary>
public static class TaughtModel
{
    private const string Mean = "projection_mean";
    private const string Matrix = "projection_matrix";

    /// <summary>Makes a model that consists of an encoder and a taught classifier.</summary>
    /// <param name="source">The model whose encoder the classifier's features came from; stays as it is.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="head">What is to be known about it; its tensors are filled in here.</param>
    /// <returns>A new model on the source's device; its other heads are left out.</returns>
    public static VideoModel Create(VideoModel source, FewShotClassifier classifier, TaughtHead head)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(head);
        FeatureProjection projection = classifier.Projection;
        var layout = Head.Create(classifier.Kind, projection.Width, classifier.Classes, classifier.Hidden).Layout;
        TaughtHead complete = head with
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
        };
        var model = new VideoModel(
            source.Description with
            {
                Classifier = null,
                Decoder = null,
                Vocabulary = null,
                Taught = complete,
            }
        );
        try
        {
            model.Encoder.load_state_dict(source.Encoder.state_dict());
            model.Encoder.Compute = source.Encoder.Compute;
            model.Taught!.Write(Mean, projection.Mean);
            model.Taught.Write(Matrix, projection.Matrix);
            int at = 0;
            foreach (ParameterBlock block in layout)
            {
                model.Taught.Write(NameOf(block), classifier.Parameters[at..(at + block.Length)]);
                at += block.Length;
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

    /// <summary>The taught classifier of a model.</summary>
    /// <param name="model">A model made by <see cref="Create"/>, or one read from such a model's file.</param>
    /// <returns>The classifier.</returns>
    /// <exception cref="TaskGrainException">The model has none, or its tensors are not those of its kind.</exception>
    public static FewShotClassifier ClassifierOf(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        TaughtHead head =
            model.Description.Taught
            ?? throw new TaskGrainException("the model has no taught classifier; make one with: taskgrain teach");
        ClassifierKind kind = ClassifierKinds.Parse(head.Classifier);
        if (kind == ClassifierKind.BiLstm && (head.Hidden < 16 || head.Hidden % 16 != 0))
        {
            throw new TaskGrainException(
                $"the taught classifier has {head.Hidden} hidden units; a BiLSTM's are a multiple of 16."
            );
        }

        float[] mean = model.Taught!.Read(Mean);
        float[] matrix = model.Taught.Read(Matrix);
        if (
            mean.Length != model.Description.Encoder.FeatureSize
            || matrix.Length == 0
            || matrix.Length % mean.Length != 0
        )
        {
            throw new TaskGrainException(
                $"the taught classifier reads features of length {mean.Length} and the encoder gives "
                    + $"{model.Description.Encoder.FeatureSize}."
            );
        }

        var projection = new FeatureProjection(mean, matrix, varianceKept: double.NaN);
        var layout = Head.Create(kind, projection.Width, head.Classes.Count, head.Hidden).Layout;
        float[] parameters =
        [
            .. layout.SelectMany(block =>
            {
                float[] values = model.Taught.Read(NameOf(block));
                return values.Length == block.Length
                    ? values
                    : throw new TaskGrainException(
                        $"the taught classifier's tensor '{NameOf(block)}' has {values.Length} numbers where "
                            + $"{block.Length} are due."
                    );
            }),
        ];
        return new FewShotClassifier(
            kind,
            head.Classes.Count,
            projection,
            parameters,
            head.Hidden,
            Environment.ProcessorCount
        );
    }

    private static string NameOf(ParameterBlock block) => block.Name.Replace('.', '_');
}
