using System.Globalization;
using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Labels;

namespace TaskGrain.Cli.Terminal;

/// <summary>What <c>taskgrain check</c> found, in words.</summary>
internal static class CheckText
{
    private const int CategoriesShown = 20;
    private const int ProblemsShown = 10;
    private const int NameShown = 64;

    public static void Print(CommandOutput output, DataCheckReport report, bool all)
    {
        output.Line($"{report.DataSet} ({report.Folder})");
        output.Line("");
        PrintCounts(output, report, all);
        PrintProblems(output, report, all);
        PrintPacking(output, report);
        output.Line(Verdict(report));
    }

    private static void PrintCounts(CommandOutput output, DataCheckReport report, bool all)
    {
        var table = new TextTable("", "train", "validation", "test", "in all");
        Row(table, "clips", report.Clips);
        if (report.Unlabelled.Total > 0)
        {
            Row(table, "without a category", report.Unlabelled);
        }

        IEnumerable<CategoryCounts> shown = all
            ? report.Categories
            : report.Categories.OrderByDescending(c => c.Clips.Total).Take(CategoriesShown);
        Row(
            table,
            "categories",
            new SplitCounts(
                report.Categories.Count(c => c.Clips.Train > 0),
                report.Categories.Count(c => c.Clips.Validation > 0),
                report.Categories.Count(c => c.Clips.Test > 0)
            ),
            report.Categories.Count
        );
        foreach (CategoryCounts category in shown)
        {
            Row(table, $"  {(all ? category.Name : Shorten(category.Name))}", category.Clips);
        }

        output.Text(table.ToString());
        if (!all && report.Categories.Count > CategoriesShown)
        {
            output.Line($"  and {report.Categories.Count - CategoriesShown} smaller categories (--all shows them)");
        }

        output.Line("");
    }

    private static void PrintProblems(CommandOutput output, DataCheckReport report, bool all)
    {
        foreach (var kind in report.Problems.GroupBy(problem => problem.Kind))
        {
            output.Line($"{JsonNamingPolicy.KebabCaseLower.ConvertName(kind.Key.ToString())} ({N(kind.Count())})");
            foreach (DataProblem problem in all ? kind : kind.Take(ProblemsShown))
            {
                string id = problem.Id is null || problem.Record is null ? "" : $", id {problem.Id}";
                output.Line($"  {problem.Position}{id}: {problem.Reason}");
                output.Line($"    -> {problem.Fix}");
            }

            if (!all && kind.Count() > ProblemsShown)
            {
                output.Line($"  and {N(kind.Count() - ProblemsShown)} more (--all or --json lists them)");
            }

            output.Line("");
        }
    }

    private static void PrintPacking(CommandOutput output, DataCheckReport report)
    {
        if (report.Packing is { } packing)
        {
            output.Line(
                $"Packing will take about {Time(packing.Seconds)} with {packing.Threads} threads, and "
                    + $"{Size(packing.RawBytes)} of disk as raw frames or {Size(packing.JpegBytes)} as JPEG"
            );
            output.Line(
                $"(from {N(packing.DecodedClips)} decoded clips of {packing.FramesPerClip:0.#} frames on average)."
            );
        }
        else if (report.Decoded == 0)
        {
            output.Line("No clip was decoded, so time and disk for packing are not known.");
        }
    }

    private static string Verdict(DataCheckReport report)
    {
        string kept =
            $"{N(report.Clips.Total)} clips can be used, {N(report.LeftOut)} "
            + $"{(report.LeftOut == 1 ? "is" : "are")} left out";
        return (report.Usable, report.Problems.Count) switch
        {
            (false, _) => $"Not usable: there is no training clip with a category. {kept}.",
            (true, 0) => $"Good: {N(report.Clips.Total)} clips, nothing wrong.",
            (true, var count) => $"Usable: {kept}, {N(count)} problem{(count == 1 ? "" : "s")} in all.",
        };
    }

    private static void Row(TextTable table, string name, SplitCounts counts, int? total = null) =>
        table.Add(name, N(counts.Train), N(counts.Validation), N(counts.Test), N(total ?? counts.Total));

    private static string Shorten(string name) => name.Length <= NameShown ? name : name[..(NameShown - 3)] + "...";

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double seconds) =>
        seconds switch
        {
            < 1 => "1 s",
            < 90 => $"{Math.Ceiling(seconds):0} s",
            < 5400 => $"{Math.Ceiling(seconds / 60):0} min",
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
        };

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1e3):0} kB"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
            < 1_000_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e12:0.##} TB"),
        };
}
