using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Labels;

/// <summary>The JSON form of a whole <see cref="DataSet"/>.</summary>
internal sealed record DataSetFile
{
    /// <summary>The file's name where it lies beside the frames of a store.</summary>
    public const string UsualName = "dataset.json";

    private const int CurrentFormat = 1;

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
        AtomicFile.Write(file, stream => JsonSerializer.Serialize(stream, content, TaskGrainJson.Strict));
    }

    public static DataSet Read(string file)
    {
        DataSetFile content;
        try
        {
            using Stream stream = TextFile.OpenUtf8(file);
            content =
                JsonSerializer.Deserialize<DataSetFile>(stream, TaskGrainJson.Strict)
                ?? throw new JsonException("the file holds null");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException(
                $"{file}: no such file. `taskgrain pack` writes it into a store as {UsualName}.",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{file}: the labels cannot be read: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            string reason = fault is JsonException json ? json.Explain() : fault.Message;
            throw new TaskGrainException($"{file}: not a data set written by TaskGrain ({reason}).", fault);
        }

        if (content.TaskgrainDataSet != CurrentFormat)
        {
            throw new TaskGrainException(
                $"{file}: format {content.TaskgrainDataSet}, this version reads {CurrentFormat}; pack the data set "
                    + $"again."
            );
        }

        Check(file, content);
        return new DataSet(
            content.Name,
            content.Taxonomy,
            content.Annotations,
            content.Problems,
            content.LeftOut,
            content.Folder
        );
    }

    /// <summary>What every user of a data set relies on.</summary>
    private static void Check(string file, DataSetFile content)
    {
        if (content.LeftOut < 0)
        {
            throw new TaskGrainException($"{file}: leftOut is {content.LeftOut}; it must be 0 or more.");
        }

        if (content.Problems.Any(problem => problem is null) || content.Taxonomy.Groups.Any(group => group is null))
        {
            throw new TaskGrainException($"{file}: a problem or a group is null.");
        }

        var ids = new HashSet<string>(content.Annotations.Count, StringComparer.Ordinal);
        int record = 0;
        foreach (Annotation? annotation in content.Annotations)
        {
            record++;
            if (annotation is null || annotation.Id.Length == 0)
            {
                throw new TaskGrainException(
                    $"{file}: annotation {record} is {(annotation is null ? "null" : "without an id")}."
                );
            }

            if (Fault(annotation, content.Taxonomy) is { } fault)
            {
                throw new TaskGrainException($"{file}: clip {annotation.Id} {fault}");
            }

            if (!ids.Add(annotation.Id))
            {
                throw new TaskGrainException($"{file}: clip {annotation.Id} is there twice; ids must differ.");
            }
        }
    }

    private static string? Fault(Annotation annotation, Taxonomy taxonomy)
    {
        int categories = taxonomy.Categories.Count;
        if (annotation.Category < -1 || annotation.Category >= categories)
        {
            return $"is of category {annotation.Category}; there are {categories}.";
        }

        if (annotation.Placeholders.Any(placeholder => placeholder is null))
        {
            return "has a placeholder that is null.";
        }

        int brackets = annotation.Category < 0 ? 0 : taxonomy.Templates[annotation.Category].Brackets.Count;
        if (annotation.Placeholders.Count > 0 && annotation.Placeholders.Count != brackets)
        {
            return $"has {annotation.Placeholders.Count} placeholders; its category has {brackets} brackets.";
        }

        return annotation.Media is { } media && RelativePath.Leaves(media, OperatingSystem.IsWindows())
            ? $"lies at '{media}', which leads out of the data set's folder."
            : null;
    }
}
