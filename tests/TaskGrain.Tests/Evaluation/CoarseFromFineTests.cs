using TaskGrain.Evaluation;
using TaskGrain.Inference;

namespace TaskGrain.Tests.Evaluation;

public sealed class CoarseFromFineTests
{
    [Fact]
    public void Probabilities_of_a_group_add_up()
    {
        var fine = new ScoreMatrix([0.4f, 0.3f, 0.3f, 0.1f, 0.2f, 0.7f], 3);

        ScoreMatrix coarse = CoarseFromFine.Sum(fine, [0, 1, 1], 3);

        // The best category of the first sample is in group 0, the best group is 1: that is why sums, not the best,
        // count.
        Assert.Equal([1, 1], coarse.Best());
        Assert.Equal(0.4f, coarse.Row(0)[0], 1e-6f);
        Assert.Equal(0.6f, coarse.Row(0)[1], 1e-6f);
        Assert.Equal(0, coarse.Row(0)[2]);
        Assert.Equal(0.9f, coarse.Row(1)[1], 1e-6f);
    }

    [Fact]
    public void Wrong_inputs_are_refused()
    {
        var fine = new ScoreMatrix([0.5f, 0.5f], 2);

        Assert.Throws<ArgumentException>(() => CoarseFromFine.Sum(fine, [0], 1));
        Assert.Throws<ArgumentException>(() => CoarseFromFine.Sum(fine, [0, 1], 1));
        Assert.Throws<ArgumentException>(() => CoarseFromFine.Sum(fine, [0, -1], 2));
        Assert.Throws<ArgumentException>(() => CoarseFromFine.Sum(new ScoreMatrix([-0.5f, -1], 2), [0, 0], 1));
    }
}
