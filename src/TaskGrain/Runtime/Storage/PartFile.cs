using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// <c>part.json</c> of a store, or of a folder of videos, that is a part of one: which part, which clips it is to
/// have, and whether it has them. What joins the parts needs nothing else to tell that none is missing and all are of
/// the same whole.
/// </summary>
internal sealed record PartFile
{
    public const string FileName = "part.json";

    /// <summary>Which part, from 1.</summary>
    public required int Part { get; init; }

    /// <summary>How many there are.</summary>
    public required int Of { get; init; }

    /// <summary>A hash of the names of all clips of the whole, in order.</summary>
    public required string Whole { get; init; }

    /// <summary>Names of the part's clips, in the order of the whole.</summary>
    public required IReadOnlyList<string> Clips { get; init; }

    /// <summary>Those that could not be had; the whole does not have them either.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>
    /// A hash of each clip's files, in the order of <see cref="Clips"/>; null where a store keeps its own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Hashes { get; init; }

    /// <summary>Whether everything has been tried; false while the part is made, and after an interruption.</summary>
    public required bool Finished { get; init; }

    /// <summary>Notes in a folder which part it is to hold, before the first clip.</summary>
    /// <param name="folder">The part's folder.</param>
    /// <param name="part">Which part; null for a whole store, of which nothing is noted.</param>
    /// <param name="whole">Names of all clips of the whole, in order.</param>
    /// <param name="holdsClips">Whether the folder holds clips already.</param>
    /// <returns>What is noted; null for a whole store.</returns>
    /// <exception cref="TaskGrainException">The folder holds another part, or a whole store.</exception>
    public static PartFile? Begin(string folder, StorePart? part, IReadOnlyList<string> whole, bool holdsClips)
    {
        StorePart? there = File.Exists(PathIn(folder)) ? Load(folder).ToPart() : null;
        if (there != part && (there is not null || holdsClips))
        {
            throw new TaskGrainException(
                $"{folder} holds {Describe(there)}, not {Describe(part)}; give every part a folder of its own."
            );
        }

        if (part is not { } one)
        {
            return null;
        }

        var file = new PartFile
        {
            Part = one.Number,
            Of = one.Of,
            Whole = HashOf(whole),
            Clips = one.Take(whole),
            Finished = false,
        };
        file.Save(folder);
        return file;
    }

    /// <summary>Notes that the part is complete.</summary>
    /// <param name="folder">The part's folder.</param>
    /// <param name="failed">Names of clips that could not be had.</param>
    /// <param name="hashes">A hash of each clip's files, where no store keeps one.</param>
    public void End(string folder, IEnumerable<string> failed, IReadOnlyList<string>? hashes = null) =>
        (this with { Failed = [.. failed], Hashes = hashes, Finished = true }).Save(folder);

    /// <summary>Reads a part's file.</summary>
    /// <param name="folder">The part's folder.</param>
    /// <exception cref="TaskGrainException">There is none, or it is damaged.</exception>
    public static PartFile Load(string folder)
    {
        string path = PathIn(folder);
        try
        {
            PartFile file =
                JsonSerializer.Deserialize<PartFile>(File.ReadAllText(path), TaskGrainJson.Strict)
                ?? throw new JsonException("it is null");
            return
                file.Part >= 1
                && file.Part <= file.Of
                && file.Of <= StorePart.Most
                && file.Clips.Concat(file.Failed).All(id => !string.IsNullOrEmpty(id))
                && (file.Hashes?.Count ?? file.Clips.Count) == file.Clips.Count
                ? file
                : throw new JsonException($"part {file.Part} of {file.Of} with {file.Clips.Count} clips cannot be");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException(
                $"{folder} is no part of a store: there is no {FileName}, which whatever makes a part writes first.",
                fault
            );
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{path} is damaged ({fault.Explain()}); make the part again.", fault);
        }
    }

    /// <summary>A hash of clips' names in order.</summary>
    /// <param name="names">The names.</param>
    public static string HashOf(IEnumerable<string> names)
    {
        var hash = new XxHash128();
        foreach (string name in names)
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static string PathIn(string folder) => Path.Combine(folder, FileName);

    private static string Describe(StorePart? part) => part is { } one ? $"part {one}" : "a whole set of clips";

    private StorePart ToPart() => new(Part, Of);

    private void Save(string folder) =>
        AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(this, TaskGrainJson.Strict) + "\n");
}
