using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary>A video that could not be packed.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Path">Its file.</param>
/// <param name="Reason">Why not.</param>
public sealed record PackFailure(string Id, string Path, string Reason);

/// <summary>A video that was packed although something was wrong with it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Message">What was wrong.</param>
public sealed record PackWarning(string Id, string Message);

/// <summary>What a run of <see cref="VideoPacker"/> did.</summary>
public sealed record PackReport
{
    /// <summary>Name of the file in the store's folder that holds the report of the last run.</summary>
    public const string FileName = "pack-report.json";

    /// <summary>Videos asked for.</summary>
    public required int Asked { get; init; }

    /// <summary>Videos that were in the store before.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>Videos added.</summary>
    public required int Added { get; init; }

    /// <summary>
    /// Videos that could not be packed, in the order they were asked for. They are tried again in the next run.
    /// </summary>
    public required IReadOnlyList<PackFailure> Failures { get; init; }

    /// <summary>Videos added in this run although something was wrong with them.</summary>
    public required IReadOnlyList<PackWarning> Warnings { get; init; }

    /// <summary>Seconds the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the run came to its end; false when it was cancelled.</summary>
    public required bool Finished { get; init; }

    /// <summary>The report as JSON.</summary>
    /// <returns>Indented JSON with camel-case names.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, TaskGrainJson.Readable);

    /// <summary>Reads the report of a store's last run.</summary>
    /// <exception cref="TaskGrainException">The file is damaged.</exception>
    internal static PackReport Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<PackReport>(File.ReadAllText(path), TaskGrainJson.Readable)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path}: not the report of a packing ({fault.Explain()}); pack again, which adds nothing.",
                fault
            );
        }
    }

    internal void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), ToJson() + "\n");
}
