using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Demo;

/// <summary>Where the demo keeps what it makes: the folder of a run, which a report can be made of.</summary>
internal sealed record DemoFolder(string Root)
{
    private const string SettingsFile = "demo.json";

    /// <summary>The frame store.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>Generated clips as video files, and what spoke for the answers about them.</summary>
    public string Clips => Path.Combine(Root, "clips");

    /// <summary>The training run.</summary>
    public string Run => Path.Combine(Root, "run");

    /// <summary>The trained model: a copy of the run's best, where it is easy to find.</summary>
    public string Model => Path.Combine(Root, "model.safetensors");

    /// <summary>The evaluation's files.</summary>
    public string Evaluation => Path.Combine(Root, "evaluation");

    /// <summary>The clips that are taught, a folder a class.</summary>
    public string Kitchen => Path.Combine(Root, "kitchen");

    /// <summary>The teaching's report.</summary>
    public string Taught => Path.Combine(Root, "taught");

    /// <summary>The taught model.</summary>
    public string TaughtModel => Path.Combine(Root, "kitchen.safetensors");

    /// <summary>The report as a page.</summary>
    public string Page => Path.Combine(Root, "report.html");

    /// <summary>Takes a folder for a demo; one with the same settings goes on, one with others is refused.</summary>
    /// <exception cref="TaskGrainException">The folder holds a demo with other settings.</exception>
    public static DemoFolder Open(DemoOptions options)
    {
        var folder = new DemoFolder(Path.GetFullPath(options.Folder));
        string settings = Path.Combine(folder.Root, SettingsFile);
        string wanted = JsonSerializer.Serialize(
            new
            {
                clips = options.Clips,
                seed = options.Seed,
                preset = options.Preset.ToString(),
                fromScratch = options.FromScratch,
            }
        );
        if (!File.Exists(settings))
        {
            AtomicFile.WriteText(settings, wanted + "\n");
        }
        else if (File.ReadAllText(settings).Trim() is { } found && found != wanted)
        {
            throw new TaskGrainException(
                $"{folder.Root} holds a demo with other settings ({found}, not {wanted}); choose another folder, or "
                    + $"delete this one."
            );
        }

        return folder;
    }
}
