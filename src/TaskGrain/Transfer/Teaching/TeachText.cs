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
            $"taken: {report.Source}, {ClassifierKinds.Parse(report.Classifier).Title().ToLowerInvariant()}"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"expected accuracy{(report.Groups is null ? "" : " in new rooms")}: {Percent(report.ExpectedAccuracy)} "
                + $"(95% interval {Range(report.ExpectedInterval)}; guessing: {Percent(1.0 / report.Classes.Count)}), "
                + $"measured in {report.Folds} folds on clips held out from everything"
        );
        string folds = report.Groups is { } groups
            ? $"  folds share none of the {groups} groups: this holds for rooms and people it has not seen"
            : "  folds share rooms and people: this holds for new clips of the same; say which clips belong "
                + "together to know about others";
        text.AppendLine(folds);
        Measured(report.KnownGroups, "of rooms it has seen, held out", text);
        Measured(report.LeftOver, "left over", text);
        Measured(report.Test, "of the test split", text);

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"time: {report.ExtractionSeconds:0.0} s for features, {report.TrainingSeconds:0.0} s for the classifier"
        );
        Warn(report, text);
        Candidates(report, text);
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

    private static void Warn(TeachReport report, StringBuilder text)
    {
        if (report.Giveaways.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("what gives the classes away, on the same held-out clips:");
        foreach (Giveaway giveaway in report.Giveaways)
        {
            string mark = giveaway.Suspicious ? "  <- nearly as good as the model" : "";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {giveaway.Name}: {Percent(giveaway.Accuracy)} ({Range(giveaway.Interval)}){mark}"
            );
        }

        string[] suspicious = [.. report.Giveaways.Where(one => one.Suspicious).Select(one => one.Name)];
        if (suspicious.Length > 0)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"WARNING: {string.Join(" and ", suspicious)} can nearly do what the model does."
            );
            text.AppendLine(Advice(suspicious));
        }
    }

    private static string Advice(string[] suspicious) =>
        suspicious.Contains(Giveaway.UntrainedEncoder, StringComparer.Ordinal)
            ? "  The clips seem to be told apart by how they were recorded (light, clothes, place), not by what\n"
                + "  happens in them; the model may fail anywhere else. Record every class in every place, by every\n"
                + "  person, in turns and not one class after the other, and say which clips belong to a place."
        : suspicious.Contains(Giveaway.OneFrame, StringComparer.Ordinal)
            ? "  A photograph would do: either the classes differ in what is to be seen, as you may want, or\n"
                + "  the recordings differ in place or clothes. If the action matters, film every class in every place."
        : "  The clips of a class are alike in length or in how they are stored. Cut clips of all classes to\n"
            + "  similar lengths, and store all with the same settings.";

    private static void Candidates(TeachReport report, StringBuilder text)
    {
        text.AppendLine().AppendLine("every source and classifier on held-out clips (each at its best setting):");
        int width = report.Candidates.Max(candidate => candidate.Source.Length);
        foreach (ClassifierCandidate candidate in report.Candidates)
        {
            string accuracy = candidate is { Accuracy: { } share, Interval: { } interval }
                ? $"{Percent(share)} ({Range(interval)})"
                : "not measured: too few clips";
            bool taken = candidate.Source == report.Source && candidate.Classifier == report.Classifier;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {candidate.Source.PadRight(width)}  {candidate.Classifier,-9} "
                    + $"{accuracy}{(taken ? "  <- taken" : "")}"
            );
        }
    }

    private static string Cell(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");

    private static string Range(Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:0.0} to {100 * interval.High:0.0}%");
}
