using TaskGrain.Evaluation;
using TaskGrain.Lab.Demo;
using TaskGrain.Labels;
using TaskGrain.Tests.Lab.Studies;

namespace TaskGrain.Tests.Lab.Demo;

public sealed class DemoPageTests
{
    [Fact]
    public void The_headline_is_made_from_the_models_own_rows_wherever_they_stand()
    {
        var report = new EvaluationReport
        {
            Architecture = "M(1-1)",
            Parameters = 1,
            TrainedOn = Granularity.SimplifiedCaptions,
            Data = "made up",
            Split = Split.Test,
            Clips = 40,
            Notes = [],
            Accuracies =
            [
                Pages.Right(4, 40, AccuracyMethod.CommonestClass),
                Pages.Right(30, 40, AccuracyMethod.Classifier, classes: 12),
            ],
            Captions = [Pages.Exact(1, 40) with { Method = CaptionMethod.Template }, Pages.Exact(10, 40)],
            Seconds = 1,
        };

        Assert.Equal(
            "75.0% of 40 test clips right, 12 categories, chance 8.3%; captions right word by word: 25.0%",
            DemoPage.Headline(report)
        );
    }
}
