using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Tests.Inference;
using TorchSharp;

namespace TaskGrain.Tests.Evaluation;

/// <summary>A taught model is measured on its own classes, whatever its encoder was trained on.</summary>
public sealed class TaughtEvaluationTests
{
    // Neither the order nor the number of the data set's categories, and names that differ in case and brackets.
    private static readonly string[] Classes =
    [
        "growing something",
        "Doing nothing",
        "Moving [something] right",
        "moving something left",
    ];

    // The taught class of each category of the tiny world.
    private static readonly int[] ClassOf = [2, 3, 0];

    [Fact]
    public void Accuracies_are_those_of_predicting_clip_by_clip()
    {
        using var world = new TinyWorld(validationPerCategory: 3);
        using VideoModel model = Taught(world);
        using var predictor = new VideoPredictor(model);
        Annotation[] clips = [.. world.Data.Of(Split.Validation)];
        string[] predicted = [.. clips.Select(a => predictor.Predict(world.Frames(a.Id)).Top[0].Name)];
        int right = predicted.Zip(clips, (name, a) => name == Classes[ClassOf[a.Category]] ? 1 : 0).Sum();

        EvaluationReport report = Evaluator.Run(model, world.Labelled);

        Assert.Equal(right / 9.0, report.Accuracies[0].Top1);
        Assert.Equal((Granularity.ActionCategories, 4), (report.Accuracies[0].TestedOn, report.Accuracies[0].Classes));
        Assert.Equal(predicted, report.Results.Select(r => r.Predicted));
        Assert.Equal(clips.Select(a => Classes[ClassOf[a.Category]]), report.Results.Select(r => r.Truth));
        Assert.Equal(Classes, report.Confusion!.Names);
        Assert.True(predicted.Distinct().Count() > 1, "one class for every clip would be right by chance");
    }

    [Fact]
    public void The_groups_are_the_data_sets()
    {
        using var world = new TinyWorld();
        using VideoModel model = Taught(world);

        EvaluationReport report = Evaluator.Run(model, world.Labelled);

        // Growing, the class that the data set has no group for, and Moving.
        Assert.Equal([0, 1, 2, 2], report.GroupOf);
        Assert.Equal(
            [4, 3],
            report
                .Accuracies.Where(r => r.TestedOn is Granularity.ActionCategories or Granularity.ActionGroups)
                .Select(r => r.Classes)
                .Distinct()
        );
    }

    [Fact]
    public void A_category_that_was_not_taught_is_named()
    {
        using var world = new TinyWorld();
        using VideoModel plain = world.Model();
        using VideoModel model = Taught(world, plain, ["growing something", "a", "b", "c"]);

        var fault = Assert.Throws<TaskGrainException>(() => Evaluator.Run(model, world.Labelled));

        Assert.Contains("'Moving [something] right'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_leaves_no_tensor_behind()
    {
        using var world = new TinyWorld();
        using VideoModel model = Taught(world);
        Evaluator.Run(model, world.Labelled);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Evaluator.Run(model, world.Labelled);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>A model that was taught the tiny world's categories under other names, and one more.</summary>
    internal static VideoModel Taught(TinyWorld world)
    {
        using VideoModel plain = world.Model(Granularity.ActionGroups);
        return Taught(world, plain, Classes);
    }

    private static VideoModel Taught(TinyWorld world, VideoModel plain, string[] classes)
    {
        Annotation[] clips = [.. world.Data.Of(Split.Train)];
        return HeadedModels.Teach(
            plain,
            ClassifierKind.LogisticRegression,
            classes,
            [.. clips.Select(a => world.Frames(a.Id))],
            [.. clips.Select(a => ClassOf[a.Category])]
        );
    }
}
