using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Figure 5: frozen features carried over to another task.</summary>
internal static class Figure5Table
{
    /// <summary>Adds the table of Figure 5 for a target.</summary>
    public static void Add(StudyPage page, PartMeasurements measured, string target)
    {
        if (measured.SiteOf(PaperPart.Figure5, target) is not { } site)
        {
            return;
        }

        Figure5Row[] rows = [.. Rows(measured, target, site)];
        if (rows.Length == 0)
        {
            return;
        }

        ShotCount[] shots = [.. rows.Select(row => row.Shots).Distinct()];
        page.Paragraph($"## Figure 5: carried over to {target}").Paragraph($"Measured on {site}.");
        page.Table(
            ["source", "classifier", .. shots.Select(count => Number($"{count} a class"))],
            [
                .. rows.GroupBy(row => (row.Source, row.Classifier))
                    .Select(line =>
                        new[] { line.Key.Source, line.Key.Classifier.Title() }
                            .Concat(
                                shots.Select(count =>
                                    line.FirstOrDefault(row => row.Shots == count) is { } cell
                                        ? StudyPage.Mean(cell.BySeed)
                                        : ""
                                )
                            )
                            .ToArray()
                    ),
            ]
        );
    }

    /// <summary>The cells of Figure 5 for a target, in the plan's order of sources.</summary>
    public static IEnumerable<Figure5Row> Rows(PartMeasurements measured, string target, ComputeSite site)
    {
        IReadOnlyDictionary<string, Measurement> here = measured.At(site);
        return measured
            .RunsTo(target)
            .Where(run => here.ContainsKey(run.Id))
            .SelectMany(run => here[run.Id].Transfers.Select(row => (run.Source, Row: row)))
            .GroupBy(cell => (cell.Source, cell.Row.Classifier, cell.Row.Shots))
            .Select(cell => new Figure5Row(
                cell.Key.Source,
                cell.Key.Classifier,
                cell.Key.Shots,
                [.. cell.Select(one => one.Row.Mean)]
            ));
    }
}

/// <summary>A cell of Figure 5.</summary>
/// <param name="Source">The source.</param>
/// <param name="Classifier">The classifier on its features.</param>
/// <param name="Shots">Training clips a class.</param>
/// <param name="BySeed">Mean accuracy over the draws, one value a training seed, in [0, 1].</param>
internal sealed record Figure5Row(
    string Source,
    ClassifierKind Classifier,
    ShotCount Shots,
    IReadOnlyList<double> BySeed
);
