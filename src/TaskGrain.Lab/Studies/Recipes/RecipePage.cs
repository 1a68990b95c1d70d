using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using TaskGrain.Models.Heads;
using TaskGrain.Training;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>What the page says beside the measurements.</summary>
/// <param name="Name">What the real clips are called.</param>
/// <param name="Clips">Real clips that were used.</param>
/// <param name="Classes">Their classes.</param>
/// <param name="Groups">Their groups; null where none are known.</param>
/// <param name="LeftForTest">Clips of the folder's test split, which were not used.</param>
/// <param name="Command">The command that makes the page again.</param>
/// <param name="Finished">When, UTC.</param>
internal sealed record RecipeOrigin(
    string Name,
    int Clips,
    int Classes,
    int? Groups,
    int LeftForTest,
    string Command,
    DateTime Finished
);

/// <summary>The page of the generator's recipes, from the measurements alone.</summary>
internal static class RecipePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="measurements">What was measured, at least one run.</param>
    /// <param name="options">What with.</param>
    /// <param name="origin">The real clips, and how the page came about.</param>
    public static StudyPage Of(
        IReadOnlyList<RecipeMeasurement> measurements,
        RecipeOptions options,
        RecipeOrigin origin
    )
    {
        IReadOnlyList<RecipeComparison> compared = RecipeComparison.Of(measurements);
        (string Name, RecipeMeasurement[] Runs)[] rows = Rows(measurements, compared);
        string groups = origin.Groups is { } count ? $" in {count} groups" : "";
        string test =
            origin.LeftForTest == 0
                ? "the clips given are for training; clips to test on were not given and not looked at"
                : $"the folder's {origin.LeftForTest} test clips were not looked at";
        return new StudyPage(
            $"Recipes of the generator: {origin.Name}",
            "Which variation of the generated clips (domain randomisation) makes an encoder that carries over further "
                + $"to real ones? Judged by cross-validation on {origin.Clips} real clips of {origin.Classes} "
                + $"classes{groups}: {test}."
        )
            .Paragraph("## Against the control")
            .Table(
                [
                    "generated clips of the last part",
                    Number("real clips"),
                    Number("− control"),
                    Number("95% interval"),
                    Number("p (Holm)"),
                    "verdict",
                    Number("each seed"),
                    Number("generated clips"),
                ],
                [.. rows.Select(row => Cells(row, compared.FirstOrDefault(one => one.Recipe == row.Name)))]
            )
            .Paragraph(About(measurements, options))
            .Paragraph("## Every classifier")
            .Table(
                ["encoder sees", "classifier", Number("shots"), .. rows.Select(row => Number(Title(row)))],
                [.. Ways(rows)]
            )
            .Paragraph(
                $"Percent of the held-out real clips; guessing has {Percent.Of(1.0 / origin.Classes)}. Mean over the "
                    + "seeds, with a number of shots also over their draws. *Windows* are what the encoder sees around "
                    + "each moment, *the whole clip* is one window over all of it."
            )
            .Paragraph("## How it was made")
            .Paragraph(string.Join("\n", Origin(measurements, options, origin)));
    }

    /// <summary>The starting models, the control, recipes from best to worst, the reference.</summary>
    private static (string Name, RecipeMeasurement[] Runs)[] Rows(
        IReadOnlyList<RecipeMeasurement> measurements,
        IReadOnlyList<RecipeComparison> compared
    )
    {
        string[] order =
        [
            RecipeRun.Start,
            RecipeRun.Control,
            .. compared.OrderByDescending(one => one.Differences.Average()).Select(one => one.Recipe),
        ];
        return
        [
            .. measurements
                .GroupBy(one => one.Name, StringComparer.Ordinal)
                .OrderBy(row => Array.IndexOf(order, row.Key) is >= 0 and int at ? at : order.Length)
                .Select(row => (row.Key, row.OrderBy(one => one.Seed).ToArray())),
        ];
    }

    private static string Title((string Name, RecipeMeasurement[] Runs) row) =>
        row.Name == RecipeRun.Start ? "(before it)"
        : row.Name == RecipeRun.Control ? "control: none"
        : row.Runs[0].Seed == 0 ? $"*{row.Name}*, shipped"
        : row.Name;

    private static string[] Cells((string Name, RecipeMeasurement[] Runs) row, RecipeComparison? compared) =>
        [
            Title(row),
            StudyPage.Mean(row.Runs.Select(run => run.Score)),
            .. Difference(compared),
            string.Join(", ", row.Runs.Select(run => Percent.Of(run.Score))),
            row.Runs.All(run => run.Generated is not null)
                ? StudyPage.Mean(row.Runs.Select(run => run.Generated!.Value))
                : "",
        ];

    private static string[] Difference(RecipeComparison? compared)
    {
        if (compared is null)
        {
            return ["", "", "", ""];
        }

        MeanInterval interval = MeanInterval.Of(compared.Differences);
        return compared.Verdict == RecipeVerdict.TooFewSeeds
            ? [Percent.Signed(interval.Mean), "", "", "one seed"]
            :
            [
                Percent.Signed(interval.Mean),
                $"{Percent.Signed(interval.Low)} to {Percent.Signed(interval.High)}",
                compared.P.ToString("0.000", CultureInfo.InvariantCulture),
                compared.Verdict switch
                {
                    RecipeVerdict.Helps => "**helps**",
                    RecipeVerdict.Hurts => "**hurts**",
                    _ => "undecided",
                },
            ];
    }

    private static string About(IReadOnlyList<RecipeMeasurement> measurements, RecipeOptions options)
    {
        IEnumerable<string> shots = options.Shots.Select(number =>
            number.Clips is { } few ? $"{few} a class ({options.Draws} draws)" : "all of them"
        );
        return $"*Real clips* is the percentage of held-out clips told rightly, {measurements[0].Split}: the mean over "
            + $"{string.Join(", ", options.Classifiers.Select(kind => kind.Title()))}, over the encoder's two ways "
            + $"to see a clip (windows, the whole clip) and over learning from {string.Join(" and ", shots)}; this "
            + "mean takes every way in, none is left out by how it did. The model's encoder is the only "
            + "source of features. *Generated clips* is the model's own classifier on plain generated clips that it "
            + "was not trained on. Every recipe goes on from the same starting model as the control of its seed, on "
            + "the same actions and objects, for as many steps. Means with their 95% interval, and paired differences "
            + "over the seeds (Student's t; p two-sided, after Holm's correction over the recipes); a verdict is given "
            + $"at p ≤ {RecipeComparison.Level}. The intervals speak of other seeds, not of other clips.";
    }

    private static IEnumerable<string[]> Ways((string Name, RecipeMeasurement[] Runs)[] rows)
    {
        foreach (RecipeCell way in rows[0].Runs[0].Real)
        {
            yield return
            [
                way.Source.Contains('@', StringComparison.Ordinal) ? "the whole clip" : "windows",
                way.Classifier.Word(),
                way.Shots.Clips?.ToString(CultureInfo.InvariantCulture) ?? "all",
                .. rows.Select(row =>
                    Percent.Of(
                        row.Runs.Average(run =>
                            run.Real.Single(cell =>
                                cell.Source == way.Source
                                && cell.Classifier == way.Classifier
                                && cell.Shots == way.Shots
                            ).Accuracy
                        )
                    )
                ),
            ];
        }
    }

    private static IEnumerable<string> Origin(
        IReadOnlyList<RecipeMeasurement> measurements,
        RecipeOptions options,
        RecipeOrigin origin
    )
    {
        static string Part(RunConfiguration run) =>
            $"{run.Training.Epochs} epochs at {run.Training.LearningRate.ToString(CultureInfo.InvariantCulture)} after "
            + $"{run.Training.Schedule.WarmUpSteps} steps of warm-up";

        RunConfiguration first = RecipeTraining.FirstPart(options);
        int most = measurements.Max(one => one.Seed);
        double seconds = measurements.Sum(one => one.Seconds);
        string settings = options.Settings.Count == 0 ? "" : $"; {string.Join(", ", options.Settings)}";
        yield return $"- command: `{origin.Command}`";
        yield return $"- models: {first.Model.Architecture}, {first.Clip.Frames} frames of "
            + $"{first.Clip.CropSize}×{first.Clip.CropSize} at {RecipeTraining.FramesPerSecond} a second, action "
            + $"categories, batches of {first.Training.BatchSize}, Adam{settings}; start: {Part(first)}; recipes: "
            + $"{Part(RecipeTraining.FurtherPart(options))}; the model of the last step is measured";
        yield return $"- generated clips: {options.Clips} of {options.Categories.Count} categories for a start, as "
            + "many others for a recipe (generator seeds 101, 102 for training seed 1, 201, 202 for seed 2 …)";
        yield return $"- training seeds: 1 to {most}; seed of folds and draws: 1";
        yield return $"- program: TaskGrain {Distinct(measurements.Select(one => one.Program))}";
        yield return $"- machine: {Distinct(measurements.Select(one => one.Machine))}";
        yield return $"- time of all runs: {TimeSpan.FromSeconds(seconds):d\\.hh\\:mm\\:ss} (training "
            + $"{TimeSpan.FromSeconds(measurements.Sum(one => one.TrainingSeconds)):d\\.hh\\:mm\\:ss}), "
            + $"finished {origin.Finished.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
    }

    private static string Distinct(IEnumerable<string> values) =>
        string.Join("; ", values.Distinct(StringComparer.Ordinal));
}
