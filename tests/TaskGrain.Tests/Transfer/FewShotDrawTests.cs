using TaskGrain.Labels;
using TaskGrain.Transfer;

namespace TaskGrain.Tests.Transfer;

public sealed class FewShotDrawTests
{
    private readonly List<TargetClip> _clips = TransferData.Target(classes: 5, train: 10, test: 4);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(null)]
    public void No_clip_is_on_both_sides_and_the_test_side_is_the_whole_test_split(int? shots)
    {
        for (int run = 0; run < 10; run++)
        {
            FewShotDraw draw = FewShotDraw.Create(_clips, shots, run, seed: 1);

            Assert.Empty(draw.Train.Intersect(draw.Test));
            Assert.Equal(draw.Train.Count, draw.Train.Distinct().Count());
            Assert.All(draw.Train, clip => Assert.Equal(Split.Train, _clips[clip].Split));
            Assert.Equal(Enumerable.Range(0, _clips.Count).Where(i => _clips[i].Split == Split.Test), draw.Test);
            Assert.All(draw.Train.GroupBy(clip => _clips[clip].Class), own => Assert.Equal(shots ?? 10, own.Count()));
        }
    }

    [Fact]
    public void Draws_depend_on_the_names_of_the_clips_and_not_on_their_order()
    {
        List<TargetClip> turned = [.. Enumerable.Reverse(_clips)];

        FewShotDraw one = FewShotDraw.Create(_clips, 5, run: 3, seed: 1);
        FewShotDraw other = FewShotDraw.Create(turned, 5, run: 3, seed: 1);

        Assert.Equal(one.Train.Select(i => _clips[i].Id), other.Train.Select(i => turned[i].Id));
    }

    [Fact]
    public void Fewer_shots_are_among_more_and_runs_differ()
    {
        FewShotDraw five = FewShotDraw.Create(_clips, 5, run: 0, seed: 1);

        Assert.Subset(five.Train.ToHashSet(), FewShotDraw.Create(_clips, 1, run: 0, seed: 1).Train.ToHashSet());
        Assert.NotEqual(five.Train.Order(), FewShotDraw.Create(_clips, 5, run: 1, seed: 1).Train.Order());
        Assert.NotEqual(five.Train.Order(), FewShotDraw.Create(_clips, 5, run: 0, seed: 2).Train.Order());
    }

    [Fact]
    public void Clips_without_a_label_and_other_splits_are_left_out()
    {
        _clips.Add(new TargetClip("unlabelled", Split.Test, -1));
        _clips.Add(new TargetClip("validation", Split.Validation, 0));

        FewShotDraw draw = FewShotDraw.Create(_clips, null, run: 0, seed: 1);

        Assert.DoesNotContain(_clips.Count - 1, draw.Train.Concat(draw.Test));
        Assert.DoesNotContain(_clips.Count - 2, draw.Train.Concat(draw.Test));
        Assert.Equal(10, FewShotDraw.FullShots(_clips));
    }

    [Fact]
    public void A_target_without_test_clips_or_with_one_class_is_refused()
    {
        Assert.Throws<TaskGrainException>(() => FewShotDraw.Create(TransferData.Target(3, 4, 0), 1, 0, 1));
        Assert.Throws<TaskGrainException>(() => FewShotDraw.Create(TransferData.Target(1, 4, 4), 1, 0, 1));
    }
}
