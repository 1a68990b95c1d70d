using System.Globalization;
using System.Text;
using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Teaching;

/// <summary>A teaching's report for people and for programs.</summary>
internal static class TeachText
{
    /// <summary>The file that holds the report for programs.</summary>
    public const string JsonName = "teach.json";

    private const int DoubtfulShown = 10;

    /// <summary>The report as JSON.</summary>
    /// <param name="report">What was taught.</param>
    /// <returns>The text.</returns>
    public static string ToJson(TeachReport report) => JsonSerializer.Serialize(report, TaskGrainJson.Readable);

    /// <summary>The report as plain text.</summary>
    /// <param name="report">What was taught.</param>
    /// <returns>Lines, the last one ended.</returns>
    public static string ToText(TeachReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        int clips = report.ClipsPerClass.Sum();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{report.Classes.Count} classes, {clips} clips ({report.ClipsPerClass.Min()} to "
                + $"{report.ClipsPerClass.Max()} a class)"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"classifier: {ClassifierKinds.Parse(report.Classifier).Title()}, of "
                + $"{string.Join(", ", report.Candidates.Select(Candidate))} on held-out clips"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"expected accuracy: {Percent(report.ExpectedAccuracy)} (95% interval {Range(report.ExpectedInterval)}; "
                + $"guessing: {Percent(1.0 / report.Classes.Count)}), measured in {report.Folds} folds on clips "
                + $"held out from everything"
        );
        Measured(report.LeftOver, "left over", text);
        Measured(report.Test, "of the test split", text);

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"time: {report.ExtractionSeconds:0.0} s for features, {report.TrainingSeconds:0.0} s for the classifier"
        );
        Confusion(report, text);
        Doubtful(report, text);
        if (report.Problems.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\nnoticed about the clips:");
            foreach (ClipProblem problem in report.Problems)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {problem}");
            }
        }

        return text.ToString();
    }

    /// <summary>Writes <c>teach.txt</c>, <c>teach.json</c>, <c>confusion.csv</c> and <c>confusion.png</c>.</summary>
    /// <param name="report">What was taught.</param>
    /// <param name="folder">Where they go.</param>
    public static void Write(TeachReport report, string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, "teach.txt"), ToText(report));
        AtomicFile.WriteText(Path.Combine(folder, JsonName), ToJson(report) + "\n");
        ConfusionMatrix matrix = MatrixOf(report);
        matrix.WriteCsv(Path.Combine(folder, "confusion.csv"));
        new ConfusionMatrixPlot(matrix) { Title = "Held-out clips" }.WritePng(Path.Combine(folder, "confusion.png"));
    }

    /// <summary>The held-out predictions as a matrix.</summary>
    /// <param name="report">What was taught.</param>
    internal static ConfusionMatrix MatrixOf(TeachReport report)
    {
        var matrix = new ConfusionMatrix(report.Classes);
        for (int truth = 0; truth < report.Classes.Count; truth++)
        {
            for (int predicted = 0; predicted < report.Classes.Count; predicted++)
            {
                for (int i = 0; i < report.Confusion[truth][predicted]; i++)
                {
                    matrix.Add(truth, predicted);
                }
            }
        }

        return matrix;
    }

    private static void Measured(MeasuredClips? clips, string which, StringBuilder text)
    {
        if (clips is not null)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"accuracy on the {clips.Clips} clips {which}: {Percent(clips.Accuracy)} (95% interval "
                    + $"{Range(clips.Interval)})"
            );
        }
    }

    private static void Confusion(TeachReport report, StringBuilder text)
    {
        int width = Math.Max(
            4,
            report.Confusion.Max(row => row.Max()).ToString(CultureInfo.InvariantCulture).Length + 1
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\nheld-out clips, true class by row, predicted class by column:"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{string.Concat(Enumerable.Range(1, report.Classes.Count).Select(c => Cell(c, width)))}"
        );
        for (int truth = 0; truth < report.Classes.Count; truth++)
        {
            string counts = string.Concat(
                report.Confusion[truth].Select(count => count == 0 ? ".".PadLeft(width) : Cell(count, width))
            );
            text.AppendLine(CultureInfo.InvariantCulture, $"{counts}   {truth + 1} {report.Classes[truth]}");
        }
    }

    private static void Doubtful(TeachReport report, StringBuilder text)
    {
        if (report.Doubtful.Count == 0)
        {
            return;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"\nlook at these clips again, they may be in the wrong folder:");
        foreach (DoubtfulClip clip in report.Doubtful.Take(DoubtfulShown))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {clip.Path}: looks like '{clip.LooksLike}' ({Percent(clip.LooksLikeProbability)} against "
                    + $"{Percent(clip.ClassProbability)})"
            );
        }

        if (report.Doubtful.Count > DoubtfulShown)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  and {report.Doubtful.Count - DoubtfulShown} less doubtful ones (in the JSON)"
            );
        }
    }

    private static string Candidate(ClassifierCandidate candidate) =>
        candidate.Accuracy is { } accuracy ? $"{candidate.Classifier} {Percent(accuracy)}" : candidate.Classifier;

    private static string Cell(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");

    private static string Range(Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:0.0} to {100 * interval.High:0.0}%");
}
