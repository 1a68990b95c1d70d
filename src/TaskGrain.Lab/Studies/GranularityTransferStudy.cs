using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;
using TorchSharp;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// The paper's Section 6 and Figure 5 on generated data: encoders trained at each grain, frozen, and carried over to
/// the kitchenware set from 1, 5 and 10 clips a class.
/// </summary>
internal static class GranularityTransferStudy
{
    /// <summary>The name of the untrained source.</summary>
    internal const string Random = "random";

    /// <summary>The trained sources, from coarse to fine, with the paper's exception last.</summary>
    internal static IReadOnlyList<SourceTask> Tasks { get; } =
    [
        SourceTask.Groups,
        SourceTask.Categories,
        SourceTask.SimplifiedJoint,
        SourceTask.CaptionsJoint,
        SourceTask.CaptionsAlone,
    ];

    /// <summary>Trains and measures what is missing and writes the page with its figure.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write; the figure goes beside it as PNG and SVG.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(page);
        TrainingResult[] trained = [.. Tasks.Select(task => workspace.Train(task, repeat: 1, cancel))];
        string folder = Path.Combine(workspace.Options.Folder, "transfer");
        TransferResults results = Measure(workspace, trained, folder, cancel);
        GranularityTransferPage
            .Of(
                results,
                TransferFindings.Of(results),
                CopyFigure(folder, page),
                StudyOrigin.Now(command, workspace),
                trained.Sum(result => result.Seconds)
            )
            .Write(page);
    }

    private static TransferResults Measure(
        StudyWorkspace workspace,
        TrainingResult[] trained,
        string folder,
        CancellationToken cancel
    )
    {
        SourceChoice[] choices =
        [
            new(Random, trained[0].BestModel, Untrained: true),
            .. Tasks
                .Zip(trained)
                .Select(pair => new SourceChoice(pair.First.Title, pair.Second.BestModel, Untrained: false)),
        ];
        RunConfiguration configuration = workspace.Configuration;
        torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        using TransferTarget target = TransferTarget.Open(workspace.KitchenwareStore(cancel));
        return TransferStudy.Run(
            choices,
            target,
            new TransferOptions
            {
                Seed = workspace.Options.Seed,
                Runs = workspace.Options.Draws,
                Threads = configuration.Machine.Threads,
            },
            folder,
            device,
            configuration.Machine.Precision,
            note: null,
            workspace.Progress,
            cancel
        );
    }

    /// <summary>Puts the benchmark's plot beside the page.</summary>
    /// <returns>The PNG's file name.</returns>
    private static string CopyFigure(string folder, string page)
    {
        string start = $"{Path.ChangeExtension(page, null)}-figure5";
        foreach (string kind in new[] { ".svg", ".png" })
        {
            AtomicFile.Copy(Path.Combine(folder, $"figure5{kind}"), start + kind);
        }

        return Path.GetFileName($"{start}.png");
    }
}

/// <summary>The paper's findings (Section 6.2), each compared on the benchmark's rows.</summary>
/// <param name="Classifiers">A stronger classifier does better, on trained sources.</param>
/// <param name="Trained">Each trained source against the untrained one.</param>
/// <param name="Grains">Each grain against the next coarser one.</param>
/// <param name="Captions">Captions with categories against groups, categories, and captions alone.</param>
internal sealed record TransferFindings(
    IReadOnlyList<TransferFinding> Classifiers,
    IReadOnlyList<TransferFinding> Trained,
    IReadOnlyList<TransferFinding> Grains,
    IReadOnlyList<TransferFinding> Captions
)
{
    public static TransferFindings Of(TransferResults results)
    {
        string[] sources = [.. GranularityTransferStudy.Tasks.Select(task => task.Title)];
        string captions = SourceTask.CaptionsJoint.Title;
        return new TransferFindings(
            [
                TransferFinding.OfClassifiers(results, ClassifierKind.Mlp, ClassifierKind.LogisticRegression, sources),
                TransferFinding.OfClassifiers(results, ClassifierKind.BiLstm, ClassifierKind.Mlp, sources),
            ],
            [.. sources.Select(source => TransferFinding.OfSources(results, source, GranularityTransferStudy.Random))],
            [
                .. Enumerable
                    .Range(1, sources.Length - 2)
                    .Select(i => TransferFinding.OfSources(results, sources[i], sources[i - 1])),
            ],
            [
                TransferFinding.OfSources(results, captions, SourceTask.Groups.Title),
                TransferFinding.OfSources(results, captions, SourceTask.Categories.Title),
                TransferFinding.OfSources(results, captions, SourceTask.CaptionsAlone.Title),
            ]
        );
    }
}
