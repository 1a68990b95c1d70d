using TaskGrain.Runtime;
using TaskGrain.Training;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;
using TorchSharp;

namespace TaskGrain.Studies;

/// <summary>
/// The paper's Section 6 and Figure 5 on generated data: encoders trained at each grain, frozen, and carried over to
/// the kitchenware set from 1, 5 and 10 clips a class.
/// </summary>
public static class GranularityTransferStudy
{
    private const string Random = "random";
    private const double Level = 0.05;

    /// <summary>The trained sources, from coarse to fine, with the paper's exception last.</summary>
    private static readonly SourceTask[] Tasks =
    [
        SourceTask.Groups, SourceTask.Categories, SourceTask.SimplifiedJoint, SourceTask.CaptionsJoint, SourceTask.CaptionsAlone,
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
            .. Tasks.Zip(trained).Select(pair => new SourceChoice(pair.First.Title, pair.Second.BestModel, Untrained: false)),
        ];
        RunConfiguration configuration = workspace.Configuration;
        torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        string folder = Path.Combine(workspace.Options.Folder, "transfer");
        using TransferTarget target = TransferTarget.Open(workspace.KitchenwareStore(cancel));
        TransferResults results = TransferStudy.Run(
            choices, target, new TransferOptions { Seed = workspace.Options.Seed, Runs = workspace.Options.Draws }, folder, device, configuration.Machine.Precision,
            note: null, workspace.Progress, cancel);

        string figure = Path.ChangeExtension(page, null);
        foreach (string kind in new[] { "png", "svg" })
        {
            byte[] picture = File.ReadAllBytes(Path.Combine(folder, $"figure5.{kind}"));
            AtomicFile.Write($"{figure}-figure5.{kind}", stream => stream.Write(picture));
        }

        new StudyPage(
            "Transfer: which grain of labels carries over?",
            "The paper's Section 6: encoders trained at each grain on the generated source set are frozen, and small classifiers on their "
            + $"features learn the {results.Classes} kitchenware classes from a few clips, over {results.Runs} draws that are the same for all sources.")
            .Paragraph("## The paper's findings here")
            .Table(["comparison", "mean difference>", "cells>", "significantly better>", "significantly worse>"], Findings(results))
            .Paragraph(
                "Percentage points, over all cells (numbers of shots, with each classifier or source); significant: paired t-test over the draws below 5% after Holm's "
                + "correction within the family. The draws vary the training clips of one trained encoder a source: they do not measure how much another training run of the encoder would differ.")
            .Paragraph(Results(results, Path.GetFileName(figure)))
            .Origin(command, workspace, trained.Sum(result => result.Seconds), runs: 1)
            .Write(page);
    }

    /// <summary>The benchmark's own page without its title, one level deeper.</summary>
    private static string Results(TransferResults results, string figure)
    {
        string text = TransferReport.ToMarkdown(results).Replace("(figure5.png)", $"({figure}-figure5.png)", StringComparison.Ordinal);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static IEnumerable<string[]> Findings(TransferResults results)
    {
        string[] kinds = [.. results.Classifiers];
        for (int i = 1; i < kinds.Length; i++)
        {
            string stronger = kinds[i], weaker = kinds[i - 1];
            yield return Summary($"{Title(stronger)} − {Title(weaker)}", results.Rows
                .Where(row => row.Classifier == stronger)
                .Select(row => (row, results.Row(row.Source, weaker, row.Shots))));
        }

        foreach (SourceTask task in Tasks)
        {
            yield return Sources(results, task.Title, Random);
        }

        for (int i = 1; i < Tasks.Length - 1; i++)
        {
            yield return Sources(results, Tasks[i].Title, Tasks[i - 1].Title);
        }

        yield return Sources(results, SourceTask.CaptionsJoint.Title, SourceTask.Groups.Title);
        yield return Sources(results, SourceTask.CaptionsJoint.Title, SourceTask.CaptionsAlone.Title);
    }

    private static string[] Sources(TransferResults results, string first, string second)
        => Summary($"{first} − {second}", results.Rows
            .Where(row => row.Source == first)
            .Select(row => (row, results.Row(second, row.Classifier, row.Shots))));

    private static string[] Summary(string name, IEnumerable<(TransferRow First, TransferRow Second)> cells)
    {
        (TransferRow First, TransferRow Second)[] all = [.. cells];
        Transfer.Statistics.PairedTest[] tests = [.. all.Select(cell => Transfer.Statistics.PairedTest.Of(cell.First.Accuracies, cell.Second.Accuracies))];
        double[] corrected = Transfer.Statistics.HolmCorrection.Correct([.. tests.Select(test => test.StudentP)]);
        int Count(Func<double, bool> sign)
            => tests.Zip(corrected).Count(pair => pair.Second < Level && sign(pair.First.Difference.Mean));
        return
        [
            name,
            StudyPage.Percent(all.Average(cell => cell.First.Mean - cell.Second.Mean)),
            $"{all.Length}",
            $"{Count(difference => difference > 0)}",
            $"{Count(difference => difference < 0)}",
        ];
    }

    private static string Title(string classifier) => ClassifierKinds.Parse(classifier).Title();
}
