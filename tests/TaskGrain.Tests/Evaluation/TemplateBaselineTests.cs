using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Tests.Labels;

namespace TaskGrain.Tests.Evaluation;

public sealed class TemplateBaselineTests
{
    private static readonly Taxonomy Official = Taxonomy.SomethingSomething;

    private static readonly DataSet Data = new(
        "some",
        Official,
        [
            Some.Clip("1", "Holding [something] behind [something]", "a red cup", "blue box"),
            Some.Clip("2", "Holding [something] behind [something]", "cup", "box"),
            Some.Clip("3", "Holding [something] behind [something]", "cup", "a white box"),
            Some.Clip("4", "Holding [something] behind [something]", "pen", "box"),
            Some.Clip("5", "Stacking [number of] [something]", "4", "coins"),
            Some.Clip("6", "Stacking [number of] [something]", "4", "gold coins"),
            Some.Clip("7", "Holding [something]", "cup"),
            Some.Clip("8", "Holding [something]", "zebra") with
            {
                Split = Split.Validation,
            },
            Some.Clip("9", "Holding [something]", "zebra") with
            {
                Split = Split.Validation,
            },
        ]
    );

    [Theory]
    [InlineData(Granularity.Captions, "Holding [something] behind [something]", "holding box behind box")]
    [InlineData(Granularity.SimplifiedCaptions, "Holding [something] behind [something]", "holding box behind box")]
    [InlineData(Granularity.Captions, "Stacking [number of] [something]", "stacking 4 coins")]
    [InlineData(Granularity.SimplifiedCaptions, "Stacking [number of] [something]", "stacking 4 coins")]
    [InlineData(Granularity.Captions, "Holding [something]", "holding cup")]
    [InlineData(Granularity.Captions, "Closing [something]", "closing cup")]
    [InlineData(Granularity.Captions, "Taking [something] from [somewhere]", "taking cup from somewhere")]
    public void Every_something_becomes_the_most_likely_object_of_its_category(
        Granularity granularity,
        string template,
        string caption
    )
    {
        TemplateBaseline baseline = TemplateBaseline.Fit(Data, new CaptionTargets(Official), granularity);
        Assert.True(Official.TryFindCategory(template, out int category));
        Assert.Equal(caption, string.Join(' ', baseline.Caption(category)));
    }

    [Fact]
    public void Simplified_counts_join_what_full_ones_keep_apart()
    {
        var data = new DataSet(
            "some",
            Official,
            [
                Some.Clip("1", "Holding [something]", "a red cup"),
                Some.Clip("2", "Holding [something]", "blue cup"),
                Some.Clip("3", "Holding [something]", "cup set"),
                Some.Clip("4", "Holding [something]", "pen"),
                Some.Clip("5", "Holding [something]", "pen"),
                Some.Clip("6", "Holding [something]", "my cup"),
            ]
        );
        var targets = new CaptionTargets(Official);
        Assert.Equal(["pen"], TemplateBaseline.Fit(data, targets, Granularity.Captions).Objects[16]);
        Assert.Equal(["cup"], TemplateBaseline.Fit(data, targets, Granularity.SimplifiedCaptions).Objects[16]);
    }

    [Fact]
    public void Without_captions_there_is_no_baseline()
    {
        var data = new DataSet(
            "v1",
            Official,
            [
                new Annotation
                {
                    Id = "1",
                    Split = Split.Train,
                    Category = 16,
                },
            ]
        );
        Assert.Throws<TaskGrainException>(() =>
            TemplateBaseline.Fit(data, new CaptionTargets(Official), Granularity.Captions)
        );
        Assert.Throws<ArgumentException>(() =>
            TemplateBaseline.Fit(Data, new CaptionTargets(Official), Granularity.ActionGroups)
        );
    }
}
