using System.Text.RegularExpressions;
using TaskGrain.Lab.Studies.Recipes;

namespace TaskGrain.Tests.Lab.Studies.Recipes;

public sealed class RecipePageTests
{
    private static readonly RecipeOptions Options = new()
    {
        Data = "waves",
        Draws = 2,
        Clips = 640,
        Settings = ["training.batchSize=32"],
    };

    private static readonly RecipeMeasurement[] Measurements =
    [
        Measured.Run("start", 1, [1, 3], 4),
        Measured.Run("none", 1, [2, 2], 4),
        Measured.Run("speed", 1, [3, 3], 5),
        Measured.Run("camera", 1, [4, 4], 6),
        Measured.Run("start", 2, [2, 2], 4, generated: 6),
        Measured.Run("none", 2, [3, 3], 5),
        Measured.Run("speed", 2, [2, 2], 4),
        Measured.Run("camera", 2, [5, 5], 8),
        Measured.Run("base", 0, [7, 7], 9, generated: null),
    ];

    [Fact]
    public void Recipes_stand_from_best_to_worst_between_the_start_and_the_reference()
    {
        string page = Page(Measurements);

        // Scores: start 0.3, 0.3; none 0.3, 0.4; camera 0.5, 0.65; speed 0.4, 0.3. t(1) = 12.706: none 35 ± 12.706 ×
        // 7.0711/√2; camera − none +0.2, +0.25, so ± 12.706 × 0.035355/√2; start's generated clips 4 and 6 of 8.
        string[] rows =
        [
            "| (before it) | 30.0 ± 0.0 | | | | | 30.0, 30.0 | 62.5 ± 158.8 |",
            "| control: none | 35.0 ± 63.5 | | | | | 30.0, 40.0 | 50.0 ± 0.0 |",
            "| camera | 57.5 ± 95.3 | +22.5 | −9.3 to +54.3 | 0.141 | undecided | 50.0, 65.0 | 50.0 ± 0.0 |",
            "| speed | 35.0 ± 63.5 | 0.0 | −127.1 to +127.1 | 1.000 | undecided | 40.0, 30.0 | 50.0 ± 0.0 |",
            "| *base*, shipped | 80.0 | | | | | 80.0 | |",
        ];
        int[] places = [.. rows.Select(row => Place(page, row))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Every_classifier_and_number_of_shots_has_a_row()
    {
        string page = Page(Measurements);

        Assert.Contains(
            "| encoder sees | classifier | shots | (before it) | control: none | camera | speed | *base*, shipped |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| the whole clip | timeline | 5 | 20.0 | 25.0 | 45.0 | 25.0 | 70.0 |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| the whole clip | timeline | all | 40.0 | 45.0 | 70.0 | 45.0 | 90.0 |",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_page_says_what_it_takes_to_make_it_again()
    {
        string page = Page(Measurements);

        Assert.Contains("20 real clips of 4 classes in 3 groups", page, StringComparison.Ordinal);
        Assert.Contains("the folder's 7 test clips were not looked at", page, StringComparison.Ordinal);
        Assert.Contains("share no group with the shots", page, StringComparison.Ordinal);
        Assert.Contains("guessing has 25.0", page, StringComparison.Ordinal);
        Assert.Contains("- command: `taskgrain reproduce recipes`", page, StringComparison.Ordinal);
        Assert.Contains(
            "batches of 32, Adam; training.batchSize=32; start: 6 epochs at 0.001",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("recipes: 2 epochs at 0.0006 after 90 steps", page, StringComparison.Ordinal);
        Assert.Contains("640 of", page, StringComparison.Ordinal);
        Assert.Contains("- training seeds: 1 to 2", page, StringComparison.Ordinal);
        Assert.Contains("- program: TaskGrain 1.2.3+abc\n", page, StringComparison.Ordinal);
        Assert.Contains("- machine: a machine\n", page, StringComparison.Ordinal);
        // Nine runs of 90 s, 60 of them training.
        Assert.Contains(
            "0.00:13:30 (training 0.00:09:00), finished 2026-01-02 03:04 UTC",
            page,
            StringComparison.Ordinal
        );
    }

    /// <summary>What two processes have made so far is a page too.</summary>
    [Fact]
    public void A_study_that_has_one_seed_so_far_gives_no_verdict()
    {
        string page = Page([.. Measurements.Where(one => one.Seed == 1)]);

        Assert.Contains("| camera | 50.0 | +20.0 | | | one seed | 50.0 | 50.0 |", page, StringComparison.Ordinal);
    }

    private static string Page(IReadOnlyList<RecipeMeasurement> measurements) =>
        Regex.Replace(
            RecipePage
                .Of(
                    measurements,
                    Options,
                    new RecipeOrigin(
                        "waves",
                        20,
                        4,
                        3,
                        7,
                        "taskgrain reproduce recipes",
                        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
                    )
                )
                .ToString(),
            " +",
            " "
        );

    private static int Place(string page, string text) => page.IndexOf(text, StringComparison.Ordinal);
}
