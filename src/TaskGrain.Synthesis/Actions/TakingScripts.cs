using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Picking up, lifting, holding, taking out, and pretending to.</summary>
internal static class TakingScripts
{
    private static readonly Role Any = PuttingScripts.Any;

    internal enum Way
    {
        Take,
        Pull,
        Pretend,
    }

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Picking [something] up", [Any], d => PickUp(d, false)),
        new("Pretending to pick [something] up", [Any], d => PickUp(d, true)),
        new("Lifting [something] up completely without letting it drop down", [Any], d => Lift(d, false)),
        new("Lifting [something] up completely, then letting it drop down", [Any], d => Lift(d, true)),
        new(
            "Lifting up one end of [something] without letting it drop down",
            [Any with { MinWidth = 6 }],
            d => LiftEnd(d, false)
        ),
        new(
            "Lifting up one end of [something], then letting it drop down",
            [Any with { MinWidth = 6 }],
            d => LiftEnd(d, true)
        ),
        new("Holding [something]", [Any], d => Hold(d, null)),
        new("Holding [something] next to [something]", [Any, Any], d => Hold(d, Relation.NextTo)),
        new("Holding [something] behind [something]", [Any, PuttingScripts.Landmark], d => Hold(d, Relation.Behind)),
        new(
            "Holding [something] in front of [something]",
            [Any, PuttingScripts.Landmark],
            d => Hold(d, Relation.InFrontOf)
        ),
        new("Holding [something] over [something]", [Any, Any], d => Hold(d, Relation.Onto)),
        new(
            "Taking [something] out of [something]",
            [PuttingScripts.Thing, PuttingScripts.Vessel],
            d => OutOf(d, Way.Take)
        ),
        new(
            "Pretending to take [something] out of [something]",
            [PuttingScripts.Thing, PuttingScripts.Vessel],
            d => OutOf(d, Way.Pretend)
        ),
        new("Taking [something] from [somewhere]", [Any, PuttingScripts.Shelf], d => From(d, false)),
        new("Pretending to take [something] from [somewhere]", [Any, PuttingScripts.Shelf], d => From(d, true)),
        new(
            "Removing [something], revealing [something] behind",
            [PuttingScripts.Landmark, Any with { MaxHeight = 9, MaxWidth = 9 }],
            Removing
        ),
        new(
            "Taking [one of many similar things on the table]",
            [new(Graspable | Small) { MaxWidth = 9 }],
            d => Crowd(d, false)
        )
        {
            OwnWords = true,
        },
        new(
            "Putting [something similar to other things that are already on the table]",
            [new(Graspable | Small) { MaxWidth = 9 }],
            d => Crowd(d, true)
        )
        {
            OwnWords = true,
        },
        new(
            "Lifting [something] with [something] on it",
            [new(Support | Graspable) { MinWidth = 7, MaxHeight = 9 }, Any with { MaxWidth = 11 }],
            LiftWith
        ),
        new(
            "Tilting [something] with [something] on it slightly so it doesn't fall down",
            [
                new(Support | Graspable)
                {
                    MinWidth = 8,
                    MaxHeight = 8,
                    Flat = false,
                },
                Any with
                {
                    MaxWidth = 9,
                },
            ],
            d => TiltWith(d, 0)
        ),
        new(
            "Tilting [something] with [something] on it until it falls off",
            [
                new(Support | Graspable)
                {
                    MinWidth = 8,
                    MaxHeight = 8,
                    Flat = false,
                },
                Any with
                {
                    MaxWidth = 9,
                },
            ],
            d => TiltWith(d, 1)
        ),
        new(
            "Lifting a surface with [something] on it but not enough for it to slide down",
            [Any with { MaxWidth = 9 }],
            d => TiltWith(d, 2)
        ),
        new(
            "Lifting a surface with [something] on it until it starts sliding down",
            [Any with { MaxWidth = 9 }],
            d => TiltWith(d, 3)
        ),
    ];

    internal static void OutOf(Director d, Way way)
    {
        Actor actor = d[0],
            vessel = d[1];
        d.StartBeside(actor, vessel, Relation.Into);
        Spot inside = d.Where(actor);
        d.Reach(actor);
        if (way == Way.Pretend && d.Random.NextBool(0.6))
        {
            // The hand closes on nothing and comes out empty.
            d.Release();
            d.Move(d.Main, d.Main.SpotAt(d.Now) + new Spot(0, 7, 0), 0.4);
            d.Leave();
            return;
        }

        double out_ = d.Top(vessel) + (0.5 * Math.Max(actor.Height, actor.Depth)) + 1;
        d.Carry(
            inside with
            {
                Y = way == Way.Pretend ? Num.Lerp(inside.Y, out_, 0.4) : out_,
            },
            way == Way.Pull ? 0.7 : 0.5
        );
        if (way == Way.Pretend)
        {
            d.Wait(0.15);
            d.Carry(inside, 0.35);
            d.Release();
            d.Leave();
            return;
        }

        actor.Stays.Add((d.Now, null));
        actor[Channel.Ground].Jump(d.Now, 0);
        d.Event("out", actor);
        if (d.Random.NextBool(0.45))
        {
            d.Move(d.Main, d.Home(d.Main), 0.7);
            return;
        }

        Spot to = d.FreeSpot(actor, 0.75);
        d.Carry(to with { Y = to.Y + 1 }, 0.6, 2);
        d.Level(actor, 0.2);
        d.SetDownAt(actor, to, 0);
        d.Leave();
    }

    private static void PickUp(Director d, bool pretend)
    {
        Actor actor = d[0];
        Spot at = d.Where(actor);
        d.Reach(actor, close: !pretend);
        if (pretend)
        {
            d.Main.Take(d.Now, Director.GripPose(actor));
            d.Wait(0.15);
            d.Event("miss", actor);
            d.Move(d.Main, d.Main.SpotAt(d.Now) + new Spot(d.Between(-2, 2), d.Between(6, 10), 0), 0.6);
        }
        else
        {
            d.Carry(at with { Y = at.Y + d.Between(6, 10), X = at.X + d.Between(-2, 2) }, 0.6);
            d.Turn(actor, Channel.Lie, actor.Kind.LiesFlat ? 0.5 : 0, 0.3);
        }

        if (d.Random.NextBool(0.6))
        {
            d.Move(d.Main, d.Home(d.Main), 0.6);
        }
        else
        {
            d.Wait(0.5);
        }
    }

    private static void Lift(Director d, bool drop)
    {
        Actor actor = d[0];
        Spot at = d.Where(actor);
        d.Reach(actor);
        Spot up = at with { Y = at.Y + d.Between(7, 11), X = at.X + d.Between(-1, 1) };
        d.Carry(up, 0.8);
        d.Wait(d.Between(0.2, 0.5));
        if (drop)
        {
            d.Release();
            d.Drop(actor, at with { X = up.X });
            d.Leave();
        }
        else
        {
            d.Carry(at, 0.8);
            d.Release();
            d.Leave();
        }
    }

    private static void LiftEnd(Director d, bool drop)
    {
        Actor actor = d[0];
        int side = d.Sign();
        double angle = Math.Min(d.Between(0.35, 0.6), actor.Height > actor.Width ? 0.35 : 0.6);
        d.ArmFrom(actor.Kind.LiesFlat ? (Math.PI / 2) + d.Between(-0.8, 0.8) : d.FromSide(-side));
        d.Main.Take(d.Now, HandPose.Grasp);
        d.Move(d.Main, d.RaisedCorner(actor, side, 0) + new Spot(-side * 2, 1, -0.5), 0.6);
        d.Move(d.Main, d.RaisedCorner(actor, side, 0), 0.2);
        d.Main.Take(d.Now, HandPose.Pinch);
        d.Event("grasp", actor);
        Raise(d, actor, side, 0, angle, 0.6);
        d.Wait(d.Between(0.2, 0.5));
        if (drop)
        {
            d.Main.Take(d.Now, HandPose.Open);
            d.Event("release", actor);
            d.Tilt(actor, side, angle, 0, 0.17, Ease.In);
            d.Physics(0.17);
            d.Event("land", actor);
        }
        else
        {
            Raise(d, actor, side, angle, 0, 0.6);
        }

        d.Leave();
    }

    private static void Raise(Director d, Actor actor, int side, double from, double to, double seconds)
    {
        d.Tilt(actor, side, from, to, d.Paced(seconds), Ease.Linear);
        const int Steps = 4;
        for (int i = 1; i <= Steps; i++)
        {
            d.Move(
                d.Main,
                d.RaisedCorner(actor, side, Num.Lerp(from, to, i / (double)Steps)),
                seconds / Steps,
                Ease.Linear
            );
        }
    }

    private static void Hold(Director d, Relation? relation)
    {
        Actor actor = d[0];
        d.Obtain(actor);
        Spot at = relation is { } beside ? d.Beside(actor, d[1], beside) : d.FreeSpot(actor, 0.4);
        double up = relation == Relation.Onto ? d.Between(3.5, 7) : d.Between(2, 5.5);
        d.Turn(actor, Channel.Lie, actor.Kind.LiesFlat ? d.Between(0.2, 0.6) : 0, 0.5);
        d.Carry(at with { Y = at.Y + up, X = at.X * 0.9 }, 0.7, 1);
        // Held things are never quite still.
        Spot still = d.Where(actor);
        for (int i = 0; i < 3; i++)
        {
            d.Carry(still + new Spot(d.Between(-0.5, 0.5), d.Between(-0.4, 0.4), 0), 0.45);
        }
    }

    private static void From(Director d, bool pretend)
    {
        Actor actor = d[0],
            shelf = d[1];
        if (actor.Width <= shelf.Width + 2)
        {
            d.StartBeside(actor, shelf, Relation.Onto);
        }

        d.Reach(actor, close: !pretend);
        if (pretend)
        {
            d.Main.Take(d.Now, Director.GripPose(actor));
            d.Wait(0.15);
            d.Event("miss", actor);
            d.Move(d.Main, d.Main.SpotAt(d.Now) + new Spot(0, 3, -2), 0.3);
        }
        else
        {
            d.Carry(d.Where(actor) + new Spot(0, 4, -2), 0.3);
        }

        d.Move(d.Main, d.Home(d.Main), 0.6);
    }

    private static void Removing(Director d)
    {
        Actor screen = d[0],
            hidden = d[1];
        d.StartBeside(hidden, screen, Relation.Behind);
        Director.Place(hidden, d.Where(hidden) with { X = d.Where(screen).X + d.Between(-0.5, 0.5) });
        d.Reach(screen);
        Spot at = d.Where(screen);
        if (d.Random.NextBool())
        {
            d.Carry(at with { Y = at.Y + 4 }, 0.35);
            d.Move(d.Main, d.Home(d.Main), 0.7);
        }
        else
        {
            int side = d.Sign();
            d.Carry(
                at with
                {
                    X = at.X + (side * (Director.HalfWide(screen) + Director.HalfWide(hidden) + d.Between(2, 4))),
                },
                0.7,
                d.Random.NextBool() ? 2 : 0
            );
            d.Release();
            d.Leave();
        }
    }

    private static void Crowd(Director d, bool put)
    {
        Actor first = d[0];
        d.Phrases.Add(
            put
                ? d.Words.One(first.Kind, first.Look)
                : d.Words.Any(
                    $"one of many {first.Kind.Nouns[0]}s",
                    $"one {first.Kind.Nouns[0]}",
                    $"a {first.Kind.Nouns[0]}"
                )
        );
        int count = d.Random.NextInt(3, 5);
        for (int i = 0; i < count; i++)
        {
            Actor twin = d.Add(first.Kind, null, d.Random.NextBool(0.6) ? first.Look : null);
            d.PlaceFree(twin, 0.5, 0.3);
        }

        if (put)
        {
            Spot to = d.Where(first);
            d.Obtain(first);
            d.Carry(to with { Y = to.Y + 1 }, 0.6, 3);
            d.Level(first, 0.2);
            d.SetDownAt(first, to, 0);
            d.Leave();
        }
        else
        {
            d.Reach(first);
            d.Carry(d.Where(first) + new Spot(0, 5, -1), 0.4);
            d.Move(d.Main, d.Home(d.Main), 0.6);
        }
    }

    private static void LiftWith(Director d)
    {
        Actor tray = d[0],
            load = d[1];
        d.StartBeside(load, tray, Relation.Onto);
        load.FixTo(tray, 0);
        d.Reach(tray);
        Spot at = d.Where(tray);
        load[Channel.Ground].Jump(d.Now + 0.1, -99);
        d.Carry(at with { Y = at.Y + d.Between(5, 9) }, 0.9);
        d.Wait(0.4);
        if (d.Random.NextBool(0.5))
        {
            d.Carry(at, 0.6);
            d.Release();
            d.Leave();
        }
    }

    /// <summary>
    /// 0: tilted a little and back; 1: tilted until it falls off; 2 and 3: the same with a board of no name.
    /// </summary>
    private static void TiltWith(Director d, int kind)
    {
        Actor board;
        Actor load;
        if (kind < 2)
        {
            (board, load) = (d[0], d[1]);
        }
        else
        {
            load = d[0];
            board = d.Add(Props.Board);
            d.PlaceAt(board, d.Between(0.35, 0.65));
        }

        int side = d.Sign();
        bool falls = kind is 1 or 3;
        d.StartBeside(load, board, Relation.Onto);
        load.FixTo(board, 0);
        double angle = falls ? d.Between(0.5, 0.65) : d.Between(0.18, 0.34);
        d.ArmFrom(d.FromSide(-side));
        d.Main.Take(d.Now, HandPose.Grasp);
        d.Move(d.Main, d.RaisedCorner(board, side, 0) + new Spot(-side * 2, 1, -0.5), 0.6);
        d.Main.Take(d.Now, HandPose.Pinch);
        d.Move(d.Main, d.RaisedCorner(board, side, 0), 0.2);
        Raise(d, board, side, 0, angle, falls ? 0.8 : 0.6);
        if (falls)
        {
            Spot at = d.Where(board);
            load.Free(d.Now);
            double run = (board.Width / 2) + (load.Width * 0.4),
                c = Num.Cos(angle),
                s = Num.Sin(angle);
            Spot from = d.Where(load);
            d.Event("slide", load);
            d.Slide(load, new Spot(from.X + (side * run * c), from.Y - (run * s), from.Z), 0.4, Ease.In);
            load[Channel.Roll]
                .To(
                    d.Now,
                    0.12,
                    load.Kind.Has(Round)
                        ? load[Channel.Roll].Last
                        : Math.Round(load[Channel.Roll].Last / Math.PI) * Math.PI,
                    Ease.Linear
                );
            d.Fall(
                load,
                new Spot(at.X + (side * ((board.Width / 2) + (load.Width / 2) + 1.5)), Director.Stand(load), from.Z),
                0,
                0.05
            );
            d.Wait(0.2);
        }
        else
        {
            d.Wait(0.3);
        }

        if (d.Random.NextBool(0.6))
        {
            Raise(d, board, side, angle, 0, 0.5);
            d.Leave();
        }
    }
}
