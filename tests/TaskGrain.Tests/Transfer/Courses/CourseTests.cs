using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Courses;

namespace TaskGrain.Tests.Transfer.Courses;

public sealed class CourseTests
{
    [Fact]
    public void A_course_is_the_mean_of_each_part()
    {
        var clip = new FeatureSequence([1, 10, 2, 20, 3, 30, 4, 40], steps: 4, dimension: 2);

        Assert.Equal([1.5f, 15, 3.5f, 35], TimelineClassifier.Course(clip, parts: 2));
        Assert.Equal([2.5f, 25], TimelineClassifier.Course(clip, parts: 1));
    }

    [Fact]
    public void A_step_between_two_parts_counts_in_both_by_its_share()
    {
        var clip = new FeatureSequence([0, 6, 12], steps: 3, dimension: 1);

        // The parts are one step and a half: (0 + 6/2) / 1.5 and (6/2 + 12) / 1.5.
        Assert.Equal([2f, 10], TimelineClassifier.Course(clip, parts: 2), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_clip_of_fewer_steps_than_parts_has_a_course()
    {
        var clip = new FeatureSequence([5, 7], steps: 2, dimension: 1);

        Assert.Equal([5f, 5, 7, 7], TimelineClassifier.Course(clip, parts: 4), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_system_is_solved()
    {
        // 4x + 2y = 10 and 2x + 3y = 9; and with the right side (8, 8).
        double[] right = [10, 8, 9, 8];

        PositiveSystem.Solve([4, 2, 2, 3], right, n: 2, columns: 2);

        Assert.Equal([1.5, 1, 2, 2], right, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Ridge_gives_each_of_two_opposite_clips_its_class()
    {
        // Clips x = 1 and x = −1, products (1, −1; −1, 1), targets ±½ less the shares ½. With a ridge of 1 the weights
        // are ±½/3, and a clip's value ½ ± ⅓.
        var fit = CourseRidge.Solve([1, -1, -1, 1], [0, 1], classes: 2, ridge: 1);

        double[] row = CourseRidge.Predict([1, -1], fit)[0];

        Assert.Equal(0.5 + (1.0 / 3), row[0], 1e-12);
        Assert.Equal(0.5 - (1.0 / 3), row[1], 1e-12);
    }

    [Fact]
    public void The_order_of_what_happens_is_told_by_the_timeline_and_not_by_the_average()
    {
        (List<FeatureSequence> clips, List<int> labels) = TransferData.Ordered(classes: 2, perClass: 8, seed: 1);
        (List<FeatureSequence> fresh, List<int> truth) = TransferData.Ordered(classes: 2, perClass: 20, seed: 2);

        double Accuracy(ClassifierKind kind) =>
            TransferData.Accuracy(FewShotTrainer.Fit(kind, clips, labels, 2).Classifier, fresh, truth);

        Assert.True(Accuracy(ClassifierKind.Timeline) > 0.95);
        Assert.InRange(Accuracy(ClassifierKind.Average), 0.2, 0.8);
    }

    [Fact]
    public void What_is_fitted_says_what_its_folds_said()
    {
        // Without the first two clips of each class, and asked about them: once through products between clips, once
        // through the weights that are saved.
        (List<FeatureSequence> left, List<int> labels) = TransferData.Constant(3, 6, strength: 1, seed: 3);
        (List<FeatureSequence> right, _) = TransferData.Constant(3, 6, strength: 1, seed: 4, dimension: 7);
        var search = new CourseSearch([left, right], labels, classes: 3, threads: 1);
        int[] foldOf = [.. Enumerable.Range(0, labels.Count).Select(i => i % 6 < 2 ? 1 : 0)];
        var candidate = new CourseCandidate([0, 1], ClassifierKind.Timeline);
        int[] all = [.. Enumerable.Range(0, labels.Count)];

        CourseScore score = search.Measure(all, foldOf, [candidate], CancellationToken.None)[0];
        TimelineClassifier fitted = search.Fit(
            candidate,
            score.Ridge,
            score.Temperature,
            [.. all.Where(i => foldOf[i] == 0)]
        );

        foreach (int i in all.Where(i => foldOf[i] == 1))
        {
            FeatureSequence joined = CombinedSource.Join([left[i], right[i]]);
            Assert.Equal(score.Rows[i], fitted.Predict(joined), (a, b) => Math.Abs(a - b) < 1e-3);
        }
    }

    [Fact]
    public void The_same_clips_give_the_same_classifier_with_any_number_of_threads()
    {
        (List<FeatureSequence> clips, List<int> labels) = TransferData.Constant(3, 5, strength: 1, seed: 5);

        float[] Of(int threads) =>
            FewShotTrainer
                .Fit(ClassifierKind.Timeline, clips, labels, 3, new FewShotOptions { Threads = threads })
                .Classifier.Predict(clips[0]);

        Assert.Equal(Of(1), Of(4));
    }
}
