using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class CaptionTargetsTests
{
    private static readonly Taxonomy Official = Taxonomy.SomethingSomething;
    private static readonly CaptionTargets Targets = new(Official);

    [Fact]
    public void The_papers_example_comes_out_as_in_its_Table_5()
    {
        Annotation clip = Some.Clip(
            "81955",
            "Holding [something] in front of [something]",
            "a blue plastic cap",
            "a men,s short sleeve shirt"
        );
        Assert.Equal("Holding cap in front of shirt", CaptionWords.Sentence(Targets.Simplified(clip)));
        Assert.Equal(
            "Holding a blue plastic cap in front of a men short sleeve shirt",
            CaptionWords.Sentence(Targets.Full(clip))
        );
    }

    [Theory]
    [InlineData("Stacking [number of] [something]", "stacking 4 coins", "4", "small coins")]
    [InlineData("Poking a hole into [something soft]", "poking a hole into clay", "some soft clay")]
    [InlineData("Taking [something] from [somewhere]", "taking pen from table", "a pen", "on the table")]
    [InlineData("Moving [part] of [something]", "moving handle of cup", "the handle", "a red cup")]
    [InlineData(
        "Tipping [something] with [something in it] over, so [something in it] falls out",
        "tipping cup with pens over so pens falls out",
        "blue cup",
        "3 pens",
        "3 pens"
    )]
    [InlineData("[Something] falling like a rock", "stone falling like a rock", "A big stone")]
    [InlineData("Touching (without moving) [part] of [something]", "touching without moving lid of jar", "lid", "jar")]
    [InlineData(
        "Putting [something], [something] and [something] on the table",
        "putting pen cup and book on the table",
        "red pen",
        "cup",
        "my book"
    )]
    [InlineData(
        "Poking [something] so lightly that it doesn't or almost doesn't move",
        "poking toy so lightly that it doesnt or almost doesnt move",
        "stuffed toy"
    )]
    [InlineData("Putting [something similar to other things that are already on the table]", "putting coin", "coin")]
    public void Every_kind_of_bracket_is_filled_in_order(
        string template,
        string simplified,
        params string[] placeholders
    ) => Assert.Equal(simplified, string.Join(' ', Targets.Simplified(Some.Clip("1", template, placeholders))));

    [Fact]
    public void Every_official_template_makes_a_caption_without_brackets()
    {
        for (int category = 0; category < Official.Categories.Count; category++)
        {
            int brackets = Official.Templates[category].Brackets.Count;
            Assert.True(brackets > 0, Official.Categories[category]);
            var clip = new Annotation
            {
                Id = "1",
                Split = Split.Train,
                Category = category,
                Placeholders = [.. Enumerable.Repeat("zebra", brackets)],
            };
            IReadOnlyList<string> words = Targets.Simplified(clip);
            Assert.Equal(brackets, words.Count(word => word == "zebra"));
            Assert.All(words, word => Assert.Matches("^[a-z]+$", word));
        }
    }

    [Fact]
    public void A_clip_whose_brackets_are_not_filled_has_no_caption()
    {
        var answered = new Annotation
        {
            Id = "9",
            Split = Split.Test,
            Category = 16,
        };
        Assert.False(Targets.HasCaption(answered));
        Assert.False(Targets.HasCaption(answered with { Category = -1 }));
        Assert.Contains(
            "clip 9",
            Assert.Throws<TaskGrainException>(() => Targets.Full(answered)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => Targets.Words(answered, Granularity.ActionGroups));
    }

    [Fact]
    public void The_vocabulary_comes_from_the_training_split_alone()
    {
        Annotation[] clips =
        [
            .. Enumerable.Range(0, 6).Select(i => Some.Clip($"{i}", "Holding [something]", "a red cup")),
            .. Enumerable.Range(0, 5).Select(i => Some.Clip($"r{i}", "Holding [something]", "a rare vase")),
            .. Enumerable
                .Range(0, 50)
                .Select(i =>
                    Some.Clip($"v{i}", "Holding [something]", "a blue zebra") with
                    {
                        Split = Split.Validation,
                    }
                ),
        ];
        var data = new DataSet("some", Official, clips);
        Assert.Equal(
            ["<GO>", "<END>", "[Something]", "a", "holding", "cup", "red"],
            Targets.BuildVocabulary(data, Granularity.Captions).Words
        );
        Assert.Equal(
            ["<GO>", "<END>", "[Something]", "holding", "cup"],
            Targets.BuildVocabulary(data, Granularity.SimplifiedCaptions).Words
        );
        Vocabulary all = new CaptionTargets(Official, new CaptionOptions { RareCount = 0 }).BuildVocabulary(
            data,
            Granularity.Captions
        );
        Assert.True(all.Contains("vase"));
        Assert.False(all.Contains("zebra"));
    }

    [Fact]
    public void A_data_set_without_captions_says_so()
    {
        var data = new DataSet(
            "folder",
            Official,
            [
                new Annotation
                {
                    Id = "1",
                    Split = Split.Train,
                    Category = 3,
                },
            ]
        );
        Assert.Contains(
            "no caption",
            Assert.Throws<TaskGrainException>(() => Targets.BuildVocabulary(data, Granularity.Captions)).Message,
            StringComparison.Ordinal
        );
    }
}
