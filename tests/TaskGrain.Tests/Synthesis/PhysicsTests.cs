using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Synthesis;

public sealed class PhysicsTests
{
    [Theory]
    [InlineData("Dropping [something] next to [something]", 0)]
    [InlineData("Dropping [something] in front of [something]", 0)]
    [InlineData("Putting [something] on the edge of [something] so it is not supported and falls down", 0)]
    [InlineData("[Something] falling like a rock", 0)]
    [InlineData("[Something] falling like a feather or paper", 0)]
    [InlineData("Lifting [something] up completely, then letting it drop down", 0)]
    public void What_falls_ends_on_the_table_and_never_below_it(string category, int role)
    {
        foreach (SyntheticClip clip in Clips(category))
        {
            Actor actor = clip.Scene.Actors[role];
            Pose end = actor.At(100);
            double half = HalfHeight(actor, end);
            Assert.InRange(end.Y - half, -0.4, 0.6);
            for (double t = clip.Scene.Events.First(e => e.Name == "fall").Time; t < 8; t += 0.05)
            {
                Pose pose = actor.At(t);
                Assert.True(
                    pose.Y > 0,
                    $"{clip.Annotation.Label}: {actor.Kind.Name} is {pose.Y:0.0} cm high at {t:0.00} s"
                );
            }
        }
    }

    [Fact]
    public void What_is_put_onto_something_rests_on_its_top()
    {
        foreach (SyntheticClip clip in Clips("Putting [something] onto [something]"))
        {
            Actor actor = clip.Scene.Actors[0],
                shelf = clip.Scene.Actors[1];
            Assert.Equal(shelf.At(100).Y + (shelf.Height / 2), actor.At(100).Y - (actor.Height / 2), 1);
            Assert.InRange(Math.Abs(actor.At(100).X - shelf.At(100).X), 0, shelf.Width / 2);
        }
    }

    [Fact]
    public void A_toppled_thing_lies_on_its_side()
    {
        foreach (SyntheticClip clip in Clips("Poking [something] so that it falls over"))
        {
            Actor actor = clip.Scene.Actors[0];
            Assert.Equal(Math.PI / 2, Math.Abs(actor.At(100).Roll), 3);
            Assert.Equal(actor.Width / 2, actor.At(100).Y, 1);
        }
    }

    [Fact]
    public void Pretending_leaves_the_container_empty_and_putting_does_not()
    {
        foreach (SyntheticClip clip in Clips("Pretending to put [something] into [something]"))
        {
            Assert.Null(clip.Scene.Actors[0].ContainerAt(100));
        }

        foreach (SyntheticClip clip in Clips("Putting [something] into [something]"))
        {
            Assert.Same(clip.Scene.Actors[1], clip.Scene.Actors[0].ContainerAt(100));
        }
    }

    [Theory]
    [InlineData("Pushing [something] from left to right", 1)]
    [InlineData("Pushing [something] from right to left", -1)]
    [InlineData("Pulling [something] from left to right", 1)]
    [InlineData("Pulling [something] from right to left", -1)]
    public void Left_and_right_are_as_the_camera_sees_them(string category, int direction)
    {
        foreach (SyntheticClip clip in Clips(category))
        {
            Actor actor = clip.Scene.Actors[0];
            Assert.True(direction * (actor.At(100).X - actor.At(0).X) > 5);
        }
    }

    [Fact]
    public void A_track_eases_from_key_to_key()
    {
        var track = new Track(0);
        track.To(0, 1, 10, Ease.In);
        track.To(1, 1, 20, Ease.Out);
        Assert.Equal(2.5, track.At(0.5), 9);
        Assert.Equal(17.5, track.At(1.5), 9);
        Assert.Equal(20, track.At(9), 9);
        Assert.Equal(0, track.At(-1), 9);
    }

    private static IEnumerable<SyntheticClip> Clips(string category)
    {
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 4, Categories = [category] });
        return Enumerable.Range(0, 25).Select(generator.Clip);
    }

    private static double HalfHeight(Actor actor, Pose pose)
    {
        if (actor.Kind.LiesFlat || actor.Kind.Has(Affordance.Round))
        {
            return actor.Height / 2;
        }

        double c = Math.Abs(Math.Cos(pose.Roll)),
            s = Math.Abs(Math.Sin(pose.Roll));
        return ((actor.Height * c) + (actor.Width * s)) / 2;
    }
}
