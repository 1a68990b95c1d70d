using TaskGrain.Transfer;

namespace TaskGrain.Tests.Transfer;

public sealed class GroupedFoldsTests
{
    [Fact]
    public void Folds_share_no_group()
    {
        string[] groups = ["hall", "hall", "shed", "shed", "shed", "yard", "yard", "attic"];
        int[] labels = [0, 1, 0, 1, 0, 0, 1, 1];

        int[] foldOf = GroupedFolds.Draw(labels, groups, folds: 3, seed: 1)!;

        Assert.Equal([0, 1, 2], foldOf.Distinct().Order());
        Assert.All(
            groups.Zip(foldOf).GroupBy(pair => pair.First),
            group => Assert.Single(group.Select(pair => pair.Second).Distinct())
        );

        // Three clips of the shed, then two of the hall and of the yard, and the attic to one of these two.
        Assert.Equal([2, 3, 3], foldOf.GroupBy(fold => fold).Select(fold => fold.Count()).Order());
    }

    [Fact]
    public void One_group_cannot_be_held_out()
    {
        Assert.Null(GroupedFolds.Draw([0, 1, 0, 1], ["hall", "hall", "hall", "hall"], folds: 3, seed: 1));
    }

    [Fact]
    public void Without_groups_classes_are_spread_evenly()
    {
        Assert.Equal(
            StratifiedFolds.Draw([0, 0, 1, 1], 2, seed: 4),
            GroupedFolds.Draw([0, 0, 1, 1], groups: null, folds: 5, seed: 4)
        );
        Assert.Null(GroupedFolds.Draw([0, 0, 1], groups: null, folds: 5, seed: 4));
    }
}
