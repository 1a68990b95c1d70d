using TaskGrain.Models.Heads;
using TaskGrain.Transfer;

namespace TaskGrain.Tests.Transfer;

public sealed class FewShotTrainerTests
{
    private const int Classes = 4;

    public static TheoryData<ClassifierKind> Kinds => [.. ClassifierKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Learns_classes_that_can_be_told_apart(ClassifierKind kind)
    {
        var (clips, labels) = TransferData.Constant(Classes, 6, strength: 1, seed: 1);
        var (test, truth) = TransferData.Constant(Classes, 10, strength: 1, seed: 2);

        FewShotFit fit = Fit(kind, clips, labels);

        Assert.True(TransferData.Accuracy(fit.Classifier, test, truth) > 0.95);
        Assert.Equal(3, fit.Selection.Folds);
        Assert.True(fit.Selection.Accuracy > 0.9);
        Assert.Equal(clips.Count, fit.Selection.HeldOut!.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stays_near_chance_on_noise(ClassifierKind kind)
    {
        var (clips, labels) = TransferData.Constant(Classes, 10, strength: 0, seed: 1);
        var (test, truth) = TransferData.Constant(Classes, 50, strength: 0, seed: 2);

        FewShotFit fit = Fit(kind, clips, labels);

        // Chance is 25%; 200 test clips leave it within 9 points with 99.7%.
        Assert.InRange(TransferData.Accuracy(fit.Classifier, test, truth), 0.16, 0.34);
        Assert.InRange(fit.Selection.Accuracy!.Value, 0, 0.6);
    }

    [Theory]
    [InlineData(ClassifierKind.LogisticRegression, 0.0, 0.75)]
    [InlineData(ClassifierKind.Mlp, 0.0, 0.75)]
    [InlineData(ClassifierKind.BiLstm, 0.9, 1.0)]
    public void Only_the_lstm_sees_the_order_of_time(ClassifierKind kind, double low, double high)
    {
        var (clips, labels) = TransferData.Ordered(2, 12, seed: 1);
        var (test, truth) = TransferData.Ordered(2, 20, seed: 2);

        Assert.InRange(TransferData.Accuracy(Fit(kind, clips, labels).Classifier, test, truth), low, high);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_clip_a_class_is_enough_with_the_documented_defaults(ClassifierKind kind)
    {
        var (clips, labels) = TransferData.Constant(Classes, 1, strength: 1.5, seed: 1);
        var (test, truth) = TransferData.Constant(Classes, 10, strength: 1.5, seed: 2);

        FewShotFit fit = Fit(kind, clips, labels);

        FewShotOptions defaults = FewShotOptions.For(kind);
        Assert.Equal(
            (1, defaults.DefaultSetting, defaults.DefaultUpdates),
            (fit.Selection.Folds, fit.Selection.Setting, fit.Selection.Updates)
        );
        Assert.Null(fit.Selection.Accuracy);
        Assert.True(TransferData.Accuracy(fit.Classifier, test, truth) > 0.8);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads(ClassifierKind kind)
    {
        var (clips, labels) = TransferData.Constant(Classes, 4, strength: 0.5, seed: 1);
        FewShotOptions options = FewShotOptions.For(kind) with { MaxUpdates = 20 };

        FewShotFit one = FewShotTrainer.Fit(kind, clips, labels, Classes, options with { Threads = 1 }, seed: 7);
        FewShotFit three = FewShotTrainer.Fit(kind, clips, labels, Classes, options with { Threads = 3 }, seed: 7);
        FewShotFit other = FewShotTrainer.Fit(kind, clips, labels, Classes, options with { Threads = 3 }, seed: 8);

        Assert.Equal(one.Classifier.Predict(clips[0]), three.Classifier.Predict(clips[0]));
        Assert.Equal(one.Selection.Loss, three.Selection.Loss);
        Assert.NotEqual(one.Classifier.Predict(clips[0]), other.Classifier.Predict(clips[0]));
    }

    [Fact]
    public void A_class_without_clips_is_never_predicted_likely()
    {
        var (clips, labels) = TransferData.Constant(3, 4, strength: 1, seed: 1);

        FewShotFit fit = FewShotTrainer.Fit(ClassifierKind.LogisticRegression, clips, labels, classes: 5);

        Assert.All(fit.Classifier.Predict(clips), row => Assert.True(row[3] + row[4] < 0.3));
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var options = new FewShotOptions
        {
            LstmHidden = 100,
            Folds = 1,
            LearningRate = 0,
        };

        TaskGrainException fault = Assert.Throws<TaskGrainException>(options.Validate);

        Assert.Contains("lstmHidden 100", fault.Message, StringComparison.Ordinal);
        Assert.Contains("folds 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("learningRate 0", fault.Message, StringComparison.Ordinal);
    }

    private static FewShotFit Fit(ClassifierKind kind, List<FeatureSequence> clips, List<int> labels) =>
        FewShotTrainer.Fit(kind, clips, labels, labels.Max() + 1);
}
