namespace TaskGrain.Synthesis;

/// <summary>What is true of a clip: where everything is in every frame, and what happens when.</summary>
internal sealed record GroundTruth
{
    /// <summary>The clip's name.</summary>
    public required string Id { get; init; }

    /// <summary>The category's text, with its brackets.</summary>
    public required string Template { get; init; }

    /// <summary>Width of the film in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Its lines.</summary>
    public required int Height { get; init; }

    /// <summary>Frames a second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Number of frames.</summary>
    public required int Frames { get; init; }

    /// <summary>All objects, those the label does not name included.</summary>
    public required IReadOnlyList<TrueObject> Objects { get; init; }

    /// <summary>All hands.</summary>
    public required IReadOnlyList<TrueHand> Hands { get; init; }

    /// <summary>What happens, in the order of time.</summary>
    public required IReadOnlyList<TrueEvent> Events { get; init; }

    internal static GroundTruth Of(SyntheticClip clip)
    {
        Scene scene = clip.Scene;
        int frames = clip.FrameCount,
            width = clip.Format.Width,
            height = clip.Format.Height;
        using var painter = new Painter();
        var scenes = new ScenePainter(scene);
        return new GroundTruth
        {
            Id = clip.Annotation.Id,
            Template = clip.Template,
            Width = width,
            Height = height,
            FramesPerSecond = SyntheticClip.FramesPerSecond,
            Frames = frames,
            Objects =
            [
                .. scene.Actors.Select(actor => new TrueObject(
                    actor.Kind.Name,
                    actor.Placeholder,
                    [.. Boxes(t => scenes.Measure(painter, actor, t, scene.Camera.At(t)))]
                )),
            ],
            Hands =
            [
                .. scene
                    .Hands.Where(hand => hand.Used)
                    .Select(hand => new TrueHand(
                        hand.Left ? "left" : "right",
                        [.. Boxes(t => scenes.Measure(painter, hand, t, scene.Camera.At(t)))]
                    )),
            ],
            Events =
            [
                .. scene
                    .Events.OrderBy(e => e.Time)
                    .Select(e => new TrueEvent(
                        Math.Clamp(
                            (int)Math.Round(e.Time / scene.Speed * SyntheticClip.FramesPerSecond),
                            0,
                            frames - 1
                        ),
                        e.Name,
                        e.Object < 0 ? null : IndexOf(scene, e.Object)
                    )),
            ],
        };

        IEnumerable<IReadOnlyList<int>?> Boxes(Func<double, Bounds> measure)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                yield return InFrame(measure(clip.TimeOf(frame, SyntheticClip.FramesPerSecond)), width, height);
            }
        }
    }

    private static int? IndexOf(Scene scene, int number)
    {
        int at = scene.Actors.FindIndex(actor => actor.Number == number);
        return at < 0 ? null : at;
    }

    /// <summary>The part of a box that is in the frame, in whole pixels; null when nothing of it is.</summary>
    private static int[]? InFrame(Bounds box, int width, int height)
    {
        if (box.IsEmpty)
        {
            return null;
        }

        int left = (int)Math.Clamp(Math.Round(box.Left), 0, width),
            right = (int)Math.Clamp(Math.Round(box.Right), 0, width);
        int top = (int)Math.Clamp(Math.Round(box.Top), 0, height),
            bottom = (int)Math.Clamp(Math.Round(box.Bottom), 0, height);
        return right - left < 1 || bottom - top < 1 ? null : [left, top, right, bottom];
    }
}

/// <summary>An object of a clip.</summary>
/// <param name="Kind">The object's kind.</param>
/// <param name="Placeholder">Which bracket of the template names it, from 0; -1 for none.</param>
/// <param name="Boxes">
/// One a frame: left, top, right, bottom in pixels, the whole object whether something hides it or not, cut at the
/// frame's border; null when it is not in the frame.
/// </param>
internal sealed record TrueObject(string Kind, int Placeholder, IReadOnlyList<IReadOnlyList<int>?> Boxes);

/// <summary>A hand of a clip.</summary>
/// <param name="Side">left or right.</param>
/// <param name="Boxes">One a frame: the hand up to its wrist, as for objects.</param>
internal sealed record TrueHand(string Side, IReadOnlyList<IReadOnlyList<int>?> Boxes);

/// <summary>Something that happens.</summary>
/// <param name="Frame">The nearest frame.</param>
/// <param name="Name">Such as grasp, release, fall, land.</param>
/// <param name="Object">Index of the object it happens to; null for none.</param>
internal sealed record TrueEvent(int Frame, string Name, int? Object);
