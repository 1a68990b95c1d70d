using System.Text.Json.Serialization;
using TaskGrain.Video;

namespace TaskGrain.Models.Heads;

/// <summary>A tensor of a taught head.</summary>
/// <param name="Name">Its name, without dots.</param>
/// <param name="Shape">Its shape.</param>
public sealed record TaughtTensor(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>A tensor's numbers, of which there must be as many as are due.</summary>
    internal static float[] Numbers(string name, int due, Func<string, float[]> numbers)
    {
        float[] values = numbers(name);
        return values.Length == due
            ? values
            : throw new TaskGrainException(
                $"the taught classifier's tensor '{name}' has {values.Length} numbers where {due} are due."
            );
    }
}

/// <summary>A source of the features that a taught head reads.</summary>
/// <param name="Name">
/// A source's name, or the file of a network; empty for the encoder in the same file.
/// </param>
/// <param name="Kind">What kind of source it is, in words.</param>
/// <param name="Checksum">Hash of its weights and settings: another network under the same name is refused.</param>
/// <param name="Dimension">Length of its vectors.</param>
/// <param name="VectorsPerSecond">Vectors that it gives for a second.</param>
public sealed record TaughtSource(string Name, string Kind, string Checksum, int Dimension, double VectorsPerSecond)
{
    /// <summary>Whether an encoder sees a clip as one window, whatever its length.</summary>
    public bool WholeClip { get; init; }

    /// <summary>Whether it is the encoder in the model's own file.</summary>
    [JsonIgnore]
    public bool IsOwnEncoder => Name.Length == 0;
}

/// <summary>
/// A classifier that was taught from a few clips on the encoder's features (<c>taskgrain teach</c>): what it is made of
/// and how good it is expected to be. Its tensors are in the model file under <c>taught.</c>.
/// </summary>
public sealed record TaughtHead
{
    /// <summary>As many as a store can have frames.</summary>
    private const double MostVectorsPerSecond = 240;

    /// <summary>A minute: no clip that somebody films of an action is as long.</summary>
    private const double LongestWindow = 60;

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

    /// <summary>
    /// Where its features come from, joined in this order; null for the encoder in the same file alone.
    /// </summary>
    public IReadOnlyList<TaughtSource>? Sources { get; init; }

    /// <summary>Size and rate of the frames that the sources read; null exactly where there are none.</summary>
    public FrameFormat? Frames { get; init; }

    /// <summary>
    /// Seconds of a running video that are looked at: as long as the clips it was taught with usually are. Null for the
    /// encoder's own window.
    /// </summary>
    public double? WindowSeconds { get; init; }

    /// <summary>Whether it reads the encoder in the same file.</summary>
    [JsonIgnore]
    public bool ReadsEncoder => Sources?.Any(source => source.IsOwnEncoder) ?? true;

    /// <summary>Length of its vectors where it names its sources; null where that is the encoder's.</summary>
    [JsonIgnore]
    internal int? Dimension => Sources?.Sum(source => source.Dimension);

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

    /// <summary>The head with files of networks that are not where they were, but beside the model's file.</summary>
    /// <param name="folder">The folder of the model's file.</param>
    internal TaughtHead WithFilesIn(string folder) =>
        this with
        {
            Sources = Sources
                ?.Select(source =>
                    Path.Combine(folder, Path.GetFileName(source.Name)) is var beside
                    && !source.IsOwnEncoder
                    && !File.Exists(source.Name)
                    && File.Exists(beside)
                        ? source with
                        {
                            Name = beside,
                        }
                        : source
                )
                .ToArray(),
        };

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
            Sources is { } sources
            && (
                sources.Count == 0
                || sources.Any(source =>
                    source?.Name is null
                    || source.Checksum is null
                    || source.Dimension is < 1 or > EncoderOptions.MostUnits
                    || source.VectorsPerSecond is not (> 0 and <= MostVectorsPerSecond)
                )
            )
        )
        {
            yield return "a taught head with a source without name, checksum or size";
        }

        if (Sources is null != Frames is null)
        {
            yield return "a taught head that names sources and no frames for them, or frames and no sources";
        }

        if (WindowSeconds is { } window && window is not (> 0 and <= LongestWindow))
        {
            yield return $"a taught head with a window of {window} s";
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
