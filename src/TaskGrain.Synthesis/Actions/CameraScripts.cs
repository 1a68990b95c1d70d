using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>The camera moves, or something is shown to it.</summary>
internal static class CameraScripts
{
    private static readonly Role Any = PuttingScripts.Any;

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Approaching [something] with your camera", [Any], d => Zoom(d, true)),
        new("Moving away from [something] with your camera", [Any], d => Zoom(d, false)),
        new("Turning the camera left while filming [something]", [Any], d => Pan(d, -1, 0)),
        new("Turning the camera right while filming [something]", [Any], d => Pan(d, 1, 0)),
        new("Turning the camera upwards while filming [something]", [Any], d => Pan(d, 0, -1)),
        new("Turning the camera downwards while filming [something]", [Any], d => Pan(d, 0, 1)),
        new("Showing [something] next to [something]", [Any, Any], d => Film(d, Relation.NextTo)),
        new(
            "Showing [something] behind [something]",
            [Any with { MaxHeight = 11 }, PuttingScripts.Landmark],
            d => Film(d, Relation.Behind)
        ),
        new(
            "Showing [something] on top of [something]",
            [Any with { MaxWidth = 12 }, PuttingScripts.Shelf],
            d => Film(d, Relation.Onto)
        ),
        new("Showing [something] to the camera", [Any], d => Show(d, 0)),
        new("Showing a photo of [something] to the camera", [new(Sheet) { MaxWidth = 13 }], d => Show(d, 1))
        {
            OwnWords = true,
        },
        new(
            "Showing that [something] is inside [something]",
            [PuttingScripts.Thing, PuttingScripts.Vessel],
            d => Inside(d, false)
        ),
        new("Showing that [something] is empty", [PuttingScripts.Vessel], d => Inside(d, true)),
    ];

    /// <summary>
    /// Now and then a hand that only points, so that a hand does not tell camera motion from object motion.
    /// </summary>
    private static void MaybePoint(Director d)
    {
        if (!d.Random.NextBool(0.4))
        {
            return;
        }

        double start = d.Now;
        d.Main.Take(d.Now, HandPose.Point);
        Spot near = d.SideOf(d[0], Num.Cos(d.Main.BaseAngle) > 0 ? -1 : 1) + new Spot(0, 3, 0);
        d.Main.Used = true;
        d.Main.MoveTo(start, d.Paced(0.6), near + new Spot(-3 * Num.Cos(d.Main.BaseAngle), 1, 0));
        if (d.Random.NextBool())
        {
            d.Main.MoveTo(start + d.Paced(1.2), d.Paced(0.5), d.Home(d.Main));
        }

        d.Now = start;
    }

    private static void Zoom(Director d, bool closer)
    {
        Camera camera = d.Scene.Camera;
        camera.Moves = true;
        Spot at = d.Where(d[0]);
        camera.Focus = d.Scene.View.Project(at.X, at.Y, at.Z);
        // Both ends are framings that other clips have, too, as far as possible.
        double far = d.Between(0.78, 0.95),
            near = far * d.Between(1.4, 1.8);
        camera.Zoom.Reset(closer ? far : near);
        MaybePoint(d);
        double start = d.Spend(2);
        camera.Zoom.To(start, d.Paced(2), closer ? near : far);
        d.Wait(0.2);
    }

    private static void Pan(Director d, int x, int y)
    {
        Camera camera = d.Scene.Camera;
        camera.Moves = true;
        View view = d.Scene.View;
        // Turning the camera right moves the picture's content to the left.
        double way = x != 0 ? view.Width * d.Between(0.2, 0.3) : view.Height * d.Between(0.2, 0.28);
        double from = -d.Between(0.3, 0.7) * way;
        Track track = x != 0 ? camera.Pan : camera.Tilt;
        int sign = x != 0 ? x : y;
        track.Reset(sign * from);
        MaybePoint(d);
        double start = d.Spend(1.6);
        track.To(start, d.Paced(1.6), sign * (from + way));
        d.Wait(0.2);
    }

    private static void Film(Director d, Relation relation)
    {
        d.StartBeside(d[0], d[1], relation);
        Camera camera = d.Scene.Camera;
        // The camera wanders about the two things.
        camera.Moves = true;
        Spot at = d.Where(d[1]);
        camera.Focus = d.Scene.View.Project(at.X, at.Y, at.Z);
        camera.Zoom.Reset(d.Between(0.9, 1.15));
        camera.Pan.Reset(d.Between(-25, 25));
        MaybePoint(d);
        for (int i = 0; i < 2; i++)
        {
            double start = d.Spend(1);
            camera.Pan.To(start, d.Paced(1), d.Between(-30, 30));
            camera.Tilt.To(start, d.Paced(1), d.Between(-14, 14));
            camera.Zoom.To(start, d.Paced(1), d.Between(0.9, 1.25));
        }
    }

    private static void Show(Director d, int kind)
    {
        Actor actor = d[0];
        if (kind == 1)
        {
            ObjectKind shown = d.Catalogue.Draw(d.Random, Graspable, Affordance.None);
            d.Phrases.Add(d.Words.One(shown, d.NewLook(shown)));
            actor.Photo = shown;
        }

        d.Obtain(actor);
        View view = d.Scene.View;
        var near = new Spot(
            (view.Width / 2 - view.OriginX) / view.PixelsPerCm + d.Between(-3, 3),
            d.Between(8, 11),
            -d.Between(12, 20)
        );
        d.Turn(actor, Channel.Lie, 0, 0.6);
        d.Turn(
            actor,
            Channel.Roll,
            d.Between(-0.15, 0.15) + (Math.Round(actor[Channel.Roll].Last / Math.PI) * Math.PI),
            0.6
        );
        d.Carry(near, 0.8);
        for (int i = 0; i < 2; i++)
        {
            d.Turn(actor, Channel.Roll, actor[Channel.Roll].Last + d.Between(-0.2, 0.2), 0.4);
            d.Turn(actor, Channel.Yaw, actor[Channel.Yaw].Last + d.Between(-0.6, 0.6), 0.4);
            d.Carry(near + new Spot(d.Between(-1, 1), d.Between(-1, 1), 0), 0.4);
        }

        if (d.Random.NextBool(0.5))
        {
            d.Move(d.Main, d.Home(d.Main), 0.6);
        }
    }

    private static void Inside(Director d, bool empty)
    {
        Actor vessel = empty ? d[0] : d[1];
        if (!empty)
        {
            d.StartBeside(d[0], vessel, Relation.Into);
            d[0].FixTo(vessel, 0);
        }

        // The container is tipped towards the camera so that one can look in.
        d.Reach(vessel);
        Spot at = d.Where(vessel);
        d.Carry(at with { Y = at.Y + 5, Z = at.Z - 8 }, 0.7);
        int way = d.Sign();
        double tip = empty ? d.Between(1.2, 2.3) : d.Between(0.3, 0.55);
        vessel[Channel.Roll].To(d.Now, d.Paced(0.5), vessel[Channel.Roll].Last - (way * tip));
        d.Main.Turn.To(d.Now, d.Paced(0.5), -way * 0.35);
        d.Carry(at with { Y = at.Y + 6, Z = at.Z - 10 }, 0.5);
        d.Wait(0.4);
        d.Event("shown", vessel);
        if (d.Random.NextBool(0.5))
        {
            vessel[Channel.Roll].To(d.Now, d.Paced(0.4), vessel[Channel.Roll].First);
            d.Main.Turn.To(d.Now, d.Paced(0.4), 0);
            d.Carry(at, 0.6);
            d.Release();
            d.Leave();
        }
    }
}
