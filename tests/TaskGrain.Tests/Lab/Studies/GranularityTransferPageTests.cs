using TaskGrain.Lab.Studies;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class GranularityTransferPageTests
{
    private static readonly ShotCount Shots = new(5);

    // Three draws on 100 test clips; logistic regression. The MLP gets 5 more right everywhere, the BiLSTM as many as
    // the MLP.
    private static readonly Dictionary<string, int[]> Right = new()
    {
        [GranularityTransferStudy.Random] = [10, 11, 12],
        [SourceTask.Groups.Title] = [20, 21, 22],
        [SourceTask.Categories.Title] = [23, 22, 26],
        [SourceTask.SimplifiedJoint.Title] = [23, 22, 26],
        [SourceTask.CaptionsJoint.Title] = [33, 32, 36],
        [SourceTask.CaptionsAlone.Title] = [10, 11, 12],
        ["pictures"] = [12, 13, 14],
        ["film"] = [40, 41, 42],
    };

    private static readonly OtherSource[] Others =
    [
        new(new SourceChoice("pictures", "pictures.onnx", Untrained: false), Ours: false),
        new(new SourceChoice("film", "film.safetensors", Untrained: false), Ours: true),
    ];

    private static readonly TransferResults Results = Make();

    private static readonly StudyPage Page = GranularityTransferPage.Of(
        Results,
        TransferFindings.Of(Results, Others),
        "here-figure5.png",
        Pages.Origin,
        trainingSeconds: 3600
    );

    [Fact]
    public void Findings_are_the_differences_computed_by_hand()
    {
        Assert.Equal(["+5.0", "+5.0 to +5.0", "5", "5", "0", "holds"], Pages.Cells(Page, "MLP − Logistic regression"));
        Assert.Equal(["0.0", "0.0 to 0.0", "5", "0", "0", "not decided"], Pages.Cells(Page, "BiLSTM − MLP"));

        // 3, 1 and 4: mean 8/3, s = √(7/3), ± 4.302653 · s / √3 = 3.79, in each of three cells alike. A cell's own
        // p-value is above 5%: t = 3.02 with 2 degrees of freedom.
        Assert.Equal(
            ["+2.7", "−1.1 to +6.5", "3", "0", "0", "not decided"],
            Pages.Cells(Page, "FG actions − CG actions")
        );
        Assert.Equal(
            ["+10.0", "+10.0 to +10.0", "3", "3", "0", "holds"],
            Pages.Cells(Page, "captions & FG actions − FG actions")
        );
        Assert.Equal(["0.0", "0.0 to 0.0", "3", "0", "0", "not decided"], Pages.Cells(Page, "captions only − random"));

        // An encoder of ours that was given is set beside the untrained one and the network trained elsewhere.
        Assert.Equal(["+30.0", "+30.0 to +30.0", "3", "3", "0", "holds"], Pages.Cells(Page, "film − random"));
        Assert.Equal(["+28.0", "+28.0 to +28.0", "3", "3", "0", "holds"], Pages.Cells(Page, "film − pictures"));
        Assert.Equal(
            ["−2.0", "−2.0 to −2.0", "3", "0", "3", "the other way round"],
            Pages.Cells(Page, "captions only − pictures")
        );
    }

    [Fact]
    public void The_verdicts_in_words_say_the_same()
    {
        string text = Page.ToString();

        Assert.Contains("MLP − Logistic regression: +5.0 (+5.0 to +5.0), holds; ", text, StringComparison.Ordinal);
        Assert.Contains(
            "against the networks trained elsewhere here: CG actions − pictures: +8.0 (+8.0 to +8.0), holds; ",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("FG actions − CG actions: +2.7 (−1.1 to +6.5), not decided; ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_benchmarks_tables_follow_with_the_figure_of_this_page()
    {
        string text = Page.ToString();

        // 20, 21 and 22 percent: s = 1, ± 4.302653 / √3.
        Assert.Matches(@"\| CG actions +\| +21\.0 ± 2\.5 \|", text);
        Assert.Contains("](here-figure5.png)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# Transfer to", text, StringComparison.Ordinal);

        // The first row of the tests between classifiers: 5 points, without spread.
        Assert.Matches(
            @"\| 5 +\| random +\| MLP − Logistic regression +\| +\*\*\+5\.0\*\* ± 0\.0 \| < 0\.001 \|",
            text
        );
        Assert.Contains("- training time of all models on this page: 1:00:00", text, StringComparison.Ordinal);
    }

    private static TransferResults Make()
    {
        TransferRow[] rows =
        [
            .. from source in Right
            from kind in ClassifierKinds.All
            let more = kind == ClassifierKind.LogisticRegression ? 0 : 5
            select new TransferRow(source.Key, kind, Shots, [.. source.Value.Select(right => right + more)], 100),
        ];
        return new TransferResults
        {
            Target = "made up",
            Classes = 4,
            TrainClips = 20,
            FullShots = 5,
            TestClips = 100,
            Runs = 3,
            Seed = 1,
            LeftOut = 0,
            Sources = [.. Right.Keys.Select(name => new TransferSourceRow(name, "made up", "0"))],
            Classifiers = ClassifierKinds.All,
            Shots = [Shots],
            Rows = rows,
            SourceComparisons = TransferComparisons.OfSources(rows),
            ClassifierComparisons = TransferComparisons.OfClassifiers(rows),
        };
    }
}
