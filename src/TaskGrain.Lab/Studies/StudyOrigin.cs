using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>How the numbers of a page came about: all it takes to find them again.</summary>
internal sealed record StudyOrigin
{
    /// <summary>The command that makes the page again.</summary>
    public required string Command { get; init; }

    /// <summary>What the study was made with.</summary>
    public required StudyOptions Options { get; init; }

    /// <summary>The configuration of the models.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>The program's version and commit.</summary>
    public required string Program { get; init; }

    /// <summary>The machine in words.</summary>
    public required string Machine { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTime Finished { get; init; }

    /// <summary>This program's version and commit.</summary>
    public static string ThisProgram { get; } =
        typeof(StudyOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";

    /// <summary>This machine in words.</summary>
    public static string ThisMachine =>
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, bfloat16 in hardware: "
        + (ProcessorFeatures.BFloat16 ? "yes" : "no");

    /// <summary>This program on this machine, now.</summary>
    /// <param name="command">The command that makes the page again.</param>
    /// <param name="workspace">What the study was made in.</param>
    /// <returns>The origin.</returns>
    public static StudyOrigin Now(string command, StudyWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return new StudyOrigin
        {
            Command = command,
            Options = workspace.Options,
            Configuration = workspace.Configuration,
            Program = ThisProgram,
            Machine = ThisMachine,
            Finished = DateTime.UtcNow,
        };
    }

    /// <summary>The origin as the last paragraph of a page.</summary>
    /// <param name="runs">Runs of each model, seeds 1, 2, 3 ….</param>
    /// <param name="trainingSeconds">Seconds that the models of the page took to train, in all.</param>
    internal string ToMarkdown(int runs, double trainingSeconds)
    {
        RunConfiguration run = Configuration;
        string seeds = runs == 1 ? "one run each, training seed 1" : $"{runs} runs each, training seeds 1 to {runs}";
        string settings =
            Options.Settings.Count == 0 ? "" : $"; set over the preset: {string.Join(", ", Options.Settings)}";
        return ToMarkdown(
            Split.Test,
            $"- models: {run.Model.Architecture}, {run.Clip.Frames} frames (every {run.Clip.FrameStride}.) of "
                + $"{run.Clip.CropSize}×{run.Clip.CropSize}, {run.Training.Epochs} epochs of batches of "
                + $"{run.Training.BatchSize}, Adam {run.Training.LearningRate}, {seeds}{settings}",
            $"- training time of all models on this page: {TimeSpan.FromSeconds(trainingSeconds):h\\:mm\\:ss}"
        );
    }

    /// <summary>The origin with lines of the page's own between the data and the program.</summary>
    /// <param name="measured">The split that is measured.</param>
    /// <param name="own">List items.</param>
    internal string ToMarkdown(Split measured, params IReadOnlyList<string> own)
    {
        string categories = Options.Categories.Count == 0 ? "all categories" : $"{Options.Categories.Count} categories";
        string data = Options.Store is { } store
            ? Path.GetFileName(Path.TrimEndingDirectorySeparator(store))
            : $"{Options.Clips} generated clips of {categories}, seed {Options.Seed}, "
                + $"{Options.ValidationShare:P0} for validation and {Options.TestShare:P0} for test";
        return string.Join(
            "\n",
            [
                $"- command: `{Command}`",
                $"- data: {data}; models are chosen on the validation split, every number is measured on the "
                    + $"{measured.Name()} split",
                .. own,
                $"- program: TaskGrain {Program}",
                $"- machine: {Machine}",
                $"- finished: {Finished.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC",
            ]
        );
    }
}
