using System.Globalization;
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
public static class GranularityTransferStudy
{
    private const string Random = "random";

    /// <summary>The trained sources, from coarse to fine, with the paper's exception last.</summary>
    private static readonly SourceTask[] Tasks =
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
        SourceChoice[] choices =
        [
            new(Random, trained[0].BestModel, Untrained: true),
            .. Tasks
                .Zip(trained)
                .Select(pair => new SourceChoice(pair.First.Title, pair.Second.BestModel, Untrained: false)),
        ];
        RunConfiguration configuration = workspace.Configuration;
        torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        string folder = Path.Combine(workspace.Options.Folder, "transfer");
        using TransferTarget target = TransferTarget.Open(workspace.KitchenwareStore(cancel));
        TransferResults results = TransferStudy.Run(
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

        string[] sources = [.. Tasks.Select(task => task.Title)];
        TransferFinding[] classifiers =
        [
            TransferFinding.OfClassifiers(results, ClassifierKind.Mlp, ClassifierKind.LogisticRegression, sources),
            TransferFinding.OfClassifiers(results, ClassifierKind.BiLstm, ClassifierKind.Mlp, sources),
        ];
        TransferFinding[] trainedOrNot =
        [
            .. sources.Select(source => TransferFinding.OfSources(results, source, Random)),
        ];
        TransferFinding[] grains =
        [
            .. Enumerable
                .Range(1, Tasks.Length - 2)
                .Select(i => TransferFinding.OfSources(results, sources[i], sources[i - 1])),
        ];
        TransferFinding[] both =
        [
            TransferFinding.OfSources(results, SourceTask.CaptionsJoint.Title, SourceTask.Groups.Title),
            TransferFinding.OfSources(results, SourceTask.CaptionsJoint.Title, SourceTask.Categories.Title),
            TransferFinding.OfSources(results, SourceTask.CaptionsJoint.Title, SourceTask.CaptionsAlone.Title),
        ];

        string figure = CopyFigure(folder, page);
        new StudyPage(
            "Transfer: which grain of labels carries over?",
            "The paper's Section 6: encoders trained at each grain on the generated source set are frozen, and "
                + "small classifiers on their "
                + $"features learn the {results.Classes} kitchenware classes from a few clips, over {results.Runs} "
                + $"draws that are the same for all sources."
        )
            .Paragraph("## The paper's findings here")
            .Paragraph(Verdicts(classifiers, trainedOrNot, grains, both))
            .Table(
                [
                    "comparison",
                    "mean difference>",
                    "95% interval>",
                    "cells>",
                    "significantly better>",
                    "significantly worse>",
                    "",
                ],
                classifiers.Concat(trainedOrNot).Concat(grains).Concat(both).Select(Cells)
            )
            .Paragraph(
                "Percentage points, averaged over all cells (numbers of shots, with each classifier or source); "
                    + "interval of the mean over the draws (Student's t). Significant: "
                    + "paired t-test over the draws below 5% after Holm's correction within the row. The draws vary "
                    + "the training clips of one trained encoder a source: they do not "
                    + "measure how much another training run of the encoder would differ."
            )
            .Paragraph(Results(results, figure))
            .Origin(command, workspace, trained.Sum(result => result.Seconds), runs: 1)
            .Write(page);
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

    /// <summary>The benchmark's own page without its title, one level deeper.</summary>
    private static string Results(TransferResults results, string figure)
    {
        string text = TransferReport
            .ToMarkdown(results)
            .Replace("(figure5.png)", $"({figure})", StringComparison.Ordinal);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }

    /// <summary>The paper's three findings (Section 6.2), each with what the intervals say of it here.</summary>
    private static string Verdicts(
        TransferFinding[] classifiers,
        TransferFinding[] trained,
        TransferFinding[] grains,
        TransferFinding[] captions
    ) =>
        string.Join(
            "\n",
            $"1. *A stronger classifier does better (BiLSTM, MLP, logistic regression in this order).* "
                + $"{Words(classifiers)}.",
            "2. *Features of an encoder trained on such videos beat others.* The paper's others, ImageNet and "
                + "Kinetics networks, are not measured here; "
                + $"against the untrained encoder: {Words(trained)}.",
            $"3. *Finer labels teach features that carry over better.* {Words(grains)}. *Captions with categories "
                + $"are best, captions alone the exception*: {Words(captions)}."
        );

    private static string Words(IEnumerable<TransferFinding> findings) =>
        string.Join(
            "; ",
            findings.Select(f =>
                $"{f.Name}: {Signed(f.Difference.Mean)} ({Signed(f.Difference.Low)} to "
                + $"{Signed(f.Difference.High)}), {f.Verdict}"
            )
        );

    private static string[] Cells(TransferFinding finding) =>
        [
            finding.Name,
            Signed(finding.Difference.Mean),
            $"{Signed(finding.Difference.Low)} to {Signed(finding.Difference.High)}",
            $"{finding.Cells}",
            $"{finding.Better}",
            $"{finding.Worse}",
            finding.Verdict,
        ];

    private static string Signed(double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;−0.0;0.0}");
}
