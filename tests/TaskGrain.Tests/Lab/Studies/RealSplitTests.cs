using TaskGrain.Data;
using TaskGrain.Lab.Studies;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class RealSplitTests
{
    private static readonly TeachClip[] Clips =
    [
        .. Enumerable.Range(0, 12).Select(i => new TeachClip(new ClassClip($"{i}.mp4", i % 2), [], [], 1)),
    ];

    private static readonly string[] Groups =
    [
        .. Enumerable
            .Range(0, 12)
            .Select(i =>
                i < 4 ? "A"
                : i < 8 ? "B"
                : "C"
            ),
    ];
    private static readonly RealOptions Options = new() { Data = "clips" };

    [Fact]
    public void The_group_named_is_tested_and_the_others_are_learned_from()
    {
        (IReadOnlyList<RealSplit> splits, string what) = RealSplit.Of(
            Clips,
            [],
            Groups,
            Options with
            {
                TestGroup = "B",
            }
        );

        RealSplit split = Assert.Single(splits);
        Assert.Equal([4, 5, 6, 7], split.Test);
        Assert.Equal([0, 1, 2, 3, 8, 9, 10, 11], split.Train);
        Assert.Contains("group B", what, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_not_there_is_refused_with_those_that_are()
    {
        string message = Assert
            .Throws<TaskGrainException>(() => RealSplit.Of(Clips, [], Groups, Options with { TestGroup = "D" }))
            .Message;

        Assert.Contains("'D'", message, StringComparison.Ordinal);
        Assert.Contains("A, B, C", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_split_is_tested()
    {
        (IReadOnlyList<RealSplit> splits, _) = RealSplit.Of(Clips, [Clips[3].Clip, Clips[9].Clip], null, Options);

        Assert.Equal([3, 9], Assert.Single(splits).Test);
    }

    [Fact]
    public void Otherwise_every_clip_is_tested_once_by_folds_that_share_no_group()
    {
        (IReadOnlyList<RealSplit> splits, string what) = RealSplit.Of(Clips, [], Groups, Options);

        Assert.Equal(3, splits.Count);
        Assert.Equal(Enumerable.Range(0, 12), splits.SelectMany(split => split.Test).Order());
        Assert.All(
            splits,
            split => Assert.Empty(split.Test.Select(i => Groups[i]).Intersect(split.Train.Select(i => Groups[i])))
        );
        Assert.Contains("no group", what, StringComparison.Ordinal);
    }
}
