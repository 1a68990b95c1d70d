using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Labels;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Models;

/// <summary>
/// Everything but the weights that it takes to use a model again: what it is made of, what it must be fed, what its
/// outputs mean, and where it comes from. It travels in the model file as JSON.
/// </summary>
public sealed record ModelDescription
{
    private const int CurrentFormat = 1;

    /// <summary>A beam search keeps every word of every caption; the paper's have 14.</summary>
    private const int LongestCaption = 1024;

    /// <summary>Version of this description's form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Sizes of the encoder.</summary>
    public required EncoderOptions Encoder { get; init; }

    /// <summary>How videos are brought into the encoder's form.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The grain of language it was trained on.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Categories and groups of the data set it was trained on.</summary>
    public required Taxonomy Taxonomy { get; init; }

    /// <summary>How the action classifier pools time steps; null for a model without a classifier.</summary>
    public ClassifierPooling? Classifier { get; init; }

    /// <summary>Sizes of the caption decoder; null for a model without one.</summary>
    public CaptionDecoderOptions? Decoder { get; init; }

    /// <summary>The words of the caption decoder; null exactly when <see cref="Decoder"/> is.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>How the captions it was trained on were made from annotations.</summary>
    public CaptionOptions Captions { get; init; } = new();

    /// <summary>A classifier taught from a few clips of the user's own; null for a model without one.</summary>
    public TaughtHead? Taught { get; init; }

    /// <summary>Words a caption can have. Paper: 14.</summary>
    public int CaptionLength { get; init; } = Vocabulary.CaptionLength;

    /// <summary>
    /// How the weights came about, in the words of the training that made them (<c>TrainingOrigin</c> reads them); null
    /// for a model that was not trained here. Nothing that uses a model needs it.
    /// </summary>
    public JsonElement? Origin { get; init; }

    /// <summary>
    /// Size and rate of the frames that a prediction is made of: those of the taught head's sources where it names
    /// them, else the encoder's.
    /// </summary>
    [JsonIgnore]
    public FrameFormat Frames => Taught?.Frames ?? Preprocessing.Frames;

    /// <summary>Names of the classifier's outputs, in order: groups or categories, as the granularity says.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Classes =>
        Granularity == Granularity.ActionGroups ? Taxonomy.Groups : Taxonomy.Categories;

    /// <summary>Reads a description.</summary>
    /// <param name="text">What <see cref="ToJson"/> gave.</param>
    /// <param name="source">Where it came from, for the message.</param>
    /// <returns>The description, checked.</returns>
    /// <exception cref="TaskGrainException">It is damaged, contradicts itself, or is of a later version.</exception>
    public static ModelDescription FromJson(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            CheckFormat(text, source);
            ModelDescription description =
                JsonSerializer.Deserialize<ModelDescription>(text, TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
            description.Validate();
            return description;
        }
        catch (Exception fault)
            when (fault is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new TaskGrainException(
                $"{source}: its description of the model cannot be read: "
                    + $"{(fault is JsonException json ? json.Explain() : fault.Message.ReplaceLineEndings(" "))}",
                fault
            );
        }
        catch (TaskGrainException fault)
        {
            throw new TaskGrainException($"{source}: {fault.Message}", fault);
        }
    }

    /// <summary>The description as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, TaskGrainJson.Strict);

    /// <summary>Checks the parts and that they fit together.</summary>
    /// <exception cref="TaskGrainException">Lists what does not fit.</exception>
    public void Validate()
    {
        Encoder.Validate();
        Preprocessing.Validate();
        Decoder?.Validate();
        var faults = new List<string>();
        if (Encoder.CropSize != Preprocessing.Clip.CropSize)
        {
            faults.Add(
                $"the encoder reads {Encoder.CropSize}×{Encoder.CropSize} pixels and clips are cut to "
                    + $"{Preprocessing.Clip.CropSize}×{Preprocessing.Clip.CropSize}"
            );
        }

        if (Decoder is null != Vocabulary is null)
        {
            faults.Add("a caption decoder and a vocabulary go together, and only one of them is there");
        }

        if (Decoder is not null && Vocabulary is not null && Decoder.Words != Vocabulary.Count)
        {
            faults.Add($"the caption decoder has {Decoder.Words} words and the vocabulary {Vocabulary.Count}");
        }

        if (Decoder is not null && Decoder.FeatureSize != Encoder.FeatureSize)
        {
            faults.Add(
                $"the caption decoder reads features of length {Decoder.FeatureSize} and the encoder gives "
                    + $"{Encoder.FeatureSize}"
            );
        }

        faults.AddRange(Taught?.Faults() ?? []);
        if (Taught?.Sources is not null && Decoder is not null)
        {
            faults.Add("a caption decoder beside a taught head that reads other sources than the encoder");
        }

        if (CaptionLength is < 1 or > LongestCaption)
        {
            faults.Add($"captions have {CaptionLength} words, not 1 to {LongestCaption}");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"The model's description contradicts itself: {string.Join("; ", faults)}.");
        }
    }

    private static void CheckFormat(string json, string source)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (
            document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.Number
            || !format.TryGetInt32(out int version)
            || version < 1
        )
        {
            throw new JsonException("it names no format");
        }

        if (version > CurrentFormat)
        {
            throw new TaskGrainException(
                $"the model's description is of format {version}; this version of TaskGrain reads up to "
                    + $"{CurrentFormat}."
            );
        }
    }
}
