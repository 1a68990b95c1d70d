using TaskGrain.Lab.Studies.Recipes;
using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Lab.Studies.Recipes;

public sealed class RecipeOptionsTests
{
    [Fact]
    public void The_control_is_always_first_and_nothing_is_there_twice() =>
        Assert.Equal(
            ["none", "colours:0.5+camera", "all"],
            RecipeOptions.Parse("colours:0.5+camera, all, none, camera+colours:0.5").Select(RecipeRun.WordsOf)
        );

    [Fact]
    public void By_default_every_kind_is_tried_alone_and_all_together() =>
        Assert.Equal(["none", .. DomainRandomisation.Words, "all"], RecipeOptions.Standard.Select(RecipeRun.WordsOf));

    [Theory]
    [InlineData("", "no recipe")]
    [InlineData("none,colour", "'colour'")]
    [InlineData("camera,hands+size", "'size'")]
    [InlineData("camera:2", "'camera:2'")]
    public void A_wrong_word_is_named(string text, string word) =>
        Assert.Contains(
            word,
            Assert.Throws<TaskGrainException>(() => RecipeOptions.Parse(text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_fault_is_listed()
    {
        string message = Assert
            .Throws<TaskGrainException>(() =>
                new RecipeOptions
                {
                    Data = "",
                    Recipes = RecipeOptions.Parse("none"),
                    Seeds = 0,
                    Clips = 3,
                }.Validate()
            )
            .Message;

        Assert.Contains("no recipe beside the control", message, StringComparison.Ordinal);
        Assert.Contains("0 seeds", message, StringComparison.Ordinal);
        Assert.Contains("3 clips", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_planned_seed_by_seed_and_recipes_need_the_start_of_their_seed()
    {
        var options = new RecipeOptions
        {
            Data = "",
            Recipes = RecipeOptions.Parse("hands:0.5"),
            Seeds = 2,
            Reference = "base",
        };

        IReadOnlyList<RecipeRun> runs = RecipeRun.Plan(options);

        Assert.Equal(
            ["start_s1", "none_s1", "hands-0.5_s1", "start_s2", "none_s2", "hands-0.5_s2", "base_s0"],
            runs.Select(run => run.Id)
        );
        Assert.Equal([null, "start_s1", "start_s1", null, "start_s2", "start_s2", null], runs.Select(run => run.Needs));
    }
}
