using System.Text.Json.Nodes;
using TaskGrain.Evaluation;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Explain.Reports;

/// <summary>A training run as its folder keeps it.</summary>
/// <param name="Configuration">Every choice of the run, <c>config.json</c>.</param>
/// <param name="History">The epochs finished.</param>
internal sealed record TrainingFiles(JsonObject Configuration, IReadOnlyList<EpochReport> History);

/// <summary>What a run's folder holds, of whichever kinds: training, evaluation, teaching, transfer.</summary>
/// <param name="Folder">The folder.</param>
internal sealed record RunFolder(string Folder)
{
    /// <summary>The training; null where there is none.</summary>
    public TrainingFiles? Training { get; init; }

    /// <summary>The best model; null where there is none.</summary>
    public string? Model { get; init; }

    /// <summary>The evaluation; null where there is none.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>The teaching; null where there is none.</summary>
    public TeachReport? Teaching { get; init; }

    /// <summary>The benchmark of transfer; null where there is none.</summary>
    public TransferResults? Transfer { get; init; }

    /// <summary>
    /// Reads a run's folder; what lies in its subfolders <c>run</c>, <c>evaluation</c> and <c>taught</c> belongs to it,
    /// as the demo keeps them.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <returns>What it holds, at least one kind.</returns>
    /// <exception cref="TaskGrainException">It is missing, holds no kind of run, or a file is damaged.</exception>
    public static RunFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new TaskGrainException($"{folder}: there is no such folder; name the folder of a run.");
        }

        string? training = Holding(folder, "run", "config.json", "history.json");
        string? evaluation = Holding(folder, "evaluation", EvaluationFiles.ReportName, EvaluationFiles.ClipsName);
        string? teaching = Holding(folder, "taught", TeachText.JsonName);
        string transfer = Path.Combine(folder, TransferReport.JsonName);
        var run = new RunFolder(folder)
        {
            Training = training is null ? null : Read(training),
            Model = new[] { training ?? folder, folder }
                .SelectMany(place => new[] { CheckpointStore.BestName, "model.safetensors" }, Path.Combine)
                .FirstOrDefault(File.Exists),
            Evaluation = evaluation is null ? null : EvaluationFiles.Read(evaluation),
            Teaching = teaching is null
                ? null
                : JsonFile.Read<TeachReport>(Path.Combine(teaching, TeachText.JsonName), "the report of a teaching"),
            Transfer = File.Exists(transfer)
                ? JsonFile.Read<TransferResults>(transfer, "the results of a transfer benchmark")
                : null,
        };
        return (run.Training, run.Evaluation, run.Teaching, run.Transfer) is (null, null, null, null)
            ? throw new TaskGrainException(
                $"{folder}: this is not the folder of a run. A training has config.json and history.json in it, an "
                    + "evaluation report.json and predictions.csv, a teaching that wrote its report "
                    + "teach.json, a transfer benchmark transfer.json."
            )
            : run;
    }

    private static string? Holding(string folder, string below, params string[] files) =>
        new[] { folder, Path.Combine(folder, below) }.FirstOrDefault(place =>
            files.All(file => File.Exists(Path.Combine(place, file)))
        );

    private static TrainingFiles Read(string folder)
    {
        IReadOnlyList<EpochReport> history = HistoryFiles.Read(folder);
        return history.Count > 0
            ? new TrainingFiles(
                JsonFile.Read<JsonObject>(Path.Combine(folder, "config.json"), "the configuration of a run"),
                history
            )
            : throw new TaskGrainException(
                $"{folder}: no epoch of this training is finished; report on it when one is."
            );
    }
}
