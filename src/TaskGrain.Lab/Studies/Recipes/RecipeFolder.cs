using System.Text.Json.Nodes;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>
/// The folder that the study leaves and goes on from: what all measurements have in common, <c>measurements/</c>,
/// <c>models/</c>, and <c>work/</c>, which is made again where it is missing. Several processes may work in it.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="measuring">
/// How models are measured (<see cref="RecipeOptions.Measuring"/>): what was measured otherwise counts as missing.
/// </param>
internal sealed class RecipeFolder(string path, string measuring)
{
    private readonly string _folder = Path.GetFullPath(path);

    private string CommonFile => Path.Combine(_folder, "study.json");

    /// <summary>Begins the folder, or makes sure that it was begun with the same.</summary>
    /// <param name="common">What measurements have in common, by name.</param>
    /// <exception cref="TaskGrainException">The folder was begun otherwise; the message says in what.</exception>
    public void Begin(JsonObject common)
    {
        if (!File.Exists(CommonFile))
        {
            JsonFile.Write(CommonFile, common);
            return;
        }

        JsonObject before = JsonFile.Read<JsonObject>(CommonFile, "what the study's models have in common");
        foreach ((string name, JsonNode? now) in common)
        {
            if (!JsonNode.DeepEquals(before[name], now))
            {
                throw new TaskGrainException(
                    $"{_folder} was begun with {name} '{before[name]}', and '{now}' is asked for; models of the two "
                        + "cannot be compared. Take another folder."
                );
            }
        }
    }

    /// <summary>Whether a run has been measured, and in this way.</summary>
    /// <exception cref="TaskGrainException">The file cannot be read.</exception>
    public bool Has(RecipeRun run) => Any(run)?.Measuring == measuring;

    /// <summary>A run's measurement, in this way or another; null where there is none.</summary>
    /// <exception cref="TaskGrainException">The file cannot be read.</exception>
    public RecipeMeasurement? Any(RecipeRun run) =>
        File.Exists(MeasurementFile(run))
            ? JsonFile.Read<RecipeMeasurement>(MeasurementFile(run), "a measurement of the study")
            : null;

    /// <summary>The measurements there are of some runs, in their order.</summary>
    /// <exception cref="TaskGrainException">A file cannot be read.</exception>
    public IReadOnlyList<RecipeMeasurement> Read(IEnumerable<RecipeRun> runs) =>
        [.. runs.Select(Any).OfType<RecipeMeasurement>().Where(one => one.Measuring == measuring)];

    /// <summary>Keeps a measurement.</summary>
    public void Write(RecipeRun run, RecipeMeasurement measurement) =>
        JsonFile.Write(MeasurementFile(run), measurement with { Measuring = measuring });

    /// <summary>The file of the model that a run leaves.</summary>
    public string Model(string id) => Path.Combine(_folder, "models", $"{id}.safetensors");

    /// <summary>A folder for what is made on the way.</summary>
    public string Work(string name) => Path.Combine(_folder, "work", name);

    /// <summary>Deletes what was made on the way.</summary>
    public void DeleteWork(string name)
    {
        if (Directory.Exists(Work(name)))
        {
            Directory.Delete(Work(name), recursive: true);
        }
    }

    /// <summary>Takes a run for this process.</summary>
    /// <returns>The lock; null while another process makes the run.</returns>
    public FolderLock? TryTake(string id) => FolderLock.TryTake(LockFolder(id), "run of the study");

    /// <summary>Waits until no other process makes something that runs share.</summary>
    public FolderLock Wait(string name, CancellationToken cancel) =>
        FolderLock.Wait(LockFolder(name), "part of the study", cancel);

    private string LockFolder(string name) => Path.Combine(_folder, "locks", name);

    private string MeasurementFile(RecipeRun run) => Path.Combine(_folder, "measurements", $"{run.Id}.json");
}
