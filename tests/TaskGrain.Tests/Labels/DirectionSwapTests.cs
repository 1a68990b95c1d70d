using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class DirectionSwapTests
{
    private static readonly Taxonomy Official = Taxonomy.SomethingSomething;

    [Fact]
    public void The_official_categories_hold_these_pairs_and_no_other()
    {
        string[] pairs =
        [
            .. new DirectionSwap(Official).Pairs.Select(pair =>
                $"{Official.Categories[pair.First]} | {Official.Categories[pair.Second]}"
            ),
        ];
        Assert.Equal(
            [
                "Pulling [something] from left to right | Pulling [something] from right to left",
                "Pushing [something] from left to right | Pushing [something] from right to left",
                "Turning the camera left while filming [something] | Turning the camera right while filming "
                    + "[something]",
            ],
            pairs
        );
        Assert.Empty(new DirectionSwap(Official).NotFlippable);
    }

    [Fact]
    public void Swapping_twice_gives_the_category_back()
    {
        var swap = new DirectionSwap(Official);
        for (int category = 0; category < Official.Categories.Count; category++)
        {
            Assert.True(swap.TryMirror(category, out int mirrored));
            Assert.True(swap.TryMirror(mirrored, out int back));
            Assert.Equal(category, back);
        }
    }

    [Fact]
    public void Pulling_it_right_out_names_no_direction()
    {
        const string Template =
            "Plugging [something] into [something] but pulling it right out as you remove your hand";
        Assert.True(Official.TryFindCategory(Template, out int category));
        Assert.True(new DirectionSwap(Official).TryMirror(category, out int mirrored));
        Assert.Equal(category, mirrored);
        Assert.Equal(Template, DirectionSwap.MirrorText(Template));
    }

    [Fact]
    public void A_direction_without_a_mirror_image_must_not_be_flipped()
    {
        Taxonomy taxonomy = Taxonomy.Flat([
            "Swiping Left",
            "Swiping Right",
            "Sliding right",
            "Turning Hand Clockwise",
            "Turning Hand Counterclockwise",
            "Stop",
            "move_left",
            "move_right",
            "TurnLeft",
            "TurnRight",
        ]);
        var swap = new DirectionSwap(taxonomy);
        Assert.Equal([(0, 1), (3, 4), (6, 7), (8, 9)], swap.Pairs);
        Assert.Equal([2], swap.NotFlippable);
        Assert.False(swap.TryMirror(2, out _));
        Assert.False(
            swap.TryMirror(
                new Annotation
                {
                    Id = "a",
                    Split = Split.Train,
                    Category = 2,
                },
                out Annotation? none
            )
        );
        Assert.Null(none);
        Assert.True(swap.TryMirror(5, out int same));
        Assert.Equal(5, same);
    }

    [Fact]
    public void Category_placeholders_and_label_are_swapped_together()
    {
        Assert.True(Official.TryFindCategory("Pushing [something] from left to right", out int category));
        var clip = new Annotation
        {
            Id = "7",
            Split = Split.Train,
            Category = category,
            Label = "pushing left shoe from left to right",
            Placeholders = ["left shoe"],
        };
        Assert.True(new DirectionSwap(Official).TryMirror(clip, out Annotation? mirrored));
        Assert.Equal("Pushing [something] from right to left", Official.Categories[mirrored.Category]);
        Assert.Equal(["right shoe"], mirrored.Placeholders);
        Assert.Equal("pushing right shoe from right to left", mirrored.Label);
        Assert.Equal(
            "pushing right shoe from right to left",
            string.Join(' ', new CaptionTargets(Official).Full(mirrored))
        );
    }

    [Theory]
    [InlineData("left hand", "right hand")]
    [InlineData("Right glove", "Left glove")]
    [InlineData("the LEFT one", "the RIGHT one")]
    [InlineData("left over pizza", "left over pizza")]
    [InlineData("leftover pizza", "leftover pizza")]
    [InlineData("a bright lamp", "a bright lamp")]
    [InlineData("a right angle ruler", "a right angle ruler")]
    [InlineData("arrow pointing rightwards", "arrow pointing leftwards")]
    [InlineData("left-to-right", "right-to-left")]
    [InlineData("turning clockwise", "turning counterclockwise")]
    [InlineData("turning anti-clockwise", "turning clockwise")]
    [InlineData("", "")]
    public void Words_for_directions_are_swapped(string text, string mirrored) =>
        Assert.Equal(mirrored, DirectionSwap.MirrorText(text));
}
