using TaskGrain.Synthesis;

namespace TaskGrain.Tests.Synthesis;

public sealed class GroundTruthTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("camera+hands")]
    public void Boxes_are_inside_the_frame_and_around_the_object(string variation)
    {
        var generator = new WorldGenerator(
            new SynthesisOptions { Seed = 8, Variation = DomainRandomisation.Parse(variation) }
        );
        int compared = 0;
        for (int index = 0; index < 40; index++)
        {
            SyntheticClip clip = generator.Clip(index);
            GroundTruth truth = clip.Truth();
            int width = clip.Format.Width,
                height = clip.Format.Height;
            Assert.Equal(clip.Scene.Actors.Count, truth.Objects.Count);
            foreach (
                IReadOnlyList<int> box in truth
                    .Objects.SelectMany(o => o.Boxes)
                    .Concat(truth.Hands.SelectMany(h => h.Boxes))
                    .OfType<IReadOnlyList<int>>()
            )
            {
                Assert.True(
                    box[0] >= 0
                        && box[1] >= 0
                        && box[2] <= width
                        && box[3] <= height
                        && box[0] < box[2]
                        && box[1] < box[3]
                );
            }

            compared += Compare(clip, truth, clip.FrameCount / 2);
        }

        Assert.True(compared > 40, $"only {compared} objects could be compared");
    }

    /// <summary>
    /// Pixels that change when an object is left out lie in its box; of an object that nothing hides they fill it.
    /// </summary>
    private static int Compare(SyntheticClip clip, GroundTruth truth, int frame)
    {
        int width = clip.Format.Width,
            height = clip.Format.Height,
            compared = 0;
        double time = clip.TimeOf(frame, SyntheticClip.FramesPerSecond);
        // Hands, effects, shadows and an unfocused lens would disturb the comparison.
        clip.Scene.Hands.ForEach(hand => hand.Used = false);
        clip.Scene.Wraps.Clear();
        clip.Scene.Effects.Clear();
        using var renderer = new FrameRenderer(clip.Scene, width, height);
        renderer.Painter.Shadows = false;
        byte[] with = new byte[width * height * 3],
            without = new byte[with.Length];
        renderer.Render(time, frame, with);
        for (int i = 0; i < truth.Objects.Count; i++)
        {
            Actor actor = clip.Scene.Actors[i];
            bool contains = clip.Scene.Actors.Exists(other => other.ContainerAt(time) == actor);
            if (
                truth.Objects[i].Boxes[frame] is not { } box
                || contains
                || actor.At(time).Opacity < 0.9
                || actor.ContainerAt(time) is not null
            )
            {
                continue;
            }

            renderer.Painter.Hidden = actor;
            renderer.Render(time, frame, without);
            renderer.Painter.Hidden = null;
            int left = width,
                right = -1,
                top = height,
                bottom = -1,
                blur = clip.Scene.Stage.Blur;
            for (int p = 0; p < with.Length; p++)
            {
                // The lens's blur joins a line's end to the next one's beginning.
                bool joined = blur > 0 && p / 3 % width is var x && (x == 0 || x == width - 1);
                if (!joined && Math.Abs(with[p] - without[p]) > 6)
                {
                    left = Math.Min(left, p / 3 % width);
                    right = Math.Max(right, p / 3 % width);
                    top = Math.Min(top, p / 3 / width);
                    bottom = Math.Max(bottom, p / 3 / width);
                }
            }

            if (right < 0)
            {
                continue; // hidden behind another one
            }

            string what =
                $"clip {clip.Annotation.Id}: {actor.Kind.Name} is seen at {left},{top}..{right},{bottom}, box "
                + $"{string.Join(',', box)}";
            int near = 2 + blur;
            Assert.True(
                left >= box[0] - near && right <= box[2] + near && top >= box[1] - near && bottom <= box[3] + near,
                what
            );
            bool alone = !truth
                .Objects.Where(
                    (other, j) =>
                        j != i
                        && other.Boxes[frame] is { } b
                        && b[0] < box[2]
                        && b[2] > box[0]
                        && b[1] < box[3]
                        && b[3] > box[1]
                )
                .Any();
            // What lies beyond the border may be the highest of it, so that the rest does not fill the box.
            bool whole = box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height;
            if (alone && whole)
            {
                Assert.True(
                    left <= box[0] + 6 && right >= box[2] - 7 && top <= box[1] + 6 && bottom >= box[3] - 7,
                    what
                );
                compared++;
            }
        }

        return compared;
    }

    [Fact]
    public void Events_are_in_order_and_name_objects_that_exist()
    {
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 9 });
        for (int index = 0; index < 60; index++)
        {
            GroundTruth truth = generator.Clip(index).Truth();
            Assert.Equal(truth.Events.OrderBy(e => e.Frame).Select(e => e.Frame), truth.Events.Select(e => e.Frame));
            Assert.All(truth.Events, e => Assert.InRange(e.Object ?? 0, 0, truth.Objects.Count - 1));
            Assert.Contains(truth.Events, e => e.Name == "begin");
        }
    }
}
