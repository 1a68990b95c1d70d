using TaskGrain.Data;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
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
        OtherSource[] others = [.. workspace.Options.OtherSources.Select(OtherSource.Of)];
        TransferResults results = Measure(workspace, trained, others, folder, cancel);
        GranularityTransferPage
            .Of(
                results,
                TransferFindings.Of(results, others),
                CopyFigure(folder, page),
                StudyOrigin.Now(command, workspace),
                trained.Sum(result => result.Seconds)
            )
            .Write(page);
    }

    private static TransferResults Measure(
        StudyWorkspace workspace,
        TrainingResult[] trained,
        OtherSource[] others,
        string folder,
        CancellationToken cancel
    )
    {
        SourceChoice[] choices =
        [
            new(Random, trained[0].BestModel, Untrained: true),
            .. others.Where(other => !other.Ours).Select(other => other.Choice),
            .. Tasks
                .Zip(trained)
                .Select(pair => new SourceChoice(pair.First.Title, pair.Second.BestModel, Untrained: false)),
            .. others.Where(other => other.Ours).Select(other => other.Choice),
        ];
        RunConfiguration configuration = workspace.Configuration;
        torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        using LabelledStore store = LabelledStore.Open(workspace.KitchenwareStore(cancel));
        using TransferTarget target = Kitchenware(store, workspace);
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

    /// <summary>
    /// The transfer set: the frames that our encoders read are packed, others are drawn when they are asked for.
    /// </summary>
    private static TransferTarget Kitchenware(LabelledStore store, StudyWorkspace workspace)
    {
        var generator = new WorldGenerator(workspace.KitchenwareClips);
        return TransferTarget.Of(
            store.DataSet,
            (annotation, format) =>
                format == store.Frames.Format && store.Frames.TryIndexOf(annotation.Id, out int index)
                    ? store.Frames.Read(index)
                    : generator.Clip(WorldGenerator.IndexOf(annotation.Id)).Render(format)
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

/// <summary>A source beside the encoders that the study trains.</summary>
/// <param name="Choice">Its name in the tables and where it is.</param>
/// <param name="Ours">An encoder of ours; else a network trained elsewhere on other things.</param>
internal sealed record OtherSource(SourceChoice Choice, bool Ours)
{
    /// <summary>Reads a name or a file.</summary>
    /// <param name="word">A shipped model's name, a network's name, or a file.</param>
    /// <exception cref="TaskGrainException">There is no such source.</exception>
    public static OtherSource Of(string word)
    {
        string path = ModelCatalog.Installed().Resolve(word);
        return FeatureSources.Exists(path)
            ? new OtherSource(
                new SourceChoice(Path.GetFileName(word), path, Untrained: false),
                FeatureSources.EncoderOf(path) is not null
            )
            : throw new TaskGrainException(
                $"'{word}' is no shipped model, no network's name ({string.Join(", ", FeatureSources.Names)}) and no "
                    + "file."
            );
    }
}

/// <summary>The paper's findings (Section 6.2), each compared on the benchmark's rows.</summary>
/// <param name="Classifiers">A stronger classifier does better, on trained sources.</param>
/// <param name="Trained">Each encoder of ours against the untrained one.</param>
/// <param name="External">Each encoder of ours against each network trained elsewhere.</param>
/// <param name="Grains">Each grain against the next coarser one.</param>
/// <param name="Captions">Captions with categories against groups, categories, and captions alone.</param>
internal sealed record TransferFindings(
    IReadOnlyList<TransferFinding> Classifiers,
    IReadOnlyList<TransferFinding> Trained,
    IReadOnlyList<TransferFinding> External,
    IReadOnlyList<TransferFinding> Grains,
    IReadOnlyList<TransferFinding> Captions
)
{
    /// <summary>Compares.</summary>
    /// <param name="results">The benchmark.</param>
    /// <param name="others">The sources beside the trained ones.</param>
    public static TransferFindings Of(TransferResults results, IReadOnlyList<OtherSource> others)
    {
        string[] sources = [.. GranularityTransferStudy.Tasks.Select(task => task.Title)];
        string[] ours = [.. sources, .. others.Where(other => other.Ours).Select(other => other.Choice.Name)];
        string[] external = [.. others.Where(other => !other.Ours).Select(other => other.Choice.Name)];
        string captions = SourceTask.CaptionsJoint.Title;
        return new TransferFindings(
            [
                TransferFinding.OfClassifiers(results, ClassifierKind.Mlp, ClassifierKind.LogisticRegression, sources),
                TransferFinding.OfClassifiers(results, ClassifierKind.BiLstm, ClassifierKind.Mlp, sources),
            ],
            [.. ours.Select(source => TransferFinding.OfSources(results, source, GranularityTransferStudy.Random))],
            [.. external.SelectMany(other => ours.Select(source => TransferFinding.OfSources(results, source, other)))],
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
