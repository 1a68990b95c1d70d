using TaskGrain.Models;
using TaskGrain.Runtime.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// The files of a run's folder. <c>last.safetensors</c> is the model and everything needed to go on exactly;
/// <c>best.safetensors</c> is the model of the best validation. Each is replaced only by a complete successor.
/// </summary>
internal sealed class CheckpointStore : IDisposable
{
    public const string LastName = "last.safetensors";

    /// <summary>The best model's file.</summary>
    public const string BestName = "best.safetensors";

    /// <summary>Metadata key of the training state.</summary>
    public const string StateKey = "taskgrain.training";

    private readonly FolderLock? _lock;

    private CheckpointStore(string folder, FolderLock? own)
    {
        Folder = folder;
        _lock = own;
    }

    public string Folder { get; }

    public string LastPath => Path.Combine(Folder, LastName);

    public string BestPath => Path.Combine(Folder, BestName);

    public string ConfigurationPath => Path.Combine(Folder, "config.json");

    public bool HasRun => File.Exists(LastPath);

    /// <summary>Takes a folder for one run at a time and removes what a killed process left half-written.</summary>
    public static CheckpointStore Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        return new CheckpointStore(folder, FolderLock.Take(folder, "training run"));
    }

    /// <summary>A run's folder for a rank that writes nothing.</summary>
    public static CheckpointStore Follow(string folder) => new(Path.GetFullPath(folder), null);

    /// <summary>Whether this process writes the run's files; what it saves otherwise goes nowhere.</summary>
    public bool Writes => _lock is not null;

    /// <summary>Writes <c>last.safetensors</c>.</summary>
    public void SaveLast(VideoModel model, AdamOptimiser optimiser, TrainingState state)
    {
        if (!Writes)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(model.Tensors(), StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in optimiser.State(ModelFile.OptimizerPrefix))
        {
            tensors.Add(name, tensor);
        }

        Safetensors.Write(
            LastPath,
            tensors,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ModelFile.DescriptionKey] = model.Description.ToJson(),
                [StateKey] = state.ToJson(),
            }
        );
    }

    /// <summary>Writes <c>best.safetensors</c>.</summary>
    public void SaveBest(VideoModel model)
    {
        if (Writes)
        {
            ModelFile.Save(BestPath, model);
        }
    }

    /// <summary>Writes <c>config.json</c>.</summary>
    public void SaveConfiguration(RunConfiguration configuration)
    {
        if (Writes)
        {
            ConfigurationLayers.Save(ConfigurationPath, configuration);
        }
    }

    /// <summary>Writes the run's history.</summary>
    public void SaveHistory(IReadOnlyList<EpochReport> history)
    {
        if (Writes)
        {
            HistoryFiles.Write(Folder, history);
        }
    }

    /// <summary>Whether a folder holds a run that can be resumed.</summary>
    /// <param name="folder">Any folder; it need not exist.</param>
    public static bool HoldsRun(string folder) => File.Exists(Path.Combine(folder, LastName));

    /// <summary>Reads the state of <c>last.safetensors</c>.</summary>
    public TrainingState LoadState() => ReadState(LastPath);

    /// <summary>Reads the state of a <c>last.safetensors</c>.</summary>
    public static TrainingState ReadState(string path) =>
        Safetensors.ReadMetadata(path).TryGetValue(StateKey, out string? json)
            ? TrainingState.FromJson(json, path)
            : throw new TaskGrainException(
                $"{path} holds a model but no training state, so it cannot be resumed; a new run can start from its "
                    + $"weights."
            );

    /// <summary>Puts model and optimiser where <c>last.safetensors</c> has them.</summary>
    public void Restore(VideoModel model, AdamOptimiser optimiser)
    {
        using SafetensorsFile file = Safetensors.Read(LastPath);
        ModelFile.CopyInto(model, file, LastPath);
        optimiser.Restore(file.Tensors, ModelFile.OptimizerPrefix);
    }

    /// <summary>Lets the folder go; one in which nothing was written goes away.</summary>
    public void Dispose() => _lock?.ReleaseOrRemove();
}
