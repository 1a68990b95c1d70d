namespace TaskGrain.Explain;

/// <summary>What is to be explained, checked against the model.</summary>
/// <param name="Classes">Numbers of classes; empty for the likeliest.</param>
/// <param name="Against">Number of the class that they are set against; null for none.</param>
/// <param name="ExplainsClasses">Whether classes are explained.</param>
/// <param name="ExplainsWords">Whether words are explained.</param>
/// <param name="Caption">The words of a caption to explain; null for the model's own.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Weights">With what the layer's cells are weighted.</param>
internal sealed record ExplainRequest(
    IReadOnlyList<int> Classes,
    int? Against,
    bool ExplainsClasses,
    bool ExplainsWords,
    IReadOnlyList<string>? Caption,
    ExplainableLayer Layer,
    MapWeights Weights
)
{
    /// <summary>Reads options.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The options.</param>
    /// <param name="layers">All layers that can be named; the model's own are among them.</param>
    /// <exception cref="TaskGrainException">The model lacks what they name.</exception>
    public static ExplainRequest Of(
        IExplainedModel model,
        ExplainOptions options,
        IReadOnlyList<ExplainableLayer> layers
    )
    {
        bool named = options.Classes.Count > 0 || options.Against is not null;
        if (named && model.Classes.Count == 0)
        {
            throw new TaskGrainException("The model names no classes, it only captions: explain the caption's words.");
        }

        bool words = options.Words ?? (options.Caption is not null || (!named && model.WritesCaptions));
        if (words && !model.WritesCaptions)
        {
            throw new TaskGrainException("The model writes no captions: there are no words to explain, only classes.");
        }

        int[] classes = [.. options.Classes.Select(name => ClassNames.Find(model.Classes, name)).Distinct()];
        int? against = options.Against is { } other ? ClassNames.Find(model.Classes, other) : null;
        if (against is { } one && classes.Contains(one))
        {
            throw new TaskGrainException($"'{model.Classes[one]}' cannot be set against itself.");
        }

        string[]? caption = options.Caption?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (caption is { Length: 0 })
        {
            throw new TaskGrainException("The caption to explain has no word.");
        }

        return new ExplainRequest(
            classes,
            against,
            // Words alone were asked for: then only they are shown.
            named || (options.Words is not true && options.Caption is null && model.Classes.Count > 0),
            words,
            caption,
            FindLayer(layers, options.Layer ?? model.Network.DefaultLayer),
            options.Weights
        );
    }

    private static ExplainableLayer FindLayer(IReadOnlyList<ExplainableLayer> layers, string name) =>
        layers.FirstOrDefault(layer => layer.Name == name)
        ?? throw new TaskGrainException(
            $"There is no layer '{name}'; use one of {string.Join(", ", layers.Select(layer => layer.Name))}."
        );
}
