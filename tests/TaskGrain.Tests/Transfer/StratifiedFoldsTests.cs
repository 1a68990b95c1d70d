using TaskGrain.Transfer;

namespace TaskGrain.Tests.Transfer;

public sealed class StratifiedFoldsTests
{
    [Fact]
    public void Every_fold_has_every_class_as_evenly_as_can_be()
    {
        int[] labels = [.. Enumerable.Range(0, 13 * 10).Select(i => i / 10)];

        int[] folds = StratifiedFolds.Draw(labels, 3, seed: 4);

        foreach (int fold in new[] { 0, 1, 2 })
        {
            Assert.InRange(folds.Count(f => f == fold), 43, 44);
            for (int label = 0; label < 13; label++)
            {
                Assert.InRange(folds.Zip(labels).Count(pair => pair == (fold, label)), 3, 4);
            }
        }

        Assert.Equal(folds, StratifiedFolds.Draw(labels, 3, seed: 4));
        Assert.NotEqual(folds, StratifiedFolds.Draw(labels, 3, seed: 5));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1, 1, 1 }, 2)]
    [InlineData(new[] { 0, 1, 1, 1 }, 1)]
    [InlineData(new[] { 0, 0, 0, 0, 1, 1, 1, 1 }, 3)]
    public void The_smallest_class_limits_the_folds(int[] labels, int folds) =>
        Assert.Equal(folds, StratifiedFolds.Possible(labels, 3));
}
