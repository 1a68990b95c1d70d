using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Labels;

/// <summary>The JSON form of a whole <see cref="DataSet"/>.</summary>
internal sealed record DataSetFile
{
    /// <summary>The file's name where it lies beside the frames of a store.</summary>
    public const string UsualName = "dataset.json";

    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public required int TaskgrainDataSet { get; init; }

    public required string Name { get; init; }

    public string? Folder { get; init; }

    public required Taxonomy Taxonomy { get; init; }

    public required int LeftOut { get; init; }

    public required IReadOnlyList<DataProblem> Problems { get; init; }

    public required IReadOnlyList<Annotation> Annotations { get; init; }

    public static void Write(string file, DataSet data)
    {
        var content = new DataSetFile
        {
            TaskgrainDataSet = CurrentFormat,
            Name = data.Name,
            Folder = data.Folder,
            Taxonomy = data.Taxonomy,
            LeftOut = data.LeftOut,
            Problems = data.Problems,
            Annotations = data.Annotations,
        };
        AtomicFile.Write(file, stream => JsonSerializer.Serialize(stream, content, Json));
    }

    public static DataSet Read(string file)
    {
        DataSetFile content;
        try
        {
            using FileStream stream = File.OpenRead(file);
            content =
                JsonSerializer.Deserialize<DataSetFile>(stream, Json) ?? throw new JsonException("the file holds null");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException(
                $"{file}: no such file. `taskgrain pack` writes it into a store as {UsualName}.",
                fault
            );
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new TaskGrainException($"{file}: not a data set written by TaskGrain ({fault.Message}).", fault);
        }

        if (content.TaskgrainDataSet != CurrentFormat)
        {
            throw new TaskGrainException(
                $"{file}: format {content.TaskgrainDataSet}, this version reads {CurrentFormat}; pack the data set "
                    + $"again."
            );
        }

        foreach (Annotation annotation in content.Annotations)
        {
            if (annotation.Category < -1 || annotation.Category >= content.Taxonomy.Categories.Count)
            {
                throw new TaskGrainException(
                    $"{file}: clip {annotation.Id} is of category {annotation.Category}; there are "
                        + $"{content.Taxonomy.Categories.Count}."
                );
            }
        }

        return new DataSet(
            content.Name,
            content.Taxonomy,
            content.Annotations,
            content.Problems,
            content.LeftOut,
            content.Folder
        );
    }
}
