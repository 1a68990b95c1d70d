using TaskGrain.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Evaluation;

public sealed class LbfgsTests
{
    [Fact]
    public void Finds_the_lowest_point_of_a_stretched_bowl()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor stretch = tensor(new float[] { 1, 10, 100 });
        Tensor lowest = tensor(new float[] { 3, -2, 0.5f });

        Tensor found = Lbfgs.Minimise(
            zeros(3),
            point =>
            {
                Tensor away = point - lowest;
                return ((0.5 * stretch * away * away).sum().ToDouble(), stretch * away);
            },
            iterations: 100,
            tolerance: 1e-6,
            CancellationToken.None
        );

        Assert.True(found.allclose(lowest, rtol: 0, atol: 1e-5), found.ToString(TorchSharp.TensorStringStyle.Julia));
    }

    // A gradient that rounding never lets below the tolerance, and a value that cannot sink any more: without an end of
    // its own the search goes on for all 500 steps.
    [Fact]
    public void Ends_where_there_is_nothing_left_to_gain()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int evaluations = 0;

        Lbfgs.Minimise(
            ones(2),
            point =>
            {
                evaluations++;
                double bowl = (point * point).sum(ScalarType.Float64).ToDouble();
                Tensor rounding = full_like(point, evaluations % 2 == 0 ? 1e-4 : -1e-4);
                return (1e6 + bowl, (2 * point) + rounding);
            },
            iterations: 500,
            tolerance: 1e-5,
            CancellationToken.None
        );

        Assert.InRange(evaluations, 1, 100);
    }
}
