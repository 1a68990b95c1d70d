using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class TransferFindingTests
{
    private static readonly ShotCount[] Shots = [new(1), new(5)];

    // Draws differ much, but equally for both sources: what is left is the difference between the sources.
    // Of 1000 test clips.
    private static readonly int[] Draws = [300, 420, 250, 510, 360];

    [Fact]
    public void A_difference_that_every_draw_shows_holds_however_much_draws_differ()
    {
        TransferFinding finding = TransferFinding.OfSources(
            Results(
                ("fine", ClassifierKind.Mlp, [.. Draws.Select((a, i) => a + 50 + (2 * i))]),
                ("coarse", ClassifierKind.Mlp, Draws)
            ),
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
            ("a", ClassifierKind.Mlp, [.. Draws.Select((a, i) => a - 50 - (2 * i))]),
            ("b", ClassifierKind.Mlp, Draws),
            ("c", ClassifierKind.Mlp, [.. Draws.Select((a, i) => a + (i % 2 == 0 ? 50 : -60))])
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
            ("trained", ClassifierKind.BiLstm, [.. Draws.Select((a, i) => a + 100 + i)]),
            ("trained", ClassifierKind.Mlp, Draws),
            ("random", ClassifierKind.BiLstm, [.. Draws.Select(a => a - 200)]),
            ("random", ClassifierKind.Mlp, Draws)
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

    private static TransferResults Results(params (string Source, ClassifierKind Classifier, int[] Right)[] series) =>
        new()
        {
            Target = "made up",
            Classes = 4,
            TrainClips = 40,
            FullShots = 10,
            TestClips = 1000,
            Runs = Draws.Length,
            Seed = 1,
            LeftOut = 0,
            Sources = [],
            Classifiers = [.. series.Select(s => s.Classifier).Distinct()],
            Shots = Shots,
            Rows =
            [
                .. series.SelectMany(s =>
                    Shots.Select(shots => new TransferRow(s.Source, s.Classifier, shots, s.Right, 1000))
                ),
            ],
            SourceComparisons = [],
            ClassifierComparisons = [],
        };
}
