using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Poking, tipping over, standing up and laying down, hitting, touching parts, stacks.</summary>
internal static class PokingScripts
{
    private static readonly Role Any = PuttingScripts.Any;
    private static readonly Role Tall = new(Topples);

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Poking [something] so that it falls over", [Tall], d => Poke(d, Outcome.Falls)),
        new("Poking [something] so it slightly moves", [Any], d => Poke(d, Outcome.Moves)),
        new("Poking [something] so lightly that it doesn't or almost doesn't move", [Any], d => Poke(d, Outcome.Still)),
        new("Pretending to poke [something]", [Any], d => Poke(d, Outcome.Misses)),
        new("Tipping [something] over", [Tall], TipOver),
        new("Laying [something] on the table on its side, not upright", [Tall], d => Upright(d, Stance.Lays)),
        new("Putting [something] upright on the table", [Tall], d => Upright(d, Stance.Stands)),
        new(
            "Putting [something that cannot actually stand upright] upright on the table, so it falls on its side",
            [Tall],
            d => Upright(d, Stance.Falls)
        ),
        new(
            "Turning [something] upside down",
            [new(Graspable) { Flat = false, MaxWidth = 12 }],
            d => UpsideDown(d, false)
        ),
        new(
            "Pretending to turn [something] upside down",
            [new(Graspable) { Flat = false, MaxWidth = 12 }],
            d => UpsideDown(d, true)
        ),
        new("Hitting [something] with [something]", [Any, new(Graspable | Long)], Hit),
        new("Touching (without moving) [part] of [something]", [Any], d => Part(d, false)) { OwnWords = true },
        new("Moving [part] of [something]", [new(Graspable | Openable)], d => Part(d, true)) { OwnWords = true },
        new("Stacking [number of] [something]", [new(Stacks)], d => Stack(d, fromTable: true)) { OwnWords = true },
        new("Putting [number of] [something] onto [something]", [new(Stacks | Small), PuttingScripts.Shelf], PutNumber)
        {
            OwnWords = true,
        },
        new("Piling [something] up", [new(Stacks)], d => Stack(d, fromTable: false)) { OwnWords = true },
        new(
            "Poking a stack of [something] so the stack collapses",
            [new(Stacks) { MaxHeight = 7 }],
            d => PokeStack(d, true)
        )
        {
            OwnWords = true,
        },
        new(
            "Poking a stack of [something] without the stack collapsing",
            [new(Stacks) { MaxHeight = 7 }],
            d => PokeStack(d, false)
        )
        {
            OwnWords = true,
        },
        new("Poking a hole into [something soft]", [new(Squeezable, Container)], d => Hole(d, false)),
        new("Poking a hole into [some substance]", [new(Container) { MinWidth = 8, Flat = false }], d => Hole(d, true))
        {
            OwnWords = true,
        },
    ];

    private enum Outcome
    {
        Falls,
        Moves,
        Still,
        Misses,
    }

    private enum Stance
    {
        Stands,
        Lays,
        Falls,
    }

    private static void Poke(Director d, Outcome outcome)
    {
        Actor actor = d[0];
        int way = d.Sign();
        d.ArmFor(way, false);
        Spot contact = d.SideOf(actor, -way, outcome == Outcome.Falls ? 0.32 : d.Between(0.05, 0.35));
        if (outcome == Outcome.Misses)
        {
            contact += new Spot(-way * d.Between(1.2, 2.5), 0, 0);
        }

        d.Main.Take(d.Now, HandPose.Point);
        d.Move(d.Main, contact + new Spot(-way * 5, 1, -0.5), 0.6);
        int pokes = outcome == Outcome.Still ? d.Random.NextInt(1, 2) : 1;
        for (int i = 0; i < pokes; i++)
        {
            d.Move(d.Main, contact, 0.22);
            d.Event(outcome == Outcome.Misses ? "almost" : "touch", actor);
            switch (outcome)
            {
                case Outcome.Falls:
                    Spot push = d.Main.SpotAt(d.Now) + new Spot(way * 2.5, 0, 0);
                    d.Main.MoveTo(d.Now, 0.2, push);
                    d.Topple(actor, way, 0.45);
                    break;
                case Outcome.Moves:
                    d.PushTo(
                        actor,
                        d.Where(actor) + new Spot(way * d.Between(1.2, 2.4), 0, d.Between(-0.4, 0.4)),
                        0.16
                    );
                    break;
                default:
                    d.Wait(0.1);
                    break;
            }

            d.Withdraw(-way);
        }

        d.Leave();
    }

    private static void TipOver(Director d)
    {
        Actor actor = d[0];
        int way = d.Sign();
        d.ArmFor(way, false);
        d.Touch(actor, -way, d.Random.Pick<HandPose>([HandPose.Grasp, HandPose.Flat, HandPose.Fist]), 0.35);
        Spot at = d.Main.SpotAt(d.Now);
        double lean = d.Paced(0.5);
        d.Tilt(actor, way, 0, 0.35, lean, Ease.Smooth);
        d.Move(d.Main, at + new Spot(way * 0.33 * actor.Height, -0.05 * actor.Height, 0), 0.5);
        // The rest is gravity's.
        double from = d.Now;
        d.Main.MoveTo(from, 0.2, d.Main.SpotAt(from) + new Spot(way * 1.5, 0, 0));
        d.Event("topple", actor);
        d.Tilt(actor, way, 0.35, Math.PI / 2, 0.32, Ease.In);
        d.Physics(0.32);
        d.Event("land", actor);
        d.Withdraw(-way);
        d.Leave();
    }

    private static void Upright(Director d, Stance stance)
    {
        Actor actor = d[0];
        Spot stand = d.Where(actor);
        int way = d.Sign();
        Spot side = stand with { Y = Director.OnSide(actor) };
        d.Obtain(actor);
        double upright = actor[Channel.Roll].Last,
            lying = upright - (way * Math.PI / 2);
        if (stance == Stance.Lays)
        {
            d.Carry(stand with { Y = stand.Y + 3 }, 0.6, 2);
            d.Turn(actor, Channel.Roll, lying, 0.5);
            actor[Channel.Roll].To(d.Now, d.Paced(0.5), lying);
            d.Carry(side with { Y = side.Y + 1 }, 0.55);
            d.Carry(side, 0.2);
            d.Release();
            d.Leave();
            return;
        }

        d.Carry(stand with { Y = stand.Y + 2 }, 0.6, 2);
        d.Carry(stand, 0.3);
        d.Wait(0.12);
        d.Release();
        d.Event("placed", actor);
        if (stance == Stance.Falls)
        {
            d.Physics(0.08);
            d.Topple(actor, way, 0.5);
        }

        d.Leave();
    }

    private static void UpsideDown(Director d, bool pretend)
    {
        Actor actor = d[0];
        Spot at = d.Where(actor);
        int way = d.Sign();
        d.Obtain(actor);
        d.Carry(at with { Y = at.Y + 4.5 }, 0.5);
        double roll = actor[Channel.Roll].Last;
        double to = roll - (way * Math.PI * (pretend ? d.Between(0.12, 0.24) : 1));
        actor[Channel.Roll].To(d.Now, d.Paced(0.6), to);
        d.Main.Turn.To(d.Now, d.Paced(0.6), -way * (pretend ? 0.25 : 0.9));
        d.Carry(at with { Y = at.Y + 4.5 }, 0.6);
        if (pretend)
        {
            d.Wait(0.15);
            d.Event("almost", actor);
            actor[Channel.Roll].To(d.Now, d.Paced(0.4), roll);
            d.Main.Turn.To(d.Now, d.Paced(0.4), 0);
        }

        d.Carry(at with { Y = at.Y + 0.2 }, 0.5);
        d.Carry(at, 0.1);
        d.Release();
        d.Leave();
    }

    private static void Hit(Director d)
    {
        Actor actor = d[0],
            tool = d[1];
        int way = d.Sign();
        d.ArmFrom((Math.PI / 2) - (way * d.Between(0, 0.9)));
        d.Reach(tool);
        double rest = way > 0 ? 0.9 : Math.PI - 0.9,
            strike = way > 0 ? 0.15 : Math.PI - 0.15;
        d.Turn(tool, Channel.Roll, rest, 0.4);
        d.Turn(tool, Channel.Lie, 0.15, 0.4);
        double half = tool.Width / 2 * 0.8;
        Spot on = d.Where(actor) + new Spot(0, actor.Kind.LiesFlat ? 1.2 : actor.Height * 0.55, -0.5);
        Spot ready = on + new Spot(-way * half * 0.9, 3.5, -0.5);
        d.Carry(ready, 0.6, 2);
        int hits = d.Random.NextInt(2, 4);
        for (int i = 0; i < hits; i++)
        {
            d.Turn(tool, Channel.Roll, strike, 0.13, Ease.In);
            d.Carry(on + new Spot(-way * half * Num.Cos(0.15), 0.6 - (half * Num.Sin(0.15)), -0.5), 0.13);
            d.Event("hit", actor);
            Spot at = d.Where(actor);
            actor[Channel.Y].To(d.Now, 0.05, at.Y + 0.35, Ease.Out);
            actor[Channel.Y].To(d.Now + 0.05, 0.06, at.Y, Ease.In);
            d.Turn(tool, Channel.Roll, rest, 0.2);
            d.Carry(ready, 0.2);
        }

        d.TakeBack(ready + new Spot(-way * 3, -ready.Y + 0.6, -3));
    }

    private static void Part(Director d, bool moves)
    {
        Actor actor = d[0];
        d.Phrases.AddRange([d.Words.Part(actor.Kind), d.Words.One(actor.Kind, actor.Look)]);
        d.Main.Take(d.Now, HandPose.Point);
        Spot top =
            d.Where(actor)
            + new Spot(d.Between(-0.3, 0.3) * actor.Width, actor.Kind.LiesFlat ? 0.5 : 0.45 * actor.Height, -0.5);
        d.Move(d.Main, top + new Spot(-4 * Num.Cos(d.Main.BaseAngle), 2.5, -1), 0.6);
        d.Move(d.Main, top, 0.2);
        d.Event("touch", actor);
        if (moves)
        {
            for (int i = 0; i < 2; i++)
            {
                double open = d.Between(0.18, 0.35);
                actor[Channel.Open].To(d.Now, d.Paced(0.35), open);
                if (actor.Kind.Sprite is not (BoxSprite or LatheSprite))
                {
                    actor[Channel.Bend].To(d.Now, d.Paced(0.35), 0.35);
                }

                d.Move(d.Main, top + new Spot(0, 2, 0), 0.35);
                actor[Channel.Open].To(d.Now, d.Paced(0.35), 0);
                actor[Channel.Bend].To(d.Now, d.Paced(0.35), 0);
                d.Move(d.Main, top, 0.35);
            }
        }
        else
        {
            d.Wait(d.Between(0.3, 0.7));
        }

        d.Leave();
    }

    private static double Layer(Actor actor) => actor.Kind.LiesFlat ? Math.Max(0.35, actor.Height) : actor.Height;

    /// <summary>Stands a column of a kind on the table before the clip.</summary>
    private static List<Actor> Column(Director d, Actor first, int count)
    {
        var column = new List<Actor> { first };
        Spot at = d.Where(first);
        for (int i = 1; i < count; i++)
        {
            Actor next = d.Add(first.Kind, first.Width / first.Kind.Width, d.Random.NextBool(0.5) ? first.Look : null);
            next.DrawBias = 0.1 * i;
            Director.Place(next, at + new Spot(d.Between(-0.25, 0.25), i * Layer(first), 0), i * Layer(first));
            column.Add(next);
        }

        return column;
    }

    private static void Stack(Director d, bool fromTable)
    {
        Actor first = d[0];
        int count = Layer(first) > 6 ? 2 : d.Random.NextInt(2, 4);
        if (fromTable)
        {
            d.Phrases.AddRange([d.Words.Number(count), d.Words.Many(first.Kind)]);
        }
        else
        {
            d.Phrases.Add(d.Words.Many(first.Kind));
        }

        Spot at = d.Where(first);
        // The others lie about, or come from outside one by one.
        var others = new List<Actor>();
        for (int i = 1; i < count; i++)
        {
            Actor next = d.Add(first.Kind, first.Width / first.Kind.Width, d.Random.NextBool(0.5) ? first.Look : null);
            d.PlaceFree(next, 0.7, 0.5);
            next.DrawBias = 0.1 * i;
            others.Add(next);
        }

        for (int i = 0; i < others.Count; i++)
        {
            Actor next = others[i];
            Spot to =
                at + new Spot(d.Between(fromTable ? -0.3 : -1.2, fromTable ? 0.3 : 1.2), (i + 1) * Layer(first), -0.02);
            d.Reach(next);
            next[Channel.Ground].To(d.Now, d.Paced(0.4), (i + 1) * Layer(first));
            d.Carry(to with { Y = to.Y + 1.2 }, 0.45, 1.5);
            d.Carry(to, 0.15);
            d.Release();
            d.Event("placed", next);
        }

        d.Leave();
    }

    private static void PutNumber(Director d)
    {
        Actor first = d[0],
            shelf = d[1];
        int count = d.Random.NextInt(2, 3);
        d.Phrases.AddRange([d.Words.Number(count), d.Words.Many(first.Kind), d.Words.One(shelf.Kind, shelf.Look)]);
        var things = new List<Actor> { first };
        for (int i = 1; i < count; i++)
        {
            Actor next = d.Add(first.Kind, first.Width / first.Kind.Width, d.Random.NextBool(0.5) ? first.Look : null);
            d.PlaceFree(next, 0.7, 0.5);
            things.Add(next);
        }

        for (int i = 0; i < count; i++)
        {
            Actor next = things[i];
            double across = ((i + 0.5) / count) - 0.5;
            Spot to = d.Where(shelf) + new Spot(across * shelf.Width * 0.8, 0, -0.05);
            to = to with { Y = d.Top(shelf) + Director.Stand(next) };
            next.DrawBias = 0.5;
            d.Reach(next);
            next[Channel.Ground].To(d.Now, d.Paced(0.4), d.Top(shelf));
            d.Carry(to with { Y = to.Y + 1.5 }, 0.45, 1.5);
            d.Carry(to, 0.15);
            d.Release();
            d.Event("placed", next);
        }

        d.Leave();
    }

    private static void PokeStack(Director d, bool collapses)
    {
        Actor first = d[0];
        d.Phrases.Add(d.Words.Many(first.Kind));
        int count = Layer(first) > 5 ? 2 : d.Random.NextInt(3, 4);
        List<Actor> column = Column(d, first, count);
        int way = d.Sign();
        d.ArmFor(way, false);
        Actor struck = column[collapses ? column.Count / 2 : d.Random.NextInt(column.Count)];
        Spot contact = d.SideOf(struck, -way, 0);
        d.Main.Take(d.Now, HandPose.Point);
        d.Move(d.Main, contact + new Spot(-way * 5, 1, -0.5), 0.6);
        d.Move(d.Main, contact, 0.22);
        d.Event("touch", struck);
        if (collapses)
        {
            d.Main.MoveTo(d.Now, 0.15, contact + new Spot(way * 3, 0, 0));
            double start = d.Now,
                longest = start;
            for (int i = 0; i < column.Count; i++)
            {
                Actor piece = column[i];
                if (i == 0)
                {
                    d.Slide(piece, d.Where(piece) + new Spot(way * 0.8, 0, 0), 0.2, Ease.Out, advance: false);
                    continue;
                }

                d.Now = start + (0.04 * i);
                double out_ = (piece.Width * 0.6) + (i * d.Between(1.5, 3));
                double roll = piece[Channel.Roll].Last;
                piece[Channel.Roll]
                    .To(
                        d.Now,
                        0.3,
                        piece.Kind.LiesFlat ? roll + d.Between(-0.8, 0.8) : roll - (way * Math.PI / 2),
                        Ease.In
                    );
                double rest = piece.Kind.LiesFlat ? Director.Stand(piece) : Director.OnSide(piece);
                d.Fall(
                    piece,
                    new Spot(d.Where(piece).X + (way * out_), rest, d.Where(piece).Z - d.Between(-2, 2)),
                    0,
                    0.1
                );
                longest = Math.Max(longest, d.Now);
            }

            d.Now = longest;
        }
        else
        {
            double x = d.Where(struck).X;
            struck[Channel.X].To(d.Now, 0.1, x + (way * 0.3), Ease.Out);
            d.Wait(0.2);
        }

        d.Withdraw(-way);
        d.Leave();
    }

    private static void Hole(Director d, bool substance)
    {
        Actor actor = d[0];
        if (substance)
        {
            (string name, Rgb color) = d.Random.Pick(Substances.Granular);
            Substances.FillWith(d, actor, color, 0.95);
            d.Phrases.Add(d.Words.Any(name));
        }

        Spot top =
            d.Where(actor) + new Spot(0, actor.Kind.LiesFlat ? 0.3 : (actor.Height / 2) - (substance ? 0.8 : 0), -0.3);
        d.ArmFrom(d.AnyAngle());
        d.Main.Take(d.Now, HandPose.Point);
        d.Move(d.Main, top + new Spot(-3 * Num.Cos(d.Main.BaseAngle), 4, 0), 0.6);
        d.Move(d.Main, top, 0.25);
        d.Event("poke", actor);
        actor[Channel.Hole].To(d.Now, d.Paced(0.2), 1);
        d.Move(d.Main, top + new Spot(0, -0.8, 0), 0.2);
        d.Wait(0.15);
        d.Leave();
    }
}
