using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Pouring, spilling, sprinkling, spreading, wiping, scooping, burying.</summary>
internal static class SubstanceScripts
{
    private static readonly Role Jug = new(Container | Graspable) { MaxWidth = 11, Flat = false };
    private static readonly Role Basin = new(Container) { MinWidth = 7, Flat = false };
    private static readonly Role Ground = new(Graspable | Steady, Container) { MinWidth = 8, MaxHeight = 8 };

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Pouring [something] into [something]", [Jug, Basin], d => Pouring(d, Goal.Into)) { OwnWords = true },
        new("Pouring [something] into [something] until it overflows", [Jug, Basin], d => Pouring(d, Goal.Overflow))
        {
            OwnWords = true,
        },
        new(
            "Trying to pour [something] into [something], but missing so it spills next to it",
            [Jug, Basin],
            d => Pouring(d, Goal.Miss)
        )
        {
            OwnWords = true,
        },
        new("Pouring [something] onto [something]", [Jug, Ground], d => Pouring(d, Goal.Onto)) { OwnWords = true },
        new("Pouring [something] out of [something]", [Jug], d => Pouring(d, Goal.Out)) { OwnWords = true },
        new(
            "Pretending to pour [something] out of [something], but [something] is empty",
            [Jug],
            d => Pouring(d, Goal.Empty)
        )
        {
            OwnWords = true,
        },
        new("Spilling [something] onto [something]", [Jug, Ground], d => Pouring(d, Goal.SpillOnto))
        {
            OwnWords = true,
        },
        new("Spilling [something] next to [something]", [Jug, PuttingScripts.Any], d => Pouring(d, Goal.SpillNext))
        {
            OwnWords = true,
        },
        new(
            "Spilling [something] behind [something]",
            [Jug, PuttingScripts.Landmark with { MaxHeight = 10 }],
            d => Pouring(d, Goal.SpillBehind)
        )
        {
            OwnWords = true,
        },
        new("Sprinkling [something] onto [something]", [Ground], d => Sprinkle(d, true)) { OwnWords = true },
        new("Pretending to sprinkle air onto [something]", [Ground], d => Sprinkle(d, false)),
        new("Spreading [something] onto [something]", [Ground with { MaxHeight = 8 }, new(Long)], d => Spread(d, true))
        {
            OwnWords = true,
        },
        new(
            "Pretending to spread air onto [something]",
            [Ground with { MaxHeight = 8 }, new(Long)],
            d => Spread(d, false)
        )
        {
            OwnWords = true,
        },
        new(
            "Wiping [something] off of [something]",
            [new(Cloth | Graspable) { MaxWidth = 14 }, Ground],
            d => Wipe(d, true)
        )
        {
            OwnWords = true,
        },
        new(
            "Pretending or failing to wipe [something] off of [something]",
            [new(Cloth | Graspable) { MaxWidth = 14 }, Ground],
            d => Wipe(d, false)
        )
        {
            OwnWords = true,
        },
        new("Scooping [something] up with [something]", [Basin, new(Long)], d => Scoop(d, true)) { OwnWords = true },
        new(
            "Pretending to scoop [something] up with [something]",
            [PuttingScripts.Thing, new(Long)],
            d => Scoop(d, false)
        ),
        new(
            "Burying [something] in [something]",
            [new(Graspable | Small) { MaxWidth = 7.5 }, Basin],
            d => Bury(d, true)
        )
        {
            OwnWords = true,
        },
        new(
            "Digging [something] out of [something]",
            [new(Graspable | Small) { MaxWidth = 7.5 }, Basin],
            d => Bury(d, false)
        )
        {
            OwnWords = true,
        },
        new("Stuffing [something] into [something]", [new(Sheet | Graspable), PuttingScripts.Vessel], Stuff),
        new(
            "Tipping [something] with [something in it] over, so [something in it] falls out",
            [Jug, new(Graspable | Small) { MaxWidth = 7 }],
            TipOut
        )
        {
            OwnWords = true,
        },
    ];

    private enum Goal
    {
        Into,
        Overflow,
        Miss,
        Onto,
        Out,
        Empty,
        SpillOnto,
        SpillNext,
        SpillBehind,
    }

    private static void Pouring(Director d, Goal goal)
    {
        Actor jug = d[0];
        Actor? other = d.Cast.Count > 1 ? d[1] : null;
        bool grains = d.Random.NextBool(0.4);
        (string name, Rgb color) = d.Random.Pick(grains ? Substances.Granular : Substances.Liquid);
        string what = d.Words.Any(name, name, $"some {name}"),
            vessel = d.Words.One(jug.Kind, jug.Look);
        d.Phrases.Add(what);
        if (goal is Goal.Out or Goal.Empty)
        {
            d.Phrases.Add(vessel);
            if (goal == Goal.Empty)
            {
                d.Phrases.Add(vessel);
            }
        }
        else
        {
            d.Phrases.Add(d.Words.One(other!.Kind, other.Look));
        }

        // Contrasting clips begin alike: the jug is full, the basin may have something in it already.
        if (goal != Goal.Empty)
        {
            Substances.FillWith(d, jug, color, d.Between(0.55, 0.9));
        }

        if (other is not null && other.Kind.Has(Container) && goal is Goal.Into or Goal.Overflow or Goal.Miss)
        {
            Substances.FillWith(d, other, color, goal == Goal.Overflow ? d.Between(0.3, 0.6) : d.Between(0, 0.4));
        }

        d.Obtain(jug, mayComeFromOutside: true);
        Spot centre = other is null ? d.FreeSpot(jug, 0.5) : d.Where(other);
        int side = other is not null && Math.Abs(centre.X) > 4 ? (centre.X > 0 ? 1 : -1) : d.Sign();
        double tall = other?.Height ?? 0;
        double beyond = goal switch
        {
            Goal.Miss => side * -(Director.HalfWide(other!) + d.Between(1.5, 2.5)),
            Goal.SpillNext => side * -(Director.HalfWide(other!) + d.Between(2.5, 4)),
            _ => 0,
        };
        double behind = goal == Goal.SpillBehind ? Director.HalfDeep(other!) + 3 : 0;
        Spot aim = centre + new Spot(beyond, 0, behind);
        bool spill = goal is Goal.SpillOnto or Goal.SpillNext or Goal.SpillBehind;
        double up = tall + (jug.Height * 0.55) + d.Between(1.5, 3);
        Spot ready = new(aim.X - (side * jug.Width * 0.75), up + 1, aim.Z + (behind > 0 ? 0 : -0.2));
        d.Carry(ready, 0.7, 1);
        double roll = jug[Channel.Roll].Last,
            tilt = spill ? d.Between(1.5, 2) : d.Between(1.45, 1.9),
            pour = spill ? 0.35 : 0.7;
        jug[Channel.Roll].To(d.Now, d.Paced(pour), roll - (side * tilt));
        d.Main.Turn.To(d.Now, d.Paced(pour), -side * 0.5);
        d.Carry(ready, pour);
        double begin = d.Now - d.Paced(0.12),
            flow = d.Paced(spill ? 0.5 : 1.1);
        if (goal != Goal.Empty)
        {
            double top =
                goal is Goal.Into or Goal.Overflow ? tall * 0.6
                : goal is Goal.Onto or Goal.SpillOnto ? tall
                : 0;
            Spot fall = aim with { Y = top };
            d.Scene.Effects.Add(
                new Pour(color, begin, begin + flow, grains, jug.Look.Accent.G)
                {
                    From = t => Substances.Lip(jug, side, t),
                    To = _ => fall,
                    Width = spill ? 1.6 : 1,
                }
            );
            jug[Channel.Fill].To(begin, flow, 0, Ease.Linear);
            Collect(d, goal, other, fall, color, begin, flow, grains);
            d.Event("pour", jug);
        }

        d.Now = begin;
        double spent = flow / Math.Max(1e-6, d.Paced(1));
        d.Wait(spent + 0.15);
        jug[Channel.Roll].To(d.Now, d.Paced(0.4), roll);
        d.Main.Turn.To(d.Now, d.Paced(0.4), 0);
        d.Carry(ready, 0.4);
        if (d.Random.NextBool(0.6))
        {
            d.Move(d.Main, d.Home(d.Main), 0.6);
        }
        else
        {
            Spot to = d.FreeSpot(jug, 0.9);
            d.Carry(to, 0.6);
            d.Release();
            d.Leave();
        }
    }

    private static void Collect(
        Director d,
        Goal goal,
        Actor? other,
        Spot fall,
        Rgb color,
        double begin,
        double flow,
        bool grains
    )
    {
        double arrive = begin + 0.2;
        if (goal is Goal.Into or Goal.Overflow)
        {
            other!.Content = color;
            double to = goal == Goal.Overflow ? 1.0 : Math.Min(0.85, other[Channel.Fill].Last + d.Between(0.3, 0.5));
            other[Channel.Fill].To(arrive, flow * (goal == Goal.Overflow ? 0.55 : 1), to, Ease.Linear);
            if (goal == Goal.Into)
            {
                return;
            }

            arrive += 0.55 * flow;
            flow *= 0.5;
        }

        bool onto =
            goal is Goal.Onto or Goal.SpillOnto && other is not null && other.Kind.LiesFlat == false && other.Width > 9;
        double size =
            goal == Goal.Overflow ? Director.HalfWide(other!) + 2.5
            : onto ? Math.Min(other!.Width, other.Depth) * 0.42
            : d.Between(3, 5);
        Spot place = goal == Goal.Overflow ? new Spot(fall.X, 0, fall.Z - 0.5) : fall;
        var puddle = new Puddle(color, other?.Look.Accent.R ?? 3UL, grains)
        {
            At = _ => place,
            On = goal is Goal.Onto or Goal.SpillOnto ? other : null,
        };
        puddle.Size.To(arrive, Math.Max(0.3, flow), size, Ease.Out);
        d.Scene.Effects.Add(puddle);
    }

    private static void Sprinkle(Director d, bool real)
    {
        Actor ground = d[0];
        (string name, Rgb color) = d.Random.Pick(Substances.Granular);
        if (real)
        {
            d.Phrases.AddRange([d.Words.Any(name), d.Words.One(ground.Kind, ground.Look)]);
        }

        d.ArmFrom(d.AnyAngle());
        d.Main.Take(d.Now, HandPose.Pinch);
        Spot at = d.Where(ground),
            over = at + new Spot(0, ground.Height + 6, -0.3);
        d.Move(d.Main, over, 0.7);
        double begin = d.Now;
        for (int i = 0; i < 4; i++)
        {
            d.Move(d.Main, over + new Spot((i % 2 == 0 ? 1 : -1) * d.Between(0.8, 2.2), d.Between(-0.6, 0.6), 0), 0.28);
        }

        if (real)
        {
            double end = d.Now;
            Hand hand = d.Main;
            double top = ground.Kind.LiesFlat ? 0.3 : ground.Height;
            d.Scene.Effects.Add(
                new Pour(color, begin, end, true, ground.Look.Accent.B)
                {
                    From = hand.SpotAt,
                    To = t => at with { X = hand.SpotAt(t).X, Y = top },
                }
            );
            var layer = new Puddle(color, ground.Look.Accent.R, true) { At = _ => at with { Y = top }, On = ground };
            layer.Size.To(
                begin + 0.2,
                end - begin,
                Math.Min(Director.HalfWide(ground), Director.HalfDeep(ground)) * 0.85,
                Ease.Out
            );
            d.Scene.Effects.Add(layer);
        }

        d.Leave();
    }

    private static void Spread(Director d, bool real)
    {
        Actor ground = d[0],
            tool = d[1];
        (string name, Rgb color) = d.Random.Pick(Substances.Spread);
        if (real)
        {
            d.Phrases.Add(d.Words.Any(name));
        }

        d.Phrases.Add(d.Words.One(ground.Kind, ground.Look));
        tool.Placeholder = -1;
        ground.Content = color;
        d.Obtain(tool);
        double angle = d.Main.BaseAngle;
        d.Turn(tool, Channel.Roll, angle, 0.4);
        d.Turn(tool, Channel.Lie, 0.6, 0.3);
        double half = tool.Width * 0.42;
        Spot top = d.Where(ground) + new Spot(0, (ground.Kind.LiesFlat ? 0.4 : ground.Height / 2) + 0.5, -0.3);
        Spot tip = new(-half * Num.Cos(angle), -half * Num.Sin(angle) * 0.5, -half * Num.Sin(angle) * 0.3);
        double wide = Director.HalfWide(ground) * 0.7;
        d.Carry(top + tip + new Spot(-wide, 2, 0), 0.6, 1);
        int strokes = d.Random.NextInt(3, 4);
        for (int i = 0; i < strokes; i++)
        {
            if (real)
            {
                d.Turn(ground, Channel.Spread, (i + 1.0) / strokes, 0.35);
            }

            d.Carry(top + tip + new Spot(wide * ((i + 1.0) / strokes), 0, 0), 0.35);
            d.Carry(top + tip + new Spot(-wide * 0.6, i + 1 < strokes ? 0.4 : 2, 0), 0.25);
        }

        d.Move(d.Main, d.Home(d.Main), 0.6);
    }

    private static void Wipe(Director d, bool real)
    {
        Actor cloth = d[0],
            ground = d[1];
        bool grains = d.Random.NextBool(0.5);
        (string name, Rgb color) = d.Random.Pick(grains ? Substances.Granular : Substances.Liquid);
        d.Phrases.AddRange([d.Words.Any(name), d.Words.One(ground.Kind, ground.Look)]);
        cloth.Placeholder = -1;
        Spot at = d.Where(ground) with { Y = d.Where(ground).Y + (ground.Height / 2) };
        double size = Math.Min(Director.HalfWide(ground), Director.HalfDeep(ground)) * 0.6;
        var stain = new Puddle(color, ground.Look.Accent.R, grains) { At = _ => at, On = ground };
        stain.Size.Reset(size);
        d.Scene.Effects.Add(stain);
        d.Obtain(cloth);
        cloth.DrawBias = 1;
        Spot low =
            at
            + new Spot(
                0,
                real ? 0.5
                    : d.Random.NextBool() ? 2.8
                    : 0.5,
                -0.3
            );
        double wide = Director.HalfWide(ground) * 0.6;
        d.Carry(low + new Spot(-wide, 1.5, 0), 0.6, 1);
        d.Level(cloth, 0.2);
        for (int i = 0; i < 3; i++)
        {
            if (real)
            {
                stain.Opacity.To(d.Now + d.Paced(0.1), d.Paced(0.3), 1 - ((i + 1) / 3.0));
            }

            d.Carry(low + new Spot(wide, 0, 0), 0.3);
            d.Carry(low + new Spot(-wide, 0, 0), 0.3);
        }

        d.Event(real ? "wiped" : "almost", ground);
        d.Move(d.Main, d.Home(d.Main), 0.6);
    }

    private static void Scoop(Director d, bool real)
    {
        Actor source = d[0],
            tool = d[1];
        (string name, Rgb color) = d.Random.Pick(Substances.Granular);
        if (real)
        {
            Substances.FillWith(d, source, color, 0.9);
            d.Phrases.AddRange([d.Words.Any(name), d.Words.One(tool.Kind, tool.Look)]);
        }

        d.ArmFrom(d.FromSide(d.Sign()));
        d.Obtain(tool);
        double angle = d.Main.BaseAngle,
            half = tool.Width * 0.42;
        int side = Num.Cos(angle) > 0 ? 1 : -1;
        double steep = side > 0 ? -0.7 : Math.PI + 0.7,
            level = side > 0 ? 0.05 : Math.PI - 0.05;
        Spot mouth = d.Where(source) + new Spot(0, (source.Height / 2) + 0.3, -0.3);
        Spot Tip(double a) => new(-half * Num.Cos(a), -half * Num.Sin(a), 0);
        d.Turn(tool, Channel.Roll, steep, 0.4);
        d.Turn(tool, Channel.Lie, 0.25, 0.3);
        d.Carry(mouth + Tip(steep) + new Spot(0, 2.5, 0), 0.6, 1);
        d.Carry(mouth + Tip(steep) + new Spot(0, -0.8, 0), 0.3);
        tool[Channel.Roll].To(d.Now, d.Paced(0.4), level);
        d.Carry(mouth + Tip(level) + new Spot(side * 0.8, 0.2, 0), 0.4);
        if (real)
        {
            var heap = new Puddle(color, tool.Look.Accent.G, true) { At = t => HeapOn(tool, t), On = tool };
            heap.Size.To(d.Now - d.Paced(0.2), d.Paced(0.2), 1.3);
            d.Scene.Effects.Add(heap);
            source[Channel.Fill].To(d.Now - d.Paced(0.2), d.Paced(0.2), 0.75);
            d.Event("scoop", source);
        }

        d.Carry(mouth + Tip(level) + new Spot(0, d.Between(4, 7), 0), 0.5);
        d.Wait(0.3);
        if (d.Random.NextBool())
        {
            d.Move(d.Main, d.Home(d.Main), 0.6);
        }
    }

    private static Spot HeapOn(Actor tool, double time)
    {
        Pose pose = tool.At(time);
        return pose.Spot
            + new Spot(0.36 * tool.Width * Num.Cos(pose.Roll), (0.36 * tool.Width * Num.Sin(pose.Roll)) + 0.5, -0.1);
    }

    private static void Bury(Director d, bool bury)
    {
        Actor thing = d[0],
            basin = d[1];
        (string name, Rgb color) = d.Random.Pick(Substances.Granular);
        Substances.FillWith(d, basin, color, 0.9);
        d.Phrases.AddRange([d.Words.One(thing.Kind, thing.Look), d.Words.Any(name)]);
        Spot mouth = d.Where(basin) + new Spot(0, basin.Height * 0.32, 0);
        double deep = d.TallHalf(thing) + 1;
        if (bury)
        {
            d.Obtain(thing);
            d.Carry(mouth with { Y = d.Top(basin) + d.TallHalf(thing) + 1 }, 0.7, 2);
            thing.Stays.Add((d.Now, basin));
            d.Carry(mouth with { Y = d.Top(basin) + (0.3 * d.TallHalf(thing)) }, 0.3);
            d.Release();
            // The hand heaps the substance over it.
            d.Main.Take(d.Now, HandPose.Flat);
            d.Turn(thing, Channel.Y, mouth.Y - deep, 0.9);
            d.Turn(thing, Channel.Opacity, 0, 0.25, Ease.Linear, delay: 0.65);
            for (int i = 0; i < 3; i++)
            {
                d.Move(d.Main, mouth + new Spot((i % 2 == 0 ? 1 : -1) * 0.3 * basin.Width, 1.5, -0.3), 0.3);
            }

            d.Event("buried", thing);
            d.Leave();
            return;
        }

        thing.Stays.Add((double.NegativeInfinity, basin));
        Director.Place(thing, mouth with { Y = mouth.Y - deep }, 1);
        thing[Channel.Opacity].Reset(0);
        d.ArmFrom(d.AnyAngle());
        d.Main.Take(d.Now, HandPose.Open);
        d.Move(d.Main, mouth + new Spot(0, 3, 0), 0.6);
        for (int i = 0; i < 2; i++)
        {
            d.Move(d.Main, mouth + new Spot((i % 2 == 0 ? 1 : -1) * 0.25 * basin.Width, 0.5, -0.3), 0.3);
        }

        thing[Channel.Opacity].To(d.Now, d.Paced(0.2), 1);
        d.Turn(thing, Channel.Y, mouth.Y + 0.5, 0.3);
        d.Move(d.Main, d.Grip(thing, d.Main) with { Y = mouth.Y + 1.5 }, 0.3);
        d.Hold(thing);
        d.Carry(mouth with { Y = d.Top(basin) + d.TallHalf(thing) + 3 }, 0.5);
        thing.Stays.Add((d.Now, null));
        d.Event("out", thing);
        d.Move(d.Main, d.Home(d.Main), 0.6);
    }

    private static void Stuff(Director d)
    {
        Actor sheet = d[0],
            vessel = d[1];
        d.Obtain(sheet);
        Spot mouth = d.Where(vessel) with { Y = d.Top(vessel) };
        double fit = Math.Min(0.75, 0.85 * vessel.Width / Math.Max(sheet.Width, sheet.Depth));
        d.Turn(sheet, Channel.Lie, 0.2, 0.5);
        d.Carry(mouth with { Y = mouth.Y + (sheet.Depth * 0.4) + 2 }, 0.7, 2);
        // Crumpled in the hand, then pressed in.
        d.Turn(sheet, Channel.ScaleX, fit, 0.5);
        d.Turn(sheet, Channel.ScaleY, fit * 1.1, 0.5);
        d.Turn(sheet, Channel.Twist, 1.2, 0.5);
        d.Wait(0.5);
        d.GoInside(sheet, vessel);
        d.Carry(mouth with { Y = mouth.Y + 1 }, 0.3);
        for (int i = 0; i < 2; i++)
        {
            d.Carry(mouth with { Y = mouth.Y - (0.15 * vessel.Height * (i + 1)) }, 0.25);
            d.Carry(mouth with { Y = mouth.Y - (0.1 * vessel.Height * (i + 1)) }, 0.12);
        }

        d.Release();
        d.Leave();
    }

    private static void TipOut(Director d)
    {
        Actor jug = d[0],
            thing = d[1];
        string inside = d.Words.One(thing.Kind, thing.Look);
        d.Phrases.AddRange([d.Words.One(jug.Kind, jug.Look), inside, inside]);
        d.StartBeside(thing, jug, Relation.Into);
        thing.FixTo(jug, 0);
        int way = d.Sign();
        d.ArmFor(way, false);
        d.Touch(jug, -way, d.Random.Pick<HandPose>([HandPose.Grasp, HandPose.Flat]), 0.35);
        Spot at = d.Main.SpotAt(d.Now);
        d.Tilt(jug, way, 0, 0.4, d.Paced(0.45), Ease.Smooth);
        d.Move(d.Main, at + new Spot(way * 0.35 * jug.Height, 0, 0), 0.45);
        d.Event("topple", jug);
        d.Tilt(jug, way, 0.4, Math.PI / 2, 0.3, Ease.In);
        d.Physics(0.3);
        thing.Free(d.Now);
        thing.Stays.Add((d.Now, null));
        thing[Channel.Ground].Jump(d.Now, 0);
        Spot from = d.Where(thing);
        var rest = new Spot(
            from.X + (way * ((jug.Height * 0.6) + d.Between(3, 6))),
            Director.Stand(thing),
            from.Z - d.Between(0, 2)
        );
        thing[Channel.Lie].To(d.Now, 0.3, thing.Kind.LiesFlat ? 1 : 0);
        if (thing.Kind.Has(Round))
        {
            d.Roll(thing, rest, 0.6);
        }
        else
        {
            d.Slide(thing, rest, 0.4);
        }

        d.Event("out", thing);
        d.Withdraw(-way);
        d.Leave();
    }
}
