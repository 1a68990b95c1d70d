using System.Globalization;
using System.Text;
using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>Writes what a benchmark measured: Markdown for people, JSON for programs, and the plot.</summary>
internal static class TransferReport
{
    /// <summary>The file that holds the results for programs.</summary>
    public const string JsonName = "transfer.json";

    private const double Level = 0.05;
    private const string FigureName = "figure5.png";

    /// <summary>Writes all files; existing ones are replaced.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="folder">Where they go.</param>
    public static void Write(TransferResults results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        AtomicFile.WriteText(Path.Combine(folder, JsonName), ToJson(results) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "transfer.md"), ToMarkdown(results));
        TransferFigure.WritePng(results, Path.Combine(folder, FigureName));
        TransferFigure.WriteSvg(results, Path.Combine(folder, "figure5.svg"));
    }

    /// <summary>All results as JSON.</summary>
    /// <param name="results">What was measured.</param>
    /// <returns>The text.</returns>
    public static string ToJson(TransferResults results) => JsonSerializer.Serialize(results, TaskGrainJson.Readable);

    /// <summary>Tables and tests as Markdown.</summary>
    /// <param name="results">What was measured.</param>
    /// <returns>The text.</returns>
    public static string ToMarkdown(TransferResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return $"# Transfer to {results.Target}\n\n{Body(results, FigureName)}";
    }

    /// <summary>The page without its title, for another page to take in.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="figure">The figure's file, as seen from the page.</param>
    internal static string Body(TransferResults results, string figure)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{results.Classes} classes, {results.TrainClips} training clips (full = up to {results.FullShots} a "
                + $"class), {results.TestClips} test clips, "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{results.Runs} runs, seed {results.Seed}. Chance is {100 * results.Chance:0.0}%."
        );
        if (results.LeftOut > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {results.LeftOut} clips were left out because some source has no features of them."
            );
        }

        if (results.Copies > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {results.Copies} training clips were left out because a test clip has the same pixels."
            );
        }

        text.Append(CultureInfo.InvariantCulture, $"\n\n![Accuracy by source, classifier and shots]({figure})\n\n");
        Accuracies(results, text);
        if (results.Runs > 1)
        {
            SourceTests(results, text);
            ClassifierTests(results, text);
        }

        Method(results, text);
        return text.ToString();
    }

    /// <summary>The accuracy tables alone, for a terminal.</summary>
    /// <param name="results">What was measured.</param>
    /// <returns>The text.</returns>
    public static string ToTables(TransferResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        Accuracies(results, text);
        return text.ToString();
    }

    private static void Accuracies(TransferResults results, StringBuilder text)
    {
        text.Append("## Test accuracy, percent\n\n");
        foreach (ClassifierKind classifier in results.Classifiers)
        {
            var table = new MarkdownTable(["source", .. results.Shots.Select(shots => Number(Heading(shots)))]);
            foreach (TransferSourceRow source in results.Sources)
            {
                table.Add([
                    source.Name,
                    .. results.Shots.Select(shots => Cell(results.Row(source.Name, classifier, shots))),
                ]);
            }

            text.Append(CultureInfo.InvariantCulture, $"### {classifier.Title()}\n\n{table}\n");
        }
    }

    /// <summary>The heading of a number of shots.</summary>
    internal static string Heading(ShotCount shots) =>
        shots.Clips is { } clips ? $"{clips} shot{(clips == 1 ? "" : "s")}" : "full";

    /// <summary>Mean and half of the interval, in percent.</summary>
    internal static string Cell(TransferRow row) =>
        row.HalfWidth is { } half ? $"{Percent.Of(row.Mean)} ± {Percent.Of(half)}" : Percent.Of(row.Mean);

    /// <summary>One matrix for every classifier and number of shots: row minus column.</summary>
    private static void SourceTests(TransferResults results, StringBuilder text)
    {
        if (results.Sources.Count < 2)
        {
            return;
        }

        text.Append(
            "## Differences between sources\n\nRow minus column in percentage points, paired by draw; **bold** "
                + "where the paired t-test rejects equality at 5% after Holm's correction over the matrix.\n\n"
        );
        string[] columns = [.. results.Sources.SkipLast(1).Select(source => source.Name)];
        foreach (var family in results.SourceComparisons.GroupBy(test => (test.First.Classifier, test.Shots)))
        {
            var table = new MarkdownTable(["", .. columns.Select(Number)]);
            foreach (string row in results.Sources.Skip(1).Select(source => source.Name))
            {
                table.Add([
                    row,
                    .. columns.Select(column =>
                        family.FirstOrDefault(test => test.First.Source == row && test.Second.Source == column)
                            is { } test
                            ? Emphasised(test)
                            : ""
                    ),
                ]);
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $"### {family.Key.Classifier.Title()}, {Heading(family.Key.Shots)}\n\n{table}\n"
            );
        }
    }

    private static void ClassifierTests(TransferResults results, StringBuilder text)
    {
        if (results.Classifiers.Count < 2)
        {
            return;
        }

        text.Append(
            "## Differences between classifiers\n\nIn percentage points with the 95% interval, paired by draw; "
                + "p-values of the paired t-test and of the sign-flip permutation test after Holm's correction "
                + "within a number of shots; **bold** where the t-test's is below 5%.\n\n"
        );
        var table = new MarkdownTable(
            "shots",
            "source",
            "compared",
            Number("difference"),
            Number("t-test"),
            Number("permutation")
        );
        foreach (TransferComparison test in results.ClassifierComparisons)
        {
            table.Add(
                test.Shots.ToString(),
                test.First.Source,
                $"{test.First.Classifier.Title()} − {test.Second.Classifier.Title()}",
                $"{Emphasised(test)} ± {Percent.Of(test.HalfWidth)}",
                P(test.StudentHolmP),
                P(test.PermutationHolmP)
            );
        }

        text.Append(table).Append('\n');
    }

    private static void Method(TransferResults results, StringBuilder text)
    {
        text.Append("## Method\n\n");
        text.Append("Sources:\n\n");
        foreach (TransferSourceRow source in results.Sources)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {source.Name}: {source.Description}; identity `{source.Identity}`\n"
            );
        }

        text.Append(
            "\nEvery source is frozen and gives 12 vectors a second. A run draws the shots of each class from the "
                + "training clips; run r has the same clips for every source, and fewer shots are among more. "
                + "Standardisation, principal components, regularisation and the number of updates come from the "
                + "shots alone (3-fold cross-validation inside them; documented defaults for one shot). The "
                + "test clips are the whole test split in every run.\n\n"
                + "Means are over the runs, with the 95% interval of Student's t (n − 1 degrees of freedom). It "
                + "covers what draws and starting weights change, for these test clips; where the shots are the "
                + "full set, the draws are equal and only folds and starting weights differ. "
                + "Tests compare run r of one row with run r of the other.\n"
        );
    }

    private static string Emphasised(TransferComparison test)
    {
        string number = Percent.Signed(test.Difference);
        return test.StudentHolmP < Level ? $"**{number}**" : number;
    }

    private static string P(double value) =>
        value < 0.001 ? "< 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
