namespace TaskGrain.Models.Heads;

/// <summary>A tensor of a taught head.</summary>
/// <param name="Name">Its name, without dots.</param>
/// <param name="Shape">Its shape.</param>
public sealed record TaughtTensor(string Name, IReadOnlyList<long> Shape);

/// <summary>
/// A classifier that was taught from a few clips on the encoder's features (<c>taskgrain teach</c>): what it is made of
/// and how good it is expected to be. Its tensors are in the model file under <c>taught.</c>.
/// </summary>
public sealed record TaughtHead
{
    /// <summary>As many as a store can have frames.</summary>
    private const double MostVectorsPerSecond = 240;

    /// <summary>The kind of classifier: <c>logistic</c>, <c>mlp</c> or <c>bilstm</c>.</summary>
    public required string Classifier { get; init; }

    /// <summary>Its hidden units; 0 where it has none.</summary>
    public required int Hidden { get; init; }

    /// <summary>The classes' names, in the order of its outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Feature vectors a second that it reads.</summary>
    public required double VectorsPerSecond { get; init; }

    /// <summary>Share of a window in common with the next one, for videos longer than a window.</summary>
    public required double Overlap { get; init; }

    /// <summary>Its tensors.</summary>
    public required IReadOnlyList<TaughtTensor> Tensors { get; init; }

    /// <summary>Clips it was trained on.</summary>
    public required int Clips { get; init; }

    /// <summary>
    /// Accuracy to expect on new clips like these, measured on held-out clips; null where none could be held out.
    /// </summary>
    public double? ExpectedAccuracy { get; init; }

    /// <summary>Lower end of its 95% interval.</summary>
    public double? ExpectedLow { get; init; }

    /// <summary>Upper end of its 95% interval.</summary>
    public double? ExpectedHigh { get; init; }

    /// <summary>What contradicts itself.</summary>
    /// <returns>One phrase a fault.</returns>
    internal IEnumerable<string> Faults()
    {
        if (
            Classes.Count < 2
            || Classes.Contains(null!)
            || Classes.Distinct(StringComparer.Ordinal).Count() != Classes.Count
        )
        {
            yield return "a taught head needs two or more classes, each once";
        }

        if (
            Hidden is < 0 or > EncoderOptions.MostUnits
            || VectorsPerSecond is not (> 0 and <= MostVectorsPerSecond)
            || Overlap is not (>= 0 and < 1)
        )
        {
            yield return $"a taught head with {Hidden} hidden units, {VectorsPerSecond} vectors a second and an "
                + $"overlap of {Overlap}";
        }

        if (
            Tensors.Any(tensor =>
                tensor?.Name is not { Length: > 0 } name
                || name.Contains('.', StringComparison.Ordinal)
                || tensor.Shape is null
                || tensor.Shape.Any(size => size < 1)
            )
        )
        {
            yield return "a taught head with a tensor without name or size";
        }
        else if (Tensors.DistinctBy(tensor => tensor.Name, StringComparer.Ordinal).Count() != Tensors.Count)
        {
            yield return "a taught head with two tensors of one name";
        }
    }
}
