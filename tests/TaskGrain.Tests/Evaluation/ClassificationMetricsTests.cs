using TaskGrain.Evaluation;
using TaskGrain.Inference;

namespace TaskGrain.Tests.Evaluation;

public sealed class ClassificationMetricsTests
{
    [Fact]
    public void A_case_worked_out_by_hand()
    {
        // Best classes: 0, 1, 1, 2, 0, 5. Truth: 0, 1, 2, 2, 5, 5.
        var scores = new ScoreMatrix(
            [
                0.9f,
                0.1f,
                0,
                0,
                0,
                0,
                0.1f,
                0.8f,
                0.1f,
                0,
                0,
                0,
                0,
                0.6f,
                0.4f,
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                0.4f,
                0.2f,
                0.1f,
                0.15f,
                0.12f,
                0.03f, // The truth, class 5, is last of six.
                0,
                0,
                0,
                0,
                0.2f,
                0.8f,
            ],
            6
        );

        ClassificationMetrics metrics = ClassificationMetrics.Measure(scores, [0, 1, 2, 2, 5, 5]);

        Assert.Equal(6, metrics.Samples);
        Assert.Equal(4.0 / 6, metrics.Top1);
        Assert.Equal(5, metrics.TopCount);
        Assert.Equal(5.0 / 6, metrics.TopK);
        Assert.Equal(4, metrics.ClassesWithSamples);

        // Recalls 1, 1, 1/2, 1/2 over the four classes that have samples.
        Assert.Equal(0.75, metrics.MeanClassAccuracy);
        Assert.Equal(new ClassAccuracy(2, Samples: 2, Correct: 1, Predicted: 1), metrics.PerClass[2]);
        Assert.Equal(0.5, metrics.PerClass[0].Precision);
        Assert.Null(metrics.PerClass[3].Recall);
        Assert.Null(metrics.PerClass[3].Precision);
        Assert.Equal(1.0 / 6, metrics.Chance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Fewer_than_five_classes_count_all_of_them_as_top(int classes)
    {
        var scores = new ScoreMatrix(new float[classes * 3], classes);

        ClassificationMetrics metrics = ClassificationMetrics.Measure(scores, [0, classes - 1, 0]);

        Assert.Equal(classes, metrics.TopCount);
        Assert.Equal(1, metrics.TopK);
    }

    [Fact]
    public void Equal_scores_are_worth_no_more_than_one_guess()
    {
        // A model that says the same of every class: right only for the class a tie goes to.
        var scores = new ScoreMatrix(new float[10 * 10], 10);
        int[] targets = Enumerable.Range(0, 10).ToArray();

        ClassificationMetrics metrics = ClassificationMetrics.Measure(scores, targets);

        Assert.Equal(0.1, metrics.Top1);
        Assert.Equal(0.5, metrics.TopK);
        Assert.Equal(0.1, metrics.MeanClassAccuracy);
    }

    [Fact]
    public void Top_1_agrees_with_the_best_class_and_top_k_grows_with_k()
    {
        var random = new TaskGrain.Runtime.SeededRandom(3);
        float[] values = Enumerable.Range(0, 200 * 7).Select(_ => random.NextInt(5) / 4f).ToArray();
        int[] targets = Enumerable.Range(0, 200).Select(_ => random.NextInt(7)).ToArray();
        var scores = new ScoreMatrix(values, 7);

        ClassificationMetrics[] byK = Enumerable
            .Range(1, 7)
            .Select(k => ClassificationMetrics.Measure(scores, targets, k))
            .ToArray();

        Assert.Equal(byK[0].Top1, byK[0].TopK);
        Assert.Equal(ClassificationMetrics.Accuracy(scores.Best(), targets), byK[0].Top1);
        Assert.Equal(byK.Select(m => m.TopK).Order(), byK.Select(m => m.TopK));
        Assert.Equal(1, byK[6].TopK);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(scores.RankOf(i, targets[i]), Array.IndexOf(scores.Top(i, 7), targets[i]));
        }
    }

    [Fact]
    public void A_score_that_is_no_number_is_refused_by_name()
    {
        var fault = Assert.Throws<TaskGrainException>(() => new ScoreMatrix([0, 1, 2, float.NaN], 2));
        Assert.Contains("class 1 for sample 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_inputs_are_refused()
    {
        var scores = new ScoreMatrix([0, 1, 1, 0], 2);

        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(scores, [0]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(scores, [0, 2]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(scores, [0, -1]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(new ScoreMatrix([], 2), []));
        Assert.Throws<ArgumentException>(() => new ScoreMatrix([0, 1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreMatrix([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassificationMetrics.Measure(scores, [0, 1], 0));
    }
}
