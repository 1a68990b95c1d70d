using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class LabelStatisticsTests
{
    private static readonly DataSet Data = new(
        "some",
        Taxonomy.SomethingSomething,
        [
            Some.Clip("1", "Holding [something]", "a red cup"),
            Some.Clip("2", "Holding [something]", "a blue cup"),
            Some.Clip("3", "Holding [something] behind [something]", "cup", "box"),
            Some.Clip(
                "4",
                "Poking [something] so lightly that it doesn't or almost doesn't move",
                "a very very small old wooden box of matches"
            ),
            Some.Clip("5", "Holding [something]", "zebra") with
            {
                Split = Split.Validation,
            },
            new Annotation { Id = "6", Split = Split.Test },
            new Annotation
            {
                Id = "7",
                Split = Split.Test,
                Category = 3,
            },
        ]
    );

    [Fact]
    public void Every_grain_is_counted()
    {
        LabelStatistics statistics = LabelStatistics.Of(Data, new CaptionOptions { RareCount = 1 });
        Assert.Equal(new SplitCounts(4, 1, 2), statistics.Clips);
        Assert.Equal(new SplitCounts(4, 1, 1), statistics.Labelled);
        Assert.Equal((50, 174), (statistics.Groups, statistics.Categories));
        Assert.Equal(new ClassCounts(2, 1, 1, Total: 3), statistics.GroupsPresent);
        Assert.Equal(new ClassCounts(3, 1, 1, Total: 4), statistics.CategoriesPresent);

        CaptionStatistics simplified = statistics.SimplifiedCaptions!;
        Assert.Equal(new SplitCounts(4, 1, 0), simplified.Clips);
        Assert.Equal(4, simplified.DistinctCaptions); // holding cup twice
        Assert.Equal(3, simplified.DistinctObjects); // cup, box, zebra
        Assert.Equal(0, simplified.TooLongShare);

        CaptionStatistics full = statistics.Captions!;
        Assert.Equal(5, full.DistinctCaptions);
        Assert.Equal(6, full.DistinctObjects);
        Assert.Equal(0.2, full.TooLongShare);
        Assert.Equal(19, full.LongestCaption);
        Assert.Equal(0.5, full.RareShareHeldOut); // zebra
        Assert.Equal(
            full.Vocabulary,
            new CaptionTargets(Data.Taxonomy, new CaptionOptions { RareCount = 1 })
                .BuildVocabulary(Data, Granularity.Captions)
                .Count - 3
        );
        Assert.All(full.RarestWords.Take(full.RareWords), word => Assert.Equal(1, word.Count));
        Assert.All(full.RarestKept, word => Assert.True(word.Count > 1));
    }

    [Fact]
    public void A_data_set_without_captions_has_no_caption_counts()
    {
        var data = new DataSet(
            "v1",
            Taxonomy.SomethingSomething,
            [
                new Annotation
                {
                    Id = "1",
                    Split = Split.Train,
                    Category = 3,
                },
            ]
        );
        LabelStatistics statistics = LabelStatistics.Of(data);
        Assert.Null(statistics.Captions);
        Assert.Null(statistics.SimplifiedCaptions);
        Assert.Equal(new ClassCounts(1, 0, 0, Total: 1), statistics.CategoriesPresent);
    }

    [Fact]
    public void An_example_shows_one_clip_at_all_four_grains()
    {
        LabelExample example = Assert.Single(LabelExample.Choose(Data, new CaptionOptions(), 0, ["3"]));
        Assert.Equal("Holding something", example.Group);
        Assert.Equal("Holding [something] behind [something]", example.Category);
        Assert.Equal(["cup", "box"], example.SimplifiedPlaceholders);
        Assert.Equal("Holding cup behind box", example.Caption);
        Assert.Null(LabelExample.Choose(Data, new CaptionOptions(), 0, ["6"])[0].Category);
        Assert.Equal(4, LabelExample.Choose(Data, new CaptionOptions(), 99, []).Count);
        Assert.Contains(
            "'nobody'",
            Assert
                .Throws<TaskGrainException>(() => LabelExample.Choose(Data, new CaptionOptions(), 0, ["nobody"]))
                .Message,
            StringComparison.Ordinal
        );
    }
}
