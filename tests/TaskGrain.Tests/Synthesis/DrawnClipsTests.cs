using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Tests.Synthesis;

public sealed class DrawnClipsTests
{
    private static readonly FrameFormat Format = new(40, 32, 6);

    [Fact]
    public void A_clip_has_the_bytes_and_the_annotation_that_a_packed_store_of_its_seed_has_under_its_number()
    {
        using var folder = new TemporaryFolder();
        SyntheticSet.WriteStore(
            new SynthesisOptions
            {
                Clips = 12,
                Seed = 11,
                Categories = Contrasts.Categories,
                Variation = DomainRandomisation.Parse("all:0.5"),
            },
            folder.Path,
            Format
        );
        using LabelledStore store = LabelledStore.Open(folder.Path);
        DrawnClips drawn = Draw("synth:11,contrasts,vary=all:0.5");
        Assert.Equal(store.DataSet.Taxonomy.Categories, drawn.Taxonomy.Categories);
        var crop = new PixelRectangle(7, 3, 24, 20);

        Parallel.For(
            0,
            12,
            number =>
            {
                Assert.True(store.Frames.TryIndexOf($"{number + 1}", out int index));
                int count = store.Frames.FrameCount(index);
                Assert.Equal(count, drawn.FrameCount(number));
                int[] frames = [0, 0, count / 2, count - 1, 1, count - 1];
                byte[] expected = new byte[frames.Length * crop.Width * crop.Height * 3];
                byte[] actual = new byte[expected.Length];
                store.Frames.ReadFrames(index, frames, crop, expected);
                drawn.ReadFrames(number, frames, crop, actual);
                Assert.Equal(expected, actual);
                Assert.Equal(
                    store.DataSet.Annotations.Single(clip => clip.Id == $"{number + 1}"),
                    drawn.Annotate(number)
                );
            }
        );
    }

    [Fact]
    public void Numbers_are_those_of_the_split_whatever_was_asked_before()
    {
        DrawnClips drawn = Draw("synth:5");
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 5 });
        int[] all = [.. Enumerable.Range(0, 400).Where(number => generator.Annotate(number).Split == Split.Train)];

        Assert.Equal(all[..100], drawn.Numbers(Split.Train, 0, 100));
        Assert.Equal(all[100..200], drawn.Numbers(Split.Train, 100, 100));
        int[] validation = drawn.Numbers(Split.Validation, 2, 10);
        Assert.Equal(all[200..230], drawn.Numbers(Split.Train, 200, 30));
        Assert.Equal(all[50..60], drawn.Numbers(Split.Train, 50, 10));
        Assert.All(validation, number => Assert.Equal(Split.Validation, generator.Annotate(number).Split));
        Assert.Empty(drawn.Numbers(Split.Train, 0, 0));
    }

    [Theory]
    [InlineData("synth:7", "synth:7,clips=10000,validation=1000,size=40x32,fps=6")]
    [InlineData("SYNTH:0,clips=25", "synth:0,clips=25,validation=2,size=40x32,fps=6")]
    [InlineData("synth:7,clips=3", "synth:7,clips=3,validation=1,size=40x32,fps=6")]
    [InlineData(
        "synth:7,fps=30000/1001,contrasts,size=84,validation=9",
        "synth:7,clips=10000,validation=9,contrasts,size=84,fps=30000/1001"
    )]
    [InlineData("synth:7,kitchenware,clips=50", "synth:7,clips=50,validation=5,kitchenware,size=40x32,fps=6")]
    public void A_name_is_completed_and_then_means_itself(string word, string complete)
    {
        DrawnClips drawn = Draw(word);
        Assert.Equal(complete, drawn.Name);
        DrawnClips again = new(DrawnClipsName.Parse(complete), FrameFormat.Paper);
        Assert.Equal(
            (drawn.Name, drawn.Format, drawn.EpochClips, drawn.ValidationClips),
            (again.Name, again.Format, again.EpochClips, again.ValidationClips)
        );
    }

    [Theory]
    [InlineData("synth:", "the seed is a whole number")]
    [InlineData("synth:-1", "the seed is a whole number")]
    [InlineData("synth:1,clip=3", "'clip=3' is not known; there are clips=N")]
    [InlineData("synth:1,clips=0", "'0' is no number of clips")]
    [InlineData("synth:1,validation", "'' is no number of clips")]
    [InlineData("synth:1,contrasts=1", "'contrasts=1' is not known")]
    [InlineData("synth:1,contrasts,kitchenware", "contrasts are categories of everyday objects")]
    [InlineData("synth:1,size=12x", "size=12x is no size")]
    [InlineData("synth:1,fps=fast", "fps=fast is no frame rate")]
    public void A_name_that_cannot_be_is_refused_with_what_would_be_right(string word, string reason)
    {
        var fault = Assert.Throws<TaskGrainException>(() => DrawnClipsName.Parse(word));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{word}'", fault.Message, StringComparison.Ordinal);
        Assert.Null(DrawnClips.Find("/data/store", FrameFormat.Paper));
    }

    private static DrawnClips Draw(string name) => new(DrawnClipsName.Parse(name), Format);
}
