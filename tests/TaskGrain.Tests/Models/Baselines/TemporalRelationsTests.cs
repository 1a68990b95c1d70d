using TaskGrain.Models.Baselines;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Baselines;

public sealed class TemporalRelationsTests
{
    [Fact]
    public void All_choices_of_two_of_four_frames_are_the_six_pairs_in_order() =>
        Assert.Equal(["01", "02", "03", "12", "13", "23"], FrameTuples.All(4, 2).Select(Text));

    [Theory]
    [InlineData(8, 2, 28)]
    [InlineData(8, 5, 56)]
    [InlineData(8, 8, 1)]
    [InlineData(3, 1, 3)]
    public void There_are_as_many_choices_as_the_binomial_coefficient_says(int frames, int size, int count) =>
        Assert.Equal(count, FrameTuples.All(frames, size).Select(Text).Distinct().Count());

    [Fact]
    public void Drawn_choices_differ_and_there_are_no_more_than_exist()
    {
        IReadOnlyList<IReadOnlyList<int[]>> drawn = FrameTuples.Draw(5, 3, new SeededRandom(4));

        Assert.Equal([3, 3, 3, 1], drawn.Select(scale => scale.Count));
        Assert.All(drawn, scale => Assert.Equal(scale.Count, scale.Select(Text).Distinct().Count()));
        Assert.All(drawn.SelectMany(scale => scale), choice => Assert.Equal(choice.Order(), choice));
        Assert.Equal([2, 3, 4, 5], drawn.Select(scale => scale[0].Length));
    }

    /// <summary>
    /// Three frames of one number and one unit a layer, all weights set, against the sums written out here.
    /// </summary>
    [Fact]
    public void The_relations_of_three_frames_are_those_computed_by_hand()
    {
        using var scope = NewDisposeScope();
        using var network = new TemporalRelations(1, 3, 1, 2, dropout: 0, new SeededRandom(1));
        network.eval();
        using IDisposable noGradient = no_grad();
        var weights = new Dictionary<string, float[]>(StringComparer.Ordinal)
        {
            ["projection.weight"] = [2],
            ["projection.bias"] = [1],
            ["first.0.weight"] = [1, -0.5f],
            ["first.0.bias"] = [0.5f],
            ["second.0.weight"] = [3],
            ["second.0.bias"] = [-2],
            ["classes.0.weight"] = [1, -1],
            ["classes.0.bias"] = [0.25f, 0],
            ["first.1.weight"] = [1, 2, -3],
            ["first.1.bias"] = [40],
            ["second.1.weight"] = [0.5f],
            ["second.1.bias"] = [1],
            ["classes.1.weight"] = [2, 4],
            ["classes.1.bias"] = [0, -1],
        };
        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, float[] values) in weights)
        {
            state[name].copy_(tensor(values).view(state[name].shape));
        }

        Tensor logits = network.call(tensor(new float[] { 1, 5, -4 }, [1, 3, 1]));

        // Projected: 3, 11, -7; after ReLU 3, 11, 0.
        // Pairs: relu(3 - 5.5 + 0.5) = 0, relu(3 - 0 + 0.5) = 3.5, relu(11 + 0.5) = 11.5;
        // second layer: relu(-2) = 0, 8.5, 32.5; mean 41 / 3.
        // All three: relu(3 + 22 - 0 + 40) = 65, second layer 33.5.
        const double Pairs = 41.0 / 3;
        float[] found = [.. logits.data<float>()];
        Assert.Equal(Pairs + 0.25 + (2 * 33.5), found[0], 1e-4);
        Assert.Equal(-Pairs + (4 * 33.5) - 1, found[1], 1e-4);
    }

    [Fact]
    public void The_order_of_the_frames_matters()
    {
        using var scope = NewDisposeScope();
        using var network = new TemporalRelations(4, 3, 8, 5, dropout: 0, new SeededRandom(2));
        network.eval();
        using IDisposable noGradient = no_grad();
        float[] numbers = [.. Enumerable.Range(0, 12).Select(i => (float)Math.Sin(3 * i))];
        Tensor film = tensor(numbers, [1, 3, 4]);

        Tensor difference = (network.call(film) - network.call(film.flip(1))).abs().max();

        Assert.True(difference.item<float>() > 1e-3);
    }

    private static string Text(int[] choice) => string.Concat(choice);
}
