using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Runtime;

public sealed class TensorArithmeticTests
{
    [Fact]
    public void Gives_what_the_plain_operators_give()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new[] { 1f, 2f, 4f });
        Tensor b = tensor(new[] { 0.5f, -1f, 8f });

        Assert.Equal([1.5f, 1f, 12f], Values(a.Plus(b)));
        Assert.Equal([2f, 0f, 20f], Values(a.Plus(b, 2)));
        Assert.Equal([1.25f, 1.5f, 8f], Values(a.Plus(b, 0.5)));
        Assert.Equal([0.5f, 3f, -4f], Values(a.Minus(b)));
        Assert.Equal([0.25f, 0.5f, 1f], Values(a.Times(0.25)));
        Assert.Equal([false, true, false], a.Is(2).data<bool>().ToArray());
        Assert.Equal([1f, 2f, 4f], Values(a));
    }

    [Fact]
    public void In_place_it_changes_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new[] { 1f, 2f, 4f });

        Assert.Same(a, a.MultiplyInPlace(2));
        a.AddInPlace(tensor(new[] { 1f, 1f, 1f }), -1);
        a.AddInPlace(0.5);

        Assert.Equal([1.5f, 3.5f, 7.5f], Values(a));
    }

    [Fact]
    public void Whole_numbers_stay_whole()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new[] { 7L, 8L });

        Assert.Equal([9L, 12L], a.Plus(tensor(new[] { 1L, 2L }), 2).data<long>().ToArray());
        Assert.Equal([6L, 6L], a.Minus(tensor(new[] { 1L, 2L })).data<long>().ToArray());
        Assert.Equal(ScalarType.Int64, a.Times(3).dtype);
    }

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();
}
