using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Dropping, throwing and things that fall by themselves.</summary>
internal static class FallingScripts
{
    private static readonly Role Any = PuttingScripts.Any;

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new(
            "Dropping [something] into [something]",
            [PuttingScripts.Thing, PuttingScripts.Vessel],
            d => Drop(d, Relation.Into)
        ),
        new(
            "Dropping [something] onto [something]",
            [Any with { MaxWidth = 11 }, PuttingScripts.Shelf],
            d => Drop(d, Relation.Onto)
        ),
        new(
            "Dropping [something] behind [something]",
            [Any with { MaxHeight = 10 }, PuttingScripts.Landmark],
            d => Drop(d, Relation.Behind)
        ),
        new(
            "Dropping [something] in front of [something]",
            [Any, PuttingScripts.Landmark],
            d => Drop(d, Relation.InFrontOf)
        ),
        new("Dropping [something] next to [something]", [Any, Any], d => Drop(d, Relation.NextTo)),
        new("Throwing [something]", [Any], d => Throw(d, Target.Away)),
        new("Throwing [something] onto a surface", [Any], d => Throw(d, Target.Surface)),
        new(
            "Throwing [something] against [something]",
            [Any with { MaxWidth = 9 }, PuttingScripts.Landmark],
            d => Throw(d, Target.Against)
        ),
        new(
            "Throwing [something] in the air and catching it",
            [Any with { MaxWidth = 12 }],
            d => Throw(d, Target.Catch)
        ),
        new(
            "Throwing [something] in the air and letting it fall",
            [Any with { MaxWidth = 12 }],
            d => Throw(d, Target.Fall)
        ),
        new("Pretending to throw [something]", [Any], d => Throw(d, Target.Pretend)),
        new("[Something] falling like a feather or paper", [new(Feathery)], Flutter),
        new("[Something] falling like a rock", [new(Graspable, Affordance.None)], Plunge),
    ];

    private enum Target
    {
        Away,
        Surface,
        Against,
        Catch,
        Fall,
        Pretend,
    }

    private static void Drop(Director d, Relation relation)
    {
        Actor actor = d[0],
            other = d[1];
        d.Obtain(actor);
        Spot to = d.Beside(actor, other, relation);
        double high = relation == Relation.Into ? d.Top(other) + d.Between(6, 9) : to.Y + d.Between(6, 10);
        d.Turn(actor, Channel.Lie, actor.Kind.LiesFlat ? 0.7 : 0, 0.4);
        d.Carry(to with { Y = high }, 0.75, 2);
        d.Wait(d.Between(0.05, 0.35));
        d.Release();
        double ground = relation == Relation.Onto ? d.Top(other) : 0;
        if (relation == Relation.Into)
        {
            d.GoInside(actor, other);
            d.Fall(actor, to with { Y = d.Floor(other) + Director.RestInside(actor, other) }, 1, 0.05);
        }
        else
        {
            actor.DrawBias = relation == Relation.Onto ? other.DrawBias + 0.4 : 0;
            d.Drop(actor, to, ground);
        }

        d.Leave();
    }

    private static void Throw(Director d, Target target)
    {
        Actor actor = d[0];
        int way = d.Sign();
        if (target == Target.Against)
        {
            // The wall stands where the throw goes.
            d.PlaceAt(d[1], way > 0 ? d.Between(0.7, 0.9) : d.Between(0.1, 0.3));
        }

        if (target is Target.Away or Target.Surface or Target.Against or Target.Pretend)
        {
            d.ArmFrom(d.Random.NextBool(0.7) ? d.FromSide(-way) : (Math.PI / 2) + (way * d.Between(-0.2, 0.5)));
        }
        else
        {
            d.ArmFrom(d.Random.NextBool(0.6) ? d.FromSide(d.Sign()) : (Math.PI / 2) + d.Between(-0.5, 0.5));
        }

        Spot table = d.Where(actor);
        d.Obtain(actor);
        double half = d.Scene.View.HalfWidth(0);
        bool sideways = target is not (Target.Catch or Target.Fall);
        var ready = new Spot(
            sideways ? -way * half * d.Between(0.25, 0.5) : d.Between(-0.25, 0.25) * half,
            d.Between(5, 8),
            d.Between(-2, 3)
        );
        d.Turn(actor, Channel.Lie, actor.Kind.LiesFlat ? 0.6 : 0, 0.3);
        d.Carry(ready, 0.6);
        // Swing back, then forward.
        d.Carry(ready + (sideways ? new Spot(-way * 4, 1, 0) : new Spot(0, -3.5, 0)), 0.3);
        Spot let = ready + (sideways ? new Spot(way * 5, 2.5, 0) : new Spot(0, 2.5, 0));
        d.Carry(let, 0.14);
        if (target == Target.Pretend)
        {
            d.Event("almost", actor);
            d.Wait(0.15);
            d.Carry(ready, 0.4);
            d.TakeBack(table);
            return;
        }

        d.Release();
        switch (target)
        {
            case Target.Away:
                d.Toss(actor, new Spot(way * (half + 16), 4, let.Z + 3), 5, 0, way * 5, land: false);
                break;
            case Target.Surface:
                d.Toss(
                    actor,
                    new Spot(let.X + (way * d.Between(10, 16)), Director.Stand(actor), let.Z + d.Between(-2, 3)),
                    3,
                    0,
                    way * 4
                );
                Settle(d, actor, way);
                break;
            case Target.Against:
                Spot wall = d.Where(d[1]);
                d.Toss(
                    actor,
                    new Spot(wall.X - (way * (Director.HalfWide(d[1]) + (actor.Width / 2))), wall.Y + 1, wall.Z - 0.2),
                    2,
                    0,
                    way * 3,
                    land: false
                );
                d.Event("hit", d[1]);
                Spot hit = d.Where(actor);
                d.Fall(actor, new Spot(hit.X - (way * d.Between(3, 6)), Director.Stand(actor), hit.Z - 1), 0, 0.1);
                break;
            case Target.Catch:
                double up = d.Between(6, 9);
                d.Toss(actor, d.Where(actor) with { Y = let.Y }, up, 0, d.Sign() * Math.PI * 2, land: false);
                d.Hold(actor);
                d.Carry(let + new Spot(0, -2.5, 0), 0.15);
                d.Wait(0.4);
                return;
            default:
                double start = d.Now;
                double apart = d.Sign() * d.Between(0, 3);
                // The hand gets out of the way while the thing is in the air.
                d.Main.MoveTo(
                    start + 0.15,
                    0.3,
                    d.Main.SpotAt(start) + new Spot(-8 * Num.Cos(d.Main.BaseAngle), -3, -3)
                );
                d.Toss(actor, new Spot(let.X + apart, Director.Stand(actor), let.Z), d.Between(5, 8), 0, d.Sign() * 4);
                Settle(d, actor, way);
                break;
        }

        d.Leave();
    }

    /// <summary>What comes down with speed goes on a little; tall things end on their side.</summary>
    private static void Settle(Director d, Actor actor, int way)
    {
        Spot at = d.Where(actor);
        if (actor.Kind.Has(Topples) && !actor.Kind.LiesFlat)
        {
            d.Topple(actor, way, 0.25);
        }
        else if (actor.Kind.Has(Round))
        {
            d.Roll(actor, at + new Spot(way * d.Between(3, 6), 0, 0), 0.6);
        }
        else
        {
            d.Slide(actor, at + new Spot(way * d.Between(0.5, 2), 0, 0), 0.25);
        }
    }

    private static Spot FromAbove(Director d, Actor actor)
    {
        Spot to = d.Where(actor);
        double high =
            (d.Scene.View.OriginY / d.Scene.View.PixelsPerCm / d.Scene.View.Tall)
            + (actor.Height * 0.5)
            + 3
            + (to.Z * 0.8);
        Director.Place(actor, to with { Y = high });
        return to;
    }

    private static void Flutter(Director d)
    {
        Actor actor = d[0];
        Spot to = FromAbove(d, actor);
        actor[Channel.Lie].Reset(0.7);
        d.Event("fall", actor);
        double from = d.Where(actor).Y,
            x = to.X;
        int side = d.Sign();
        const int Swings = 5;
        double each = d.Between(0.22, 0.3);
        for (int i = 1; i <= Swings; i++)
        {
            double u = i / (double)Swings;
            double swing = i == Swings ? 0 : side * d.Between(2.5, 5);
            side = -side;
            actor[Channel.X].To(d.Now, each, x + swing);
            actor[Channel.Y].To(d.Now, each, Num.Lerp(from, to.Y, u), Ease.Linear);
            actor[Channel.Roll].To(d.Now, each, actor[Channel.Roll].Last + (side * 0.35));
            actor[Channel.Lie].To(d.Now, each, i == Swings ? 1 : d.Between(0.45, 0.95));
            d.Physics(each);
        }

        d.Event("land", actor);
        d.Wait(0.5);
    }

    private static void Plunge(Director d)
    {
        Actor actor = d[0];
        Spot to = FromAbove(d, actor);
        d.Wait(d.Between(0.1, 0.6));
        d.Fall(actor, to, 0, Director.Bounce(actor) * 0.6);
        if (actor.Kind.Has(Topples) && d.Random.NextBool(0.5) && !actor.Kind.LiesFlat)
        {
            d.Topple(actor, d.Sign(), 0.3);
        }

        d.Wait(0.5);
    }
}
