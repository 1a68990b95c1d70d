using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Synthesis;

/// <summary>What a folder of generated clips was made with, so that a later run goes on with the same.</summary>
internal sealed record Recipe
{
    /// <summary>Goes up when the generator draws other pictures for the same seed.</summary>
    public const int CurrentVersion = 1;

    private const string FileName = "generator.json";

    public required int Version { get; init; }

    public required SyntheticWorld World { get; init; }

    public required ulong Seed { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Null for all kinds of objects, as in files from before there was a choice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Objects { get; init; }

    /// <summary>What is varied, as words; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variation { get; init; }

    public required double ValidationShare { get; init; }

    public required double TestShare { get; init; }

    /// <summary>The file of a folder.</summary>
    /// <param name="folder">The folder.</param>
    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Throws when the folder holds clips of other settings; the number of clips may differ.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">The settings.</param>
    /// <param name="holdsClips">Whether the folder holds clips, which without a recipe are not the generator's.</param>
    public static void Check(string folder, SynthesisOptions options, bool holdsClips)
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
        {
            if (holdsClips)
            {
                throw new TaskGrainException(
                    $"{folder}: the folder holds a data set that was not generated, as there is no {FileName}; use "
                        + $"another folder."
                );
            }

            return;
        }

        Recipe? there;
        try
        {
            there = JsonSerializer.Deserialize<Recipe>(File.ReadAllText(path), TaskGrainJson.Readable);
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{path}: not the recipe of generated clips: {fault.Explain()}", fault);
        }

        Recipe now = Of(options);
        if (
            there is null
            || !there.Categories.SequenceEqual(now.Categories, StringComparer.Ordinal)
            || !(there.Objects ?? []).SequenceEqual(now.Objects ?? [], StringComparer.Ordinal)
            || there with { Categories = now.Categories, Objects = now.Objects } != now
        )
        {
            throw new TaskGrainException(
                $"{path}: the folder holds clips made with another world, seed, choice of categories or objects, "
                    + $"variation or version of the generator; use the same or another folder."
            );
        }
    }

    public static void Write(string folder, SynthesisOptions options) =>
        AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(Of(options), TaskGrainJson.Readable));

    private static Recipe Of(SynthesisOptions options) =>
        new()
        {
            Version = CurrentVersion,
            World = options.World,
            Seed = options.Seed,
            Categories = options.Categories,
            Objects = options.Objects.Count > 0 ? options.Objects : null,
            Variation = options.Variation == DomainRandomisation.None ? null : options.Variation.ToString(),
            ValidationShare = options.ValidationShare,
            TestShare = options.TestShare,
        };
}
