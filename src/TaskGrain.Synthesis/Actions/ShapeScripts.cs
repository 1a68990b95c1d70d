using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Opening, covering, folding, tearing, bending, stretching, squeezing, twisting.</summary>
internal static class ShapeScripts
{
    private static readonly Role Lidded = new(Openable) { Flat = false };

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Opening [something]", [Lidded], d => Lid(d, opens: true, pretend: false)),
        new("Closing [something]", [Lidded], d => Lid(d, opens: false, pretend: false)),
        new(
            "Pretending to open [something] without actually opening it",
            [Lidded],
            d => Lid(d, opens: true, pretend: true)
        ),
        new(
            "Pretending to close [something] without actually closing it",
            [Lidded],
            d => Lid(d, opens: false, pretend: true)
        ),
        new(
            "Covering [something] with [something]",
            [PuttingScripts.Any with { MaxHeight = 8, MaxWidth = 10 }, new(Sheet) { MinWidth = 12 }],
            d => Cover(d, false)
        ),
        new("Uncovering [something]", [PuttingScripts.Any with { MaxHeight = 8, MaxWidth = 10 }], d => Cover(d, true)),
        new("Folding [something]", [new(Sheet)], d => Fold(d, 0, 1)),
        new("Unfolding [something]", [new(Sheet)], d => Fold(d, 1, 0)),
        new("Tearing [something] into two pieces", [new(Tearable)], d => Tear(d, 1)),
        new("Tearing [something] just a little bit", [new(Tearable)], d => Tear(d, 0.3)),
        new("Pretending to be tearing [something that is not tearable]", [new(Sheet)], d => Tear(d, 0)),
        new(
            "Bending [something] so that it deforms",
            [new(Bendable | Graspable) { MinWidth = 8 }],
            d => TwoEnds(d, Pair.Bend)
        ),
        new("Bending [something] until it breaks", [new(Brittle) { MinWidth = 6 }], d => TwoEnds(d, Pair.Snap)),
        new(
            "Trying to bend [something unbendable] so nothing happens",
            [new(Graspable) { MinWidth = 8, Flat = true }],
            d => TwoEnds(d, Pair.BendInVain)
        ),
        new(
            "Pulling two ends of [something] so that it gets stretched",
            [new(Stretchy)],
            d => TwoEnds(d, Pair.Stretch)
        ),
        new(
            "Pulling two ends of [something] so that it separates into two pieces",
            [new(Graspable) { MinWidth = 6, MaxHeight = 9 }],
            d => TwoEnds(d, Pair.Separate)
        ),
        new(
            "Pulling two ends of [something] but nothing happens",
            [new(Graspable) { MinWidth = 6, MaxHeight = 9 }],
            d => TwoEnds(d, Pair.PullInVain)
        ),
        new("Twisting [something]", [new(Sheet) { MinWidth = 8 }], d => TwoEnds(d, Pair.Twist)),
        new(
            "Twisting (wringing) [something] wet until water comes out",
            [new(Cloth) { MinWidth = 8 }],
            d => TwoEnds(d, Pair.Wring)
        ),
        new(
            "Pretending or trying and failing to twist [something]",
            [new(Graspable) { MinWidth = 8, MaxHeight = 9 }],
            d => TwoEnds(d, Pair.TwistInVain)
        ),
        new("Squeezing [something]", [new(Squeezable)], d => Squeeze(d, true)),
        new("Pretending to squeeze [something]", [new(Squeezable)], d => Squeeze(d, false)),
    ];

    private enum Pair
    {
        Bend,
        Snap,
        BendInVain,
        Stretch,
        Separate,
        PullInVain,
        Twist,
        Wring,
        TwistInVain,
    }

    private static void Lid(Director d, bool opens, bool pretend)
    {
        Actor actor = d[0];
        double from = opens ? 0 : 1,
            to = opens ? 1 : 0;
        if (pretend)
        {
            to = from + ((to - from) * (d.Random.NextBool() ? 0 : 0.12));
        }

        actor[Channel.Open].Reset(from);
        bool box = actor.Kind.Sprite is BoxSprite;
        d.ArmFrom(d.AnyAngle());
        Spot Cap(double open)
        {
            Spot at = d.Where(actor);
            if (box)
            {
                double a = 1.85 * open;
                return at
                    + new Spot(
                        0,
                        (actor.Height / 2) + (Num.Sin(a) * actor.Depth * 0.9),
                        ((0.5 - Num.Cos(a)) * actor.Depth) - 0.6
                    );
            }

            double aside = actor.Look.Variant % 2 == 0 ? 1 : -1;
            return at
                + new Spot(
                    aside * 0.85 * actor.Width * Math.Max(0, open - 0.35) / 0.65,
                    (actor.Height * 0.42) + (actor.Height * 0.3 * Math.Min(1, open / 0.5)),
                    -0.4
                );
        }

        d.Main.Take(d.Now, HandPose.Open);
        d.Move(d.Main, Cap(from) + new Spot(-3 * Num.Cos(d.Main.BaseAngle), 3, -0.5), 0.6);
        d.Move(d.Main, Cap(from), 0.2);
        d.Main.Take(d.Now, HandPose.Pinch);
        d.Event("grasp", actor);
        d.Wait(0.15);
        int tries = pretend ? 2 : 1;
        for (int k = 0; k < tries; k++)
        {
            const int Steps = 6;
            double time = d.Paced(pretend ? 0.4 : 0.9),
                start = d.Now;
            for (int i = 1; i <= Steps; i++)
            {
                double u = Num.Smooth(i / (double)Steps);
                actor[Channel.Open]
                    .To(start + (time * (i - 1) / Steps), time / Steps, Num.Lerp(from, to, u), Ease.Linear);
                double seen =
                    pretend && Math.Abs(to - from) < 0.01
                        ? Num.Lerp(from, from + (opens ? 0.2 : -0.2), u)
                        : Num.Lerp(from, to, u);
                d.Move(d.Main, Cap(seen), (pretend ? 0.4 : 0.9) / Steps, Ease.Linear);
            }

            if (pretend)
            {
                actor[Channel.Open].To(d.Now, d.Paced(0.3), from);
                d.Move(d.Main, Cap(from), 0.3);
            }
        }

        d.Event(
            pretend ? "almost"
                : opens ? "opened"
                : "closed",
            actor
        );
        d.Main.Take(d.Now, HandPose.Open);
        d.Wait(0.1);
        d.Leave();
    }

    private static void Cover(Director d, bool uncover)
    {
        Actor thing = d[0];
        Actor sheet = uncover ? d.Add(d.Catalogue.Draw(d.Random, Sheet, Affordance.None, k => k.Width >= 12)) : d[1];
        Spot at = d.Where(thing);
        sheet.DrawBias = 2;
        double tall = sheet.Depth * 0.78 * 0.5;
        Spot over = at with { Y = Math.Max(tall * 0.9, thing.Height - (tall * 0.4)), Z = at.Z - 0.8 };
        if (uncover)
        {
            sheet[Channel.Drape].Reset(1);
            sheet[Channel.Lie].Reset(0);
            sheet[Channel.Roll].Reset(0);
            Director.Place(sheet, over);
            d.Reach(sheet);
            d.Carry(over with { Y = over.Y + 4 }, 0.4);
            thing.DrawBias = 0;
            if (d.Random.NextBool())
            {
                d.Move(d.Main, d.Home(d.Main), 0.8);
            }
            else
            {
                Spot aside = d.FreeSpot(sheet, 1);
                d.Carry(aside with { Y = 3 }, 0.6, 2);
                d.Turn(sheet, Channel.Drape, 0, 0.3);
                d.Turn(sheet, Channel.Lie, 1, 0.3);
                d.Carry(aside, 0.3);
                d.Release();
                d.Leave();
            }

            return;
        }

        d.Obtain(sheet);
        d.Turn(sheet, Channel.Drape, 1, 0.5);
        d.Turn(sheet, Channel.Lie, 0, 0.5);
        d.Turn(sheet, Channel.Roll, Math.Round(sheet[Channel.Roll].Last / Math.PI) * Math.PI, 0.5);
        d.Carry(over with { Y = over.Y + 7 }, 0.7, 2);
        d.Carry(over, 0.5);
        d.Release();
        d.Event("covered", thing);
        d.Leave();
    }

    private static void Fold(Director d, double from, double to)
    {
        Actor sheet = d[0];
        double roll = d.Between(-0.35, 0.35);
        sheet[Channel.Roll].Reset(roll);
        sheet[Channel.Fold].Reset(from);
        sheet.DrawBias = 1;
        d.ArmFrom(d.AnyAngle());
        Spot Edge(double fold)
        {
            double w = sheet.Width * 0.46,
                a = Math.PI * fold;
            Spot at = d.Where(sheet);
            return at
                + new Spot(
                    w * Num.Cos(a) * Num.Cos(roll),
                    0.5 + (w * Num.Sin(a) * 0.5),
                    (w * Num.Cos(a) * Num.Sin(roll)) - 0.5
                );
        }

        d.Main.Take(d.Now, HandPose.Open);
        d.Move(d.Main, Edge(from) + new Spot(2, 2, -0.5), 0.6);
        d.Move(d.Main, Edge(from), 0.2);
        d.Main.Take(d.Now, HandPose.Pinch);
        d.Wait(0.12);
        const int Steps = 6;
        double start = d.Now,
            time = d.Paced(1.0);
        for (int i = 1; i <= Steps; i++)
        {
            double u = Num.Lerp(from, to, Num.Smooth(i / (double)Steps));
            sheet[Channel.Fold].To(start + (time * (i - 1) / Steps), time / Steps, u, Ease.Linear);
            d.Move(d.Main, Edge(u), 1.0 / Steps, Ease.Linear);
        }

        d.Main.Take(d.Now, HandPose.Flat);
        d.Wait(0.2);
        d.Leave();
    }

    /// <summary>Two hands take hold of the left and the right end.</summary>
    private static (Spot Centre, double Half) TakeBothEnds(Director d, Actor actor, double inner = 0.42)
    {
        d.ArmFrom(d.Between(0, 0.7));
        Spot at = d.Where(actor);
        actor[Channel.Roll].Reset(actor.Kind.LiesFlat ? d.Between(-0.12, 0.12) : 0);
        double half = actor.Width * inner;
        d.Main.Take(d.Now, HandPose.Open);
        d.Other.Take(d.Now, HandPose.Open);
        Spot left = at + new Spot(-half, 0.3, -0.3),
            right = at + new Spot(half, 0.3, -0.3);
        Both(d, left + new Spot(-3, 1.5, 0), right + new Spot(3, 1.5, 0), 0.6);
        Both(d, left, right, 0.2);
        d.Main.Take(d.Now, HandPose.Pinch);
        d.Other.Take(d.Now, HandPose.Pinch);
        d.Wait(0.12);
        d.Hold(actor, d.Main, carries: false);
        d.Hold(actor, d.Other, carries: false);
        double up = d.Random.NextBool(0.7) ? d.Between(3, 6) : 0.5;
        Spot centre = at with { Y = at.Y + up };
        double lift = d.Paced(0.5);
        actor[Channel.Y].To(d.Now, lift, centre.Y);
        if (actor.Kind.LiesFlat)
        {
            actor[Channel.Lie].To(d.Now, lift, 1 - (up / 6));
        }

        Both(d, centre + new Spot(-half, 0, -0.3), centre + new Spot(half, 0, -0.3), 0.5);
        return (centre, half);
    }

    private static void Both(Director d, Spot left, Spot right, double seconds)
    {
        d.Main.Used = d.Other.Used = true;
        double start = d.Spend(seconds);
        d.Main.MoveTo(start, d.Paced(seconds), left);
        d.Other.MoveTo(start, d.Paced(seconds), right);
    }

    private static void LetGo(Director d, Actor actor, double y)
    {
        if (d.Random.NextBool(0.5))
        {
            double down = d.Paced(0.4);
            actor[Channel.Y].To(d.Now, down, y);
            if (actor.Kind.LiesFlat)
            {
                actor[Channel.Lie].To(d.Now, down, 1);
            }

            Spot a = d.Main.SpotAt(d.Now),
                b = d.Other.SpotAt(d.Now);
            Both(d, a with { Y = y + 0.3 }, b with { Y = y + 0.3 }, 0.4);
            d.Release();
            d.Release(d.Other);
            d.LeaveBoth();
        }
        else
        {
            d.Wait(0.3);
        }
    }

    private static void Tear(Director d, double part)
    {
        Actor sheet = d[0];
        double rest = d.Where(sheet).Y;
        var (centre, half) = TakeBothEnds(d, sheet, 0.3);
        double apart = part >= 1 ? 1.5 : 0.4;
        if (part > 0)
        {
            sheet[Channel.Tear].To(d.Now, d.Paced(0.9), part >= 1 ? 1 : part, Ease.Smooth);
            Both(d, centre + new Spot(-half - apart, 1.2, -0.3), centre + new Spot(half + apart, 1.2, -0.3), 0.9);
            d.Event("torn", sheet);
            if (part >= 1)
            {
                // The pieces part.
                sheet[Channel.Tear].To(d.Now, 0.05, 0, Ease.Step);
                sheet[Channel.Split].To(d.Now, d.Paced(0.4), 5);
                Both(d, centre + new Spot(-half - 4, 0.5, -0.3), centre + new Spot(half + 4, 0.5, -0.3), 0.4);
            }
        }
        else
        {
            for (int i = 0; i < 2; i++)
            {
                sheet[Channel.Twist].To(d.Now, d.Paced(0.25), 0.25);
                Both(d, centre + new Spot(-half - 0.5, 1, -0.3), centre + new Spot(half + 0.5, -0.6, -0.3), 0.25);
                sheet[Channel.Twist].To(d.Now, d.Paced(0.25), 0);
                Both(d, centre + new Spot(-half, 0, -0.3), centre + new Spot(half, 0, -0.3), 0.25);
            }

            d.Event("almost", sheet);
        }

        LetGo(d, sheet, rest);
    }

    private static void TwoEnds(Director d, Pair pair)
    {
        Actor actor = d[0];
        double rest = d.Where(actor).Y;
        var (centre, half) = TakeBothEnds(d, actor);
        Spot left = centre + new Spot(-half, 0, -0.3),
            right = centre + new Spot(half, 0, -0.3);
        switch (pair)
        {
            case Pair.Bend:
            case Pair.Snap:
                actor[Channel.Bend].To(d.Now, d.Paced(0.8), pair == Pair.Bend ? d.Between(1.3, 2) : 0.7);
                Both(
                    d,
                    left + new Spot(0.16 * half, -0.4 * half, 0),
                    right + new Spot(-0.16 * half, -0.4 * half, 0),
                    0.8
                );
                if (pair == Pair.Snap)
                {
                    d.Event("break", actor);
                    actor[Channel.Bend].To(d.Now, 0.05, 0, Ease.Linear);
                    if (actor.Kind.Sprite is LongSprite)
                    {
                        actor[Channel.Break].To(d.Now, 0.08, 1.0, Ease.Out);
                    }

                    actor[Channel.Split].To(d.Now, d.Paced(0.4), 4);
                    Both(d, left + new Spot(-2.2, -0.4 * half, 0), right + new Spot(2.2, -0.4 * half, 0), 0.4);
                }
                else if (d.Random.NextBool())
                {
                    actor[Channel.Bend].To(d.Now, d.Paced(0.5), 0.4);
                    Both(d, left, right, 0.5);
                }

                break;
            case Pair.Stretch:
                for (int i = 0; i < 2; i++)
                {
                    double more = d.Between(0.35, 0.6);
                    actor[Channel.ScaleX].To(d.Now, d.Paced(0.55), 1 + more);
                    actor[Channel.ScaleY].To(d.Now, d.Paced(0.55), 1 - (0.4 * more));
                    Both(d, left + new Spot(-half * more, 0, 0), right + new Spot(half * more, 0, 0), 0.55);
                    actor[Channel.ScaleX].To(d.Now, d.Paced(0.4), 1);
                    actor[Channel.ScaleY].To(d.Now, d.Paced(0.4), 1);
                    Both(d, left, right, 0.4);
                }

                break;
            case Pair.Separate:
                Strain(d, actor, left, right);
                d.Event("separate", actor);
                actor[Channel.Split].To(d.Now, d.Paced(0.35), 8, Ease.Out);
                Both(d, left + new Spot(-4, 0, 0), right + new Spot(4, 0, 0), 0.35);
                d.Wait(0.2);
                break;
            case Pair.PullInVain:
                Strain(d, actor, left, right);
                Strain(d, actor, left, right);
                break;
            case Pair.Twist:
            case Pair.Wring:
                if (pair == Pair.Wring)
                {
                    Func<double, Spot> from = t => actor.At(t).Spot + new Spot(0, -1.5, -0.2);
                    Rgb water = Substances.Liquid[0].Color;
                    double on = d.Now + d.Paced(0.6),
                        off = d.Now + d.Paced(1.7);
                    d.Scene.Effects.Add(
                        new Pour(water, on, off, true, actor.Look.Color.Color.R)
                        {
                            From = from,
                            To = t => from(t) with { Y = 0 },
                        }
                    );
                    var puddle = new Puddle(water, 7, false) { At = _ => new Spot(centre.X, 0, centre.Z) };
                    puddle.Size.To(on + 0.2, Math.Max(0.3, off - on), d.Between(2.5, 4));
                    d.Scene.Effects.Add(puddle);
                }

                d.Main.Turn.To(d.Now, d.Paced(1.5), 0.5);
                d.Other.Turn.To(d.Now, d.Paced(1.5), -0.5);
                actor[Channel.Twist].To(d.Now, d.Paced(1.5), d.Between(2.2, 3));
                Both(d, left + new Spot(0.15 * half, 0.5, 0), right + new Spot(-0.15 * half, -0.5, 0), 1.5);
                d.Wait(0.2);
                break;
            default:
                for (int i = 0; i < 2; i++)
                {
                    bool twist = pair == Pair.TwistInVain;
                    d.Main.Turn.To(d.Now, d.Paced(0.35), twist ? 0.45 : 0.12);
                    d.Other.Turn.To(d.Now, d.Paced(0.35), twist ? -0.45 : -0.12);
                    double sag = twist ? 0.1 : -0.35;
                    Both(d, left + new Spot(0, sag, 0), right + new Spot(0, sag, 0), 0.35);
                    d.Main.Turn.To(d.Now, d.Paced(0.3), 0);
                    d.Other.Turn.To(d.Now, d.Paced(0.3), 0);
                    Both(d, left, right, 0.3);
                }

                break;
        }

        LetGo(d, actor, rest);
    }

    /// <summary>Both hands pull; the thing only gives a hair.</summary>
    private static void Strain(Director d, Actor actor, Spot left, Spot right)
    {
        actor[Channel.ScaleX].To(d.Now, d.Paced(0.3), 1.025);
        Both(d, left + new Spot(-0.35, 0, 0), right + new Spot(0.35, 0, 0), 0.3);
        actor[Channel.ScaleX].To(d.Now, d.Paced(0.25), 1);
        Both(d, left, right, 0.25);
    }

    private static void Squeeze(Director d, bool real)
    {
        Actor actor = d[0];
        d.Reach(actor);
        Spot at = d.Where(actor);
        if (d.Random.NextBool())
        {
            d.Carry(at with { Y = at.Y + d.Between(3, 6) }, 0.5);
        }

        int times = d.Random.NextInt(2, 3);
        for (int i = 0; i < times; i++)
        {
            d.Main.Take(d.Now, HandPose.Fist);
            if (real)
            {
                d.Turn(actor, Channel.Squeeze, d.Between(0.6, 0.95), 0.25);
            }

            d.Wait(0.35);
            d.Main.Take(d.Now, Director.GripPose(actor));
            d.Turn(actor, Channel.Squeeze, 0, 0.2);
            d.Wait(0.25);
        }

        d.Carry(at, 0.4);
        d.Release();
        d.Leave();
    }
}
