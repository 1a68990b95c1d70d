using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// The folder that a reproduction leaves and goes on from: <c>plan.json</c>, <c>data.json</c>, <c>measurements/</c> and
/// <c>models/</c>, all small, and <c>work/</c>, which is made again where it is missing and need not travel.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class MeasurementFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>What is made again where it is missing: data, checkpoints, features.</summary>
    public string Work => System.IO.Path.Combine(Folder, "work");

    private string PlanFile => System.IO.Path.Combine(Folder, "plan.json");

    private string DataFile => System.IO.Path.Combine(Folder, "data.json");

    /// <summary>The options that the folder was begun with; null for a new folder.</summary>
    /// <exception cref="TaskGrainException">The file cannot be read.</exception>
    public ReproductionOptions? ReadOptions() =>
        File.Exists(PlanFile) ? JsonFile.Read<ReproductionOptions>(PlanFile, "the plan of a reproduction") : null;

    /// <summary>
    /// Begins the folder, or makes sure that it was begun with the same options; more seeds, other parts and more real
    /// targets may be asked for later.
    /// </summary>
    /// <param name="options">What the reproduction is made with.</param>
    /// <exception cref="TaskGrainException">The folder was begun otherwise; the message says in what.</exception>
    public void Begin(ReproductionOptions options)
    {
        if (ReadOptions() is { } before)
        {
            string? other =
                before.Size != options.Size ? $"at size {before.Size.ToString().ToLowerInvariant()}"
                : before.DataSeed != options.DataSeed ? $"with data seed {before.DataSeed}"
                : before.Clips != options.Clips ? $"on {before.Clips?.ToString() ?? "the size's own number of"} clips"
                : !before.Settings.SequenceEqual(options.Settings, StringComparer.Ordinal)
                    ? $"with the settings '{string.Join(" ", before.Settings)}'"
                : before.Data is null != options.Data is null
                    ? before.Data is null ? "on generated clips"
                        : "on a data set of its own"
                : null;
            if (other is not null)
            {
                throw new TaskGrainException(
                    $"{Folder} was begun {other}; its measurements cannot be mixed with others. Take another folder."
                );
            }
        }

        JsonFile.Write(PlanFile, options);
    }

    /// <summary>
    /// Keeps the hash of a data set, or makes sure that it is the one measured on before, on this machine or another.
    /// </summary>
    /// <param name="name">The data set's name here: <c>source</c>, <c>kitchenware</c>.</param>
    /// <param name="hash">Its hash.</param>
    /// <exception cref="TaskGrainException">The earlier measurements were made on other data.</exception>
    public void RequireData(string name, string hash)
    {
        SortedDictionary<string, string> known = File.Exists(DataFile)
            ? JsonFile.Read<SortedDictionary<string, string>>(DataFile, "hashes of a reproduction's data")
            : new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (known.TryGetValue(name, out string? before))
        {
            if (before != hash)
            {
                throw new TaskGrainException(
                    $"{Folder}: the {name} clips are not those of the earlier slices (hash {hash}, not {before}): "
                        + "another data set, or another version of the generator. Take another folder, or delete "
                        + $"{Work} and {DataFile} with the measurements."
                );
            }

            return;
        }

        known[name] = hash;
        JsonFile.Write(DataFile, known);
    }

    /// <summary>The measurements there are, by the runs' names.</summary>
    /// <exception cref="TaskGrainException">A file cannot be read.</exception>
    public IReadOnlyDictionary<string, Measurement> ReadAll()
    {
        string folder = System.IO.Path.Combine(Folder, "measurements");
        return Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*.json")
                .Select(file => JsonFile.Read<Measurement>(file, "a measurement of a reproduction"))
                .ToDictionary(measurement => measurement.Id, StringComparer.Ordinal)
            : new Dictionary<string, Measurement>(StringComparer.Ordinal);
    }

    /// <summary>Whether a run has been measured.</summary>
    /// <param name="id">Its name.</param>
    public bool Has(string id) => File.Exists(MeasurementFile(id));

    /// <summary>Keeps a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    public void Write(Measurement measurement) => JsonFile.Write(MeasurementFile(measurement.Id), measurement);

    /// <summary>The model that a run leaves for others, in bfloat16.</summary>
    /// <param name="id">The run's name.</param>
    public string Model(string id) => System.IO.Path.Combine(Folder, "models", $"{id}.safetensors");

    private string MeasurementFile(string id) => System.IO.Path.Combine(Folder, "measurements", $"{id}.json");
}
