using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Pushing, pulling and moving things over the table.</summary>
internal static class MovingScripts
{
    private static readonly Role Any = PuttingScripts.Any;

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Pushing [something] from left to right", [Any], d => Across(d, 1, false)),
        new("Pushing [something] from right to left", [Any], d => Across(d, -1, false)),
        new("Pulling [something] from left to right", [Any], d => Across(d, 1, true)),
        new("Pulling [something] from right to left", [Any], d => Across(d, -1, true)),
        new("Pushing [something] so that it slightly moves", [Any], Slightly),
        new("Pushing [something] so that it falls off the table", [Any], d => ToEdge(d, Edge.Falls))
        {
            NeedsEdge = true,
        },
        new("Pushing [something] so that it almost falls off but doesn't", [Any], d => ToEdge(d, Edge.Almost))
        {
            NeedsEdge = true,
        },
        new("Moving [something] across a surface until it falls down", [Any], d => ToEdge(d, Edge.HeldThenFalls))
        {
            NeedsEdge = true,
        },
        new("Moving [something] across a surface without it falling down", [Any], d => ToEdge(d, Edge.Stays))
        {
            NeedsEdge = true,
        },
        new("Pushing [something] with [something]", [Any, new(Graspable | Long)], WithTool),
        new(
            "Pushing [something] onto [something]",
            [new(Graspable, Rolls) { MaxWidth = 11 }, new(Support | Steady) { MaxHeight = 3, MinWidth = 8 }],
            d => OntoOther(d, false)
        ),
        new(
            "Pulling [something] onto [something]",
            [new(Graspable, Rolls) { MaxWidth = 11 }, new(Support | Steady) { MaxHeight = 3, MinWidth = 8 }],
            d => OntoOther(d, true)
        ),
        new(
            "Pushing [something] off of [something]",
            [new(Graspable) { MaxWidth = 11 }, PuttingScripts.Shelf with { MinHeight = 2 }],
            OffOther
        ),
        new(
            "Pulling [something] from behind of [something]",
            [Any with { MaxHeight = 11, MaxWidth = 13 }, PuttingScripts.Landmark],
            FromBehind
        ),
        new(
            "Pulling [something] out of [something]",
            [PuttingScripts.Thing, PuttingScripts.Vessel],
            d => TakingScripts.OutOf(d, TakingScripts.Way.Pull)
        ),
        new("Moving [something] up", [Any], d => Vertical(d, 1)),
        new("Moving [something] down", [Any], d => Vertical(d, -1)),
        new("Moving [something] closer to [something]", [Any, Any], d => Relative(d, closer: true, both: false)),
        new("Moving [something] away from [something]", [Any, Any], d => Relative(d, closer: false, both: false)),
        new(
            "Moving [something] and [something] closer to each other",
            [Any, Any],
            d => Relative(d, closer: true, both: true)
        ),
        new(
            "Moving [something] and [something] away from each other",
            [Any, Any],
            d => Relative(d, closer: false, both: true)
        ),
        new(
            "Moving [something] and [something] so they collide with each other",
            [Any, Any],
            d => Meet(d, collide: true)
        ),
        new("Moving [something] and [something] so they pass each other", [Any, Any], d => Meet(d, collide: false)),
        new("Moving [something] towards the camera", [Any], d => Depth(d, -1)),
        new("Moving [something] away from the camera", [Any], d => Depth(d, 1)),
    ];

    private enum Edge
    {
        Falls,
        Almost,
        HeldThenFalls,
        Stays,
    }

    private static void Across(Director d, int direction, bool pull)
    {
        Actor actor = d[0];
        double way = d.Between(0.4, 0.75),
            from = d.Between(0, 1 - way);
        d.PlaceAt(actor, direction > 0 ? from : 1 - from);
        var (left, right, _, _) = d.Room(Director.HalfWide(actor), Director.HalfDeep(actor), actor.Height);
        Spot to = d.Where(actor) + new Spot(direction * way * (right - left), 0, d.Between(-1, 1));
        d.ArmFor(direction, pull);
        if (pull)
        {
            d.Reach(actor);
            d.Carry(to, d.Between(0.8, 1.3));
            d.Release();
        }
        else
        {
            d.Touch(actor, -direction, d.PushPose());
            d.PushTo(actor, to, d.Between(0.8, 1.3));
            d.Withdraw(-direction);
        }

        d.Leave();
    }

    private static void Slightly(Director d)
    {
        int direction = d.Sign();
        d.ArmFor(direction, false);
        d.Touch(d[0], -direction, d.PushPose());
        d.PushTo(d[0], d.Where(d[0]) + new Spot(direction * d.Between(1.8, 3.6), 0, d.Between(-0.6, 0.6)), 0.3);
        d.Withdraw(-direction);
        d.Leave();
    }

    private static void ToEdge(Director d, Edge edge)
    {
        Actor actor = d[0];
        int side = double.IsInfinity(d.Scene.Stage.Right) ? -1 : 1;
        double rim = side > 0 ? d.Scene.Stage.Right : d.Scene.Stage.Left;
        d.PlaceAt(actor, side > 0 ? d.Between(0.25, 0.7) : d.Between(0.3, 0.75));
        Spot at = d.Where(actor);
        bool hold = edge is Edge.HeldThenFalls or Edge.Stays ? d.Random.NextBool(0.6) : d.Random.NextBool(0.15);
        double beyond =
            edge switch
            {
                Edge.Falls or Edge.HeldThenFalls => 0.25,
                Edge.Almost => -d.Between(0.1, 0.3),
                _ => -d.Between(0.9, 1.6),
            } * Director.HalfWide(actor);
        Spot to = at with { X = rim + (side * beyond) };
        d.ArmFor(side, false);
        if (hold)
        {
            d.Reach(actor);
            d.Carry(to, d.Between(0.9, 1.3));
            d.Release();
        }
        else
        {
            d.Touch(actor, -side, d.PushPose());
            d.PushTo(actor, to, d.Between(0.8, 1.2));
        }

        if (edge is Edge.Falls or Edge.HeldThenFalls)
        {
            d.FallOffTable(actor, side);
        }
        else if (edge == Edge.Almost && !actor.Kind.LiesFlat)
        {
            d.Tilt(actor, side, 0, 0.16, 0.16, Ease.Out);
            d.Now += 0.16;
            d.Tilt(actor, side, 0.16, 0, 0.2, Ease.In);
            d.Physics(0.2);
        }

        if (!hold)
        {
            d.Withdraw(-side);
        }

        d.Leave();
    }

    private static void WithTool(Director d)
    {
        Actor actor = d[0],
            tool = d[1];
        int direction = d.Sign();
        d.ArmFrom((Math.PI / 2) - (direction * d.Between(0.1, 0.9)));
        d.Reach(tool);
        double angle = direction > 0 ? d.Between(0.2, 0.7) : Math.PI - d.Between(0.2, 0.7);
        Spot side = d.SideOf(actor, -direction, 0);
        double half = tool.Width / 2 * 0.95;
        d.Turn(tool, Channel.Roll, angle, 0.4);
        d.Turn(tool, Channel.Lie, 0.75, 0.3);
        var tip = new Spot(-half * Num.Cos(angle), 1, -half * Num.Sin(angle) * 0.5);
        d.Carry(side + tip + new Spot(-direction * 3, 1, 0), 0.6, 2);
        d.Carry(side + tip, 0.15);
        Spot way = new(direction * d.Between(6, 12), 0, d.Between(-0.8, 0.8));
        double start = d.Now;
        d.Carry(side + tip + way, 0.7);
        double end = d.Now;
        d.Now = start;
        d.Roll(actor, d.Where(actor) + way, end - start, Ease.Smooth, advance: false);
        d.Now = end;
        d.Carry(side + tip + way + new Spot(-direction * 4, 2, -1), 0.3);
        d.TakeBack(side + tip + new Spot(-direction * 4, 0, -4));
    }

    private static void OntoOther(Director d, bool pull)
    {
        Actor actor = d[0],
            other = d[1];
        int direction = d.Sign();
        d.PlaceAt(other, direction > 0 ? d.Between(0.55, 0.8) : d.Between(0.2, 0.45));
        Spot on = d.Where(other);
        double start = on.X - (direction * (Director.HalfWide(other) + Director.HalfWide(actor) + d.Between(2, 6)));
        Director.Place(actor, new Spot(start, Director.Stand(actor), on.Z - 0.1));
        d.ArmFor(direction, pull);
        double edge = on.X - (direction * (Director.HalfWide(other) + (Director.HalfWide(actor) * 0.2)));
        Spot low = d.Where(actor) with { X = edge },
            high = new(on.X, d.Top(other) + Director.Stand(actor), on.Z - 0.1);
        actor.DrawBias = 0.5;
        if (pull)
        {
            d.Reach(actor);
            d.Carry(low, 0.5);
            actor[Channel.Ground].To(d.Now, 0.2, d.Top(other));
            d.Carry(high with { X = Num.Lerp(edge, on.X, 0.3) }, 0.2);
            d.Carry(high, 0.3);
            d.Release();
        }
        else
        {
            d.Touch(actor, -direction, d.PushPose());
            d.PushTo(actor, low, 0.5);
            actor[Channel.Ground].To(d.Now, 0.2, d.Top(other));
            d.PushTo(actor, high with { X = Num.Lerp(edge, on.X, 0.3) }, 0.2);
            d.PushTo(actor, high, 0.3);
            d.Withdraw(-direction);
        }

        d.Leave();
    }

    private static void OffOther(Director d)
    {
        Actor actor = d[0],
            shelf = d[1];
        int direction = d.Sign();
        d.StartBeside(actor, shelf, Relation.Onto);
        d.ArmFor(direction, false);
        d.Touch(actor, -direction, d.PushPose(), 0.2);
        Spot edge = d.Where(actor) with
        {
            X = d.Where(shelf).X + (direction * (Director.HalfWide(shelf) + (0.2 * actor.Width))),
        };
        d.PushTo(actor, edge, 0.45);
        d.FallFromEdge(actor, direction, shelf);
        d.Withdraw(-direction);
        d.Leave();
    }

    private static void FromBehind(Director d)
    {
        Actor actor = d[0],
            screen = d[1];
        int direction = d.Sign();
        d.StartBeside(actor, screen, Relation.Behind);
        d.ArmFor(direction, true);
        d.Reach(actor);
        Spot at = d.Where(actor);
        d.Carry(
            at with
            {
                X =
                    d.Where(screen).X
                    + (direction * (Director.HalfWide(screen) + Director.HalfWide(actor) + d.Between(1, 4))),
                Z = at.Z - 1,
            },
            0.9
        );
        d.Release();
        d.Leave();
    }

    private static void Vertical(Director d, int way)
    {
        Actor actor = d[0];
        Spot home = d.Where(actor);
        double high = d.Between(7, 12);
        if (way > 0)
        {
            d.Reach(actor);
            d.Turn(actor, Channel.Lie, actor.Kind.LiesFlat ? 0.4 : 0, 0.4);
            d.Carry(home with { Y = home.Y + high }, d.Between(0.8, 1.2));
            d.Wait(0.3);
            return;
        }

        // Comes down from a height it has at the start.
        Director.Place(actor, home with { Y = home.Y + high });
        actor[Channel.Lie].Reset(actor.Kind.LiesFlat ? 0.4 : 0);
        d.Main.Place(d.Grip(actor, d.Main));
        double begin = d.Now;
        d.Now = 0;
        d.Hold(actor);
        d.Now = begin;
        double low = d.Random.NextBool(0.5) ? 0.2 : d.Between(2, 4);
        d.Level(actor, 0.8);
        d.Carry(home with { Y = home.Y + low }, d.Between(0.8, 1.2));
        if (low < 1)
        {
            d.SetDownAt(actor, home, 0);
            d.Leave();
        }
        else
        {
            d.Wait(0.3);
        }
    }

    private static void Relative(Director d, bool closer, bool both)
    {
        Actor a = d[0],
            b = d[1];
        int side = d.Sign();
        double z = d.Where(b).Z;
        double near = Director.HalfWide(a) + Director.HalfWide(b) + d.Between(0.5, 1.5);
        var (left, right, _, _) = d.Room(Director.HalfWide(a), Director.HalfDeep(a), 8);
        double far = Math.Max(near + 5, (right - left) * d.Between(0.5, 0.8));
        double middle = ((left + right) / 2) + d.Between(-2, 2);
        double start = closer ? far : near,
            end = closer ? near : far;
        double hub = both ? middle : middle + (side * 0.25 * far);
        Director.Place(
            a,
            new Spot(both ? middle - (side * start / 2) : hub - (side * start), Director.Stand(a), z + d.Between(-1, 1))
        );
        Director.Place(b, new Spot(both ? middle + (side * start / 2) : hub, Director.Stand(b), z));
        d.ClearWayOf(a);
        if (!both)
        {
            int way = closer ? side : -side;
            d.ArmFor(way, d.Random.NextBool());
            d.Reach(a);
            d.Carry(d.Where(a) with { X = hub - (side * end) }, d.Between(0.8, 1.2), d.Random.NextBool(0.3) ? 2 : 0);
            d.Level(a, 0.1);
            d.Release();
            d.Leave();
            return;
        }

        // Each arm on its own object's side.
        d.ArmFrom(d.FromSide(-side));
        d.Reach(a);
        d.Reach(b, d.Other);
        double from = d.Now;
        d.Carry(d.Where(a) with { X = middle - (side * end / 2) }, 1.0);
        double to = d.Now;
        d.Now = from;
        d.Carry(d.Where(b) with { X = middle + (side * end / 2) }, 1.0, 0, d.Other);
        d.Now = to;
        d.Release();
        d.Release(d.Other);
        d.LeaveBoth();
    }

    private static void Meet(Director d, bool collide)
    {
        Actor a = d[0],
            b = d[1];
        double z = d.Where(a).Z,
            apart = collide ? 0 : Director.HalfDeep(a) + Director.HalfDeep(b) + 1.5;
        int order = d.Sign();
        d.PlaceAt(a, d.Between(0.02, 0.15), z);
        d.PlaceAt(b, d.Between(0.85, 0.98), z - (order * apart));
        d.ArmFrom(d.FromSide(-1));
        d.Reach(a);
        d.Reach(b, d.Other);
        Spot at = d.Where(a),
            other = d.Where(b);
        double middle = ((at.X + other.X) / 2) + d.Between(-2, 2);
        double from = d.Now,
            room = Director.HalfWide(a) + Director.HalfWide(b);
        if (collide)
        {
            d.Carry(at with { X = middle - (room / 2) }, 0.7);
            double to = d.Now;
            d.Now = from;
            d.Carry(other with { X = middle + (room / 2) }, 0.7, 0, d.Other);
            d.Now = to;
            d.Event("collide", a);
            // They give way a little.
            double back = d.Now;
            d.Carry(at with { X = middle - (room / 2) - 1.2 }, 0.15);
            d.Now = back;
            d.Carry(other with { X = middle + (room / 2) + 1.2 }, 0.15, 0, d.Other);
            d.Wait(0.2);
        }
        else
        {
            d.Carry(at with { X = other.X }, 1.2);
            double to = d.Now;
            d.Now = from;
            d.Carry(other with { X = at.X }, 1.2, 0, d.Other);
            d.Now = to;
        }

        d.Release();
        d.Release(d.Other);
        d.LeaveBoth();
    }

    private static void Depth(Director d, int way)
    {
        Actor actor = d[0];
        Spot at = d.Where(actor);
        var (_, _, front, back) = d.Room(Director.HalfWide(actor), Director.HalfDeep(actor), actor.Height);
        double far = Math.Max(back, front + 8),
            near = front - 6;
        double from = way > 0 ? Num.Lerp(near, far, d.Between(0.05, 0.35)) : Num.Lerp(far, near, d.Between(0.05, 0.35));
        double end = way > 0 ? far + 4 : near - 7;
        Director.Place(actor, at with { Z = from, X = at.X * 0.5 });
        d.ArmFrom((Math.PI / 2) + d.Between(-0.8, 0.8));
        d.Reach(actor);
        double lift = way < 0 ? d.Between(4, 8) : d.Between(0, 4);
        d.Carry(d.Where(actor) with { Z = end, Y = at.Y + lift }, d.Between(0.9, 1.3));
        d.Wait(0.3);
    }
}
