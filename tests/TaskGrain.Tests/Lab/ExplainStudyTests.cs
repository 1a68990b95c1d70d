using TaskGrain.Explain;
using TaskGrain.Explain.Networks;
using TaskGrain.Lab.Studies.Explaining;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Transfer;

namespace TaskGrain.Tests.Lab;

public sealed class ExplainStudyTests
{
    private static readonly string[] Categories = ["Moving [something] up", "Pushing [something] from left to right"];

    // A film of 80×40 pixels at 4 frames a second, of which the network sees the middle half in both directions, as 8×8
    // places: a film's pixel (20 + 5x, 10 + 2.5y) is the place (x, y).
    private static readonly GroundTruth Truth = new()
    {
        Id = "1",
        Template = "Moving [something] up",
        Width = 80,
        Height = 40,
        FramesPerSecond = 4,
        Frames = 4,
        Objects =
        [
            new TrueObject(
                "cup",
                0,
                [
                    [30, 15, 40, 20],
                    null,
                    [0, 0, 10, 10],
                    null,
                ]
            ),
            new TrueObject(
                "lamp",
                -1,
                [
                    [20, 10, 60, 30],
                    null,
                    null,
                    null,
                ]
            ),
        ],
        Hands = [new TrueHand("right", [null, [50, 20, 80, 40], null, null])],
        Events = [new TrueEvent(1, "grasp", 0), new TrueEvent(2, "release", 0)],
    };

    [Fact]
    public void What_the_caption_names_and_hands_are_acting_where_the_network_sees_them()
    {
        TrueRegions regions = Regions();

        // The cup is at places 2 to 4 across and 2 to 4 down in frame 0; of the hand 6 to 8 and 4 to 8 in frame 1; the
        // cup's later box lies outside of what is seen, and nobody names the lamp.
        Assert.Equal((4 + 8) / (4 * 64.0), regions.ActingShare);
        Assert.True(regions.IsActing(0, 2, 3));
        Assert.False(regions.IsActing(0, 4, 3));
        Assert.True(regions.IsActing(1, 7, 7));
        Assert.False(regions.IsActing(2, 0, 0));
        Assert.Equal([true, true, true, true], regions.During);
        Assert.False(regions.HasEvent);
    }

    [Fact]
    public void A_map_is_scored_by_its_highest_place_and_its_sum()
    {
        // 2×2 cells: the left upper cell of frame 0, whose middle is the place (2, 2), is the highest.
        var map = new SaliencyMap(
            new SaliencyTarget(SaliencyKind.Class, "up", 1),
            [8, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0],
            2,
            2,
            new MapPlacement(2, 4, 8)
        );

        LocalisationScore score = Regions().Score(map);

        // By hand: a cell's enlargement is 1 up to its middle and falls to 0 at the next one's, by 7/8, 5/8, 3/8, 1/8
        // of it: 4 across. So frame 0 sums to 16, of which places 2 and 3 across and down have (7/8 + 5/8)²; frame 1
        // to half of it, of which the hand's box has 4 × (1/2 × 2 × 1).
        Assert.Equal(1, score.Hit);
        Assert.Equal(((1.5 * 1.5) + (0.5 * 2 * (0.625 + 0.875 + 1 + 1))) / 24, score.Inside, 1e-6);
    }

    [Fact]
    public void Chance_is_the_share_of_places_and_the_centre_prior_points_at_the_middle()
    {
        TrueRegions regions = Regions();

        Assert.Equal(regions.ActingShare, regions.ScoreUniform().Hit);
        Assert.Equal(regions.ActingShare, regions.ScoreUniform().Inside, 1e-9);
        Assert.Equal(0, regions.ScoreCentre().Hit);
    }

    [Fact]
    public void The_area_under_a_curve_is_that_of_its_trapezia()
    {
        Assert.Equal(0.5, PerturbationCurve.Area([1, 0.5, 0]));
        Assert.Equal((0.75 + 0.25 + 0) / 3, PerturbationCurve.Area([1, 0.5, 0, 0]));
    }

    [Fact]
    public void A_small_study_writes_its_whole_page()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("tiny.safetensors");
        using (VideoModel model = Model())
        {
            ModelFile.Save(file, model);
        }

        var options = new ExplainStudyOptions
        {
            Model = file,
            Name = "tiny",
            Clips = 4,
            Categories = Categories,
            RandomModels = 1,
            ComparedClips = 2,
            CurveClips = 2,
            Rounds = 1,
        };

        ExplainMeasurements measured = new ExplainStudy(options).Run(null, TestContext.Current.CancellationToken);
        string page = ExplainPage.Of(measured, "the command", "1.0", "a machine").ToString();

        Assert.All(
            measured.Curves,
            curve =>
            {
                // Nothing taken away is everything given, and the other way round.
                Assert.Equal(curve.Deletion.Select(one => one[0]), curve.Insertion.Select(one => one[^1]));
                Assert.Equal(curve.Deletion.Select(one => one[^1]), curve.Insertion.Select(one => one[0]));
            }
        );
        foreach (string heading in new[] { "Where", "Which layer", "What happens without it", "What it costs" })
        {
            Assert.Contains($"## {heading}", page, StringComparison.Ordinal);
        }

        Assert.Contains("`the command`", page, StringComparison.Ordinal);
        Assert.Contains("| random weights ", page, StringComparison.Ordinal);
    }

    private static TrueRegions Regions() => TrueRegions.Of(Truth, [0, 0.25, 0.5, 0.75], (0.25, 0.25, 0.75, 0.75), 8);

    private static VideoModel Model()
    {
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = TinyModels.Encoder,
                Preprocessing = TinyModels.Preprocessing(),
                Granularity = Granularity.ActionCategories,
                Taxonomy = Taxonomy.Flat(Categories),
                Classifier = ClassifierPooling.MeanFeatures,
            },
            new SeededRandom(4)
        );
        model.SetTraining(false);
        return model;
    }
}
