using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Tests.Synthesis;

public sealed class DomainRandomisationTests
{
    private static readonly FrameFormat Format = new(64, 48, 6);

    [Theory]
    [InlineData("none")]
    [InlineData("colours")]
    [InlineData("colours:0.5+camera")]
    [InlineData("backgrounds:0.25+sensor+speed:0.1")]
    public void Words_are_read_and_written_alike(string words) =>
        Assert.Equal(words, DomainRandomisation.Parse(words).ToString());

    [Fact]
    public void All_is_every_word_and_a_later_word_stands()
    {
        Assert.Equal(string.Join('+', DomainRandomisation.Words), DomainRandomisation.Parse("all").ToString());
        var half = DomainRandomisation.Parse("all:0.5+speed:0");
        Assert.Equal(0, half.Speed);
        Assert.Equal(0.5, half.BareHands);
    }

    [Theory]
    [InlineData("colors", "'colors' varies nothing: there are colours")]
    [InlineData("colours:2", "2 is no strength from 0 to 1")]
    [InlineData("camera:x", "x is no strength from 0 to 1")]
    [InlineData("camera:NaN", "NaN is no strength from 0 to 1")]
    [InlineData("", "'' varies nothing")]
    public void What_cannot_be_read_is_refused_with_what_would_be_right(string words, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<TaskGrainException>(() => DomainRandomisation.Parse(words)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_strength_out_of_range_is_refused_with_the_other_faults()
    {
        var options = new SynthesisOptions
        {
            Clips = 0,
            Variation = new DomainRandomisation { Camera = -1 },
        };
        string message = Assert.Throws<TaskGrainException>(options.Validate).Message;
        Assert.Contains("number of clips", message, StringComparison.Ordinal);
        Assert.Contains("camera is -1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colours")]
    [InlineData("backgrounds")]
    [InlineData("camera")]
    [InlineData("sensor")]
    [InlineData("hands")]
    [InlineData("barehands")]
    public void Every_word_changes_pictures_and_neither_label_nor_length(string word)
    {
        WorldGenerator plain = Generator("none"),
            varied = Generator(word);
        int changed = 0;
        for (int i = 0; i < 8; i++)
        {
            SyntheticClip before = plain.Clip(i),
                after = varied.Clip(i);
            Assert.Equal(before.Annotation, after.Annotation);
            Assert.Equal(before.FrameCount, after.FrameCount);
            changed += Same(before, after) ? 0 : 1;
        }

        Assert.InRange(changed, 2, 8);
    }

    [Fact]
    public void Speed_changes_the_length_of_a_film_from_a_third_to_three_times_and_what_happens_in_it_stays()
    {
        WorldGenerator plain = Generator("none"),
            varied = Generator("speed");
        double[] ratios = new double[24];
        for (int i = 0; i < ratios.Length; i++)
        {
            SyntheticClip before = plain.Clip(i),
                after = varied.Clip(i);
            ratios[i] = after.FrameCount / (double)before.FrameCount;
            Assert.InRange(after.FrameCount, 14, 150);
            Assert.Equal(
                before.TimeOf(before.FrameCount - 1, SyntheticClip.FramesPerSecond),
                after.TimeOf(after.FrameCount - 1, SyntheticClip.FramesPerSecond),
                1e-9
            );
        }

        Assert.InRange(ratios.Min(), 0.3, 0.6);
        Assert.InRange(ratios.Max(), 1.7, 3.1);
    }

    [Fact]
    public void A_bare_hand_stands_for_the_named_objects_of_about_half_of_the_clips()
    {
        WorldGenerator varied = Generator("barehands");
        int bare = 0;
        for (int i = 0; i < 60; i++)
        {
            SyntheticClip clip = varied.Clip(i);
            if (clip.Scene.Variation.BarePose is null)
            {
                continue;
            }

            bare++;
            Assert.All(
                clip.Truth().Objects.Where(thing => thing.Placeholder >= 0),
                thing => Assert.All(thing.Boxes, Assert.Null)
            );
        }

        Assert.InRange(bare, 20, 40);
    }

    [Fact]
    public void A_set_varied_in_one_thing_more_is_else_the_same()
    {
        WorldGenerator few = Generator("colours"),
            more = Generator("colours+speed");
        for (int i = 0; i < 6; i++)
        {
            byte[] first = few.Clip(i).RenderFrames(64, 48, 0),
                again = more.Clip(i).RenderFrames(64, 48, 0);
            Assert.Equal(first, again);
        }
    }

    [Fact]
    public void A_varied_clip_is_the_same_on_every_call_and_on_any_thread()
    {
        WorldGenerator varied = Generator("all");
        byte[][] one = [.. Enumerable.Range(0, 6).Select(i => varied.Clip(i).Render(Format).Pixels.ToArray())];
        byte[][] many = new byte[one.Length][];
        Parallel.For(0, many.Length, i => many[i] = Generator("all").Clip(i).Render(Format).Pixels.ToArray());
        for (int i = 0; i < one.Length; i++)
        {
            Assert.Equal(one[i], many[i]);
        }
    }

    [Fact]
    public void A_folder_of_clips_varied_otherwise_is_refused_and_one_without_variation_goes_on()
    {
        using var folder = new TemporaryFolder();
        var options = new SynthesisOptions { Clips = 2, Categories = [.. Contrasts.Categories.Take(2)] };
        SyntheticSet.WriteStore(options, folder.Path, Format);
        Assert.DoesNotContain("ariation", File.ReadAllText(folder.File("generator.json")), StringComparison.Ordinal);
        SyntheticSet.WriteStore(options with { Clips = 4 }, folder.Path, Format);

        SynthesisOptions varied = options with { Variation = DomainRandomisation.Parse("colours") };
        Assert.Contains(
            "variation",
            Assert.Throws<TaskGrainException>(() => SyntheticSet.WriteStore(varied, folder.Path, Format)).Message,
            StringComparison.Ordinal
        );
    }

    private static WorldGenerator Generator(string words) =>
        new(new SynthesisOptions { Seed = 4, Variation = DomainRandomisation.Parse(words) });

    private static bool Same(SyntheticClip a, SyntheticClip b)
    {
        int middle = a.FrameCount / 2;
        return a.RenderFrames(64, 48, middle).AsSpan().SequenceEqual(b.RenderFrames(64, 48, middle));
    }
}
