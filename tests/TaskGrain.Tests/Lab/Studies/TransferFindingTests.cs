using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class TransferFindingTests
{
    private static readonly ShotCount[] Shots = [new(1), new(5)];

    // Draws differ much, but equally for both sources: what is left is the difference between the sources.
    private static readonly double[] Draws = [0.30, 0.42, 0.25, 0.51, 0.36];

    [Fact]
    public void A_difference_that_every_draw_shows_holds_however_much_draws_differ()
    {
        TransferFinding finding = TransferFinding.OfSources(
            Results(("fine", "mlp", [.. Draws.Select((a, i) => a + 0.05 + (0.002 * i))]), ("coarse", "mlp", Draws)),
            "fine",
            "coarse"
        );

        Assert.Equal("fine − coarse", finding.Name);
        Assert.Equal(0.054, finding.Difference.Mean, 1e-9);

        // Student's t, 4 degrees of freedom, 97.5%: 2.776; standard deviation of 0, 2, 4, 6, 8: 3.1623.
        Assert.Equal(2.776445 * 0.0031623 / Math.Sqrt(5), finding.Difference.HalfWidth, 1e-6);
        Assert.Equal((2, 2, 0), (finding.Cells, finding.Better, finding.Worse));
        Assert.True(finding.Holds);
    }

    [Fact]
    public void The_other_way_round_and_the_undecided_are_told_apart()
    {
        TransferResults results = Results(
            ("a", "mlp", [.. Draws.Select((a, i) => a - 0.05 - (0.002 * i))]),
            ("b", "mlp", Draws),
            ("c", "mlp", [.. Draws.Select((a, i) => a + (i % 2 == 0 ? 0.05 : -0.06))])
        );

        TransferFinding reversed = TransferFinding.OfSources(results, "a", "b");
        TransferFinding open = TransferFinding.OfSources(results, "c", "b");

        Assert.Equal((false, 0, 2), (reversed.Holds!.Value, reversed.Better, reversed.Worse));
        Assert.Null(open.Holds);
        Assert.Equal((0, 0), (open.Better, open.Worse));
        Assert.Equal(["the other way round", "not decided"], [reversed.Verdict, open.Verdict]);
    }

    [Fact]
    public void Classifiers_are_compared_on_the_sources_asked_for()
    {
        TransferResults results = Results(
            ("trained", "bilstm", [.. Draws.Select((a, i) => a + 0.1 + (0.001 * i))]),
            ("trained", "mlp", Draws),
            ("random", "bilstm", [.. Draws.Select(a => a - 0.2)]),
            ("random", "mlp", Draws)
        );

        TransferFinding finding = TransferFinding.OfClassifiers(
            results,
            ClassifierKind.BiLstm,
            ClassifierKind.Mlp,
            ["trained"]
        );

        Assert.Equal("BiLSTM − MLP", finding.Name);
        Assert.Equal(2, finding.Cells);
        Assert.Equal(0.102, finding.Difference.Mean, 1e-9);
    }

    private static TransferResults Results(params (string Source, string Classifier, double[] Accuracies)[] series) =>
        new()
        {
            Target = "made up",
            Classes = 4,
            TrainClips = 40,
            FullShots = 10,
            TestClips = 100,
            Runs = Draws.Length,
            Seed = 1,
            LeftOut = 0,
            Sources = [],
            Classifiers = [.. series.Select(s => s.Classifier).Distinct()],
            Shots = Shots,
            Rows =
            [
                .. series.SelectMany(s =>
                    Shots.Select(shots => new TransferRow(
                        s.Source,
                        s.Classifier,
                        shots,
                        s.Accuracies,
                        s.Accuracies.Average(),
                        null
                    ))
                ),
            ],
            SourceComparisons = [],
            ClassifierComparisons = [],
        };
}
