using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Putting, pretending to put, and putting that goes wrong.</summary>
internal static class PuttingScripts
{
    /// <summary>An object that goes into a container.</summary>
    internal static readonly Role Thing = new(Graspable | Small) { MaxWidth = 16 };

    /// <summary>Any object that a hand puts somewhere.</summary>
    internal static readonly Role Any = new(Graspable) { MaxWidth = 15.5 };

    internal static readonly Role Vessel = new(Container);

    internal static readonly Role Shelf = new(Support) { MinWidth = 6 };

    /// <summary>Something that others go behind or in front of.</summary>
    internal static readonly Role Landmark = new(Graspable | Big);

    /// <summary>Something that a small object fits underneath.</summary>
    internal static readonly Role Roof = new(Graspable, Round | Long) { MinWidth = 9, MinDepth = 4.5 };

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        Put("Putting [something] into [something]", Thing, Vessel, Relation.Into),
        Put("Putting [something] onto [something]", Any with { MaxWidth = 12 }, Shelf, Relation.Onto),
        Put("Putting [something] behind [something]", Any with { MaxHeight = 10 }, Landmark, Relation.Behind),
        Put("Putting [something] in front of [something]", Any, Landmark, Relation.InFrontOf),
        Put("Putting [something] next to [something]", Any, Any, Relation.NextTo),
        new("Putting [something] on a surface", [Any], d => Put(d, Relation.OnTable, false)),
        Pretend("Pretending to put [something] into [something]", Thing, Vessel, Relation.Into),
        Pretend("Pretending to put [something] onto [something]", Any with { MaxWidth = 12 }, Shelf, Relation.Onto),
        Pretend(
            "Pretending to put [something] behind [something]",
            Any with
            {
                MaxHeight = 10,
            },
            Landmark,
            Relation.Behind
        ),
        Pretend("Pretending to put [something] next to [something]", Any, Any, Relation.NextTo),
        new("Pretending to put [something] on a surface", [Any], d => Put(d, Relation.OnTable, true)),
        new(
            "Putting [something] underneath [something]",
            [Thing with { MaxHeight = 3.5, MaxWidth = 14 }, Roof],
            d => Underneath(d, false)
        ),
        new(
            "Pretending to put [something] underneath [something]",
            [Thing with { MaxHeight = 3.5, MaxWidth = 14 }, Roof],
            d => Underneath(d, true)
        ),
        new("Putting [something] and [something] on the table", [Any, Any], d => PutSeveral(d, 2)),
        new("Putting [something], [something] and [something] on the table", [Any, Any, Any], d => PutSeveral(d, 3)),
        new(
            "Failing to put [something] into [something] because [something] does not fit",
            [new(Graspable, Sheet) { MinWidth = 9 }, new(Container) { MaxWidth = 8 }],
            FailToFit
        )
        {
            OwnWords = true,
        },
        new(
            "Putting [something] on the edge of [something] so it is not supported and falls down",
            [new(Graspable, Sheet) { MaxWidth = 10 }, Shelf with { MinHeight = 2 }],
            OnEdge
        ),
        new(
            "Putting [something] onto [something else that cannot support it] so it falls down",
            [new(Graspable, Sheet) { MaxWidth = 12 }, new(Graspable | Topples)],
            NotSupported
        ),
    ];

    private static ActionScript Put(string template, Role what, Role where, Relation relation) =>
        new(template, [what, where], d => Put(d, relation, false));

    private static ActionScript Pretend(string template, Role what, Role where, Relation relation) =>
        new(template, [what, where], d => Put(d, relation, true));

    private static void Put(Director d, Relation relation, bool pretend)
    {
        Actor actor = d[0];
        Actor? other = d.Cast.Count > 1 ? d[1] : null;
        Spot home = d.Where(actor);
        d.Obtain(actor);
        d.BringTo(actor, other, relation);
        if (pretend)
        {
            d.Wait(d.Between(0.1, 0.3));
            d.Event("almost", actor);
            d.TakeBack(home);
            return;
        }

        d.SetDown(actor, other, relation);
        d.Leave();
    }

    private static void PutSeveral(Director d, int count)
    {
        // All come from outside, one after another.
        for (int i = 0; i < count; i++)
        {
            Spot to = d.Where(d[i]);
            d.BringFromOutside(d[i]);
            d.Carry(to with { Y = to.Y + 0.2 }, 0.5, 1.5);
            d.Level(d[i], 0.2);
            d.SetDownAt(d[i], to, 0);
            if (i + 1 < count)
            {
                d.Move(d.Main, d.Home(d.Main), 0.4);
            }
        }

        d.Leave();
    }

    private static void Underneath(Director d, bool pretend)
    {
        Actor small = d[0],
            roof = d[1];
        Spot home = d.Where(small);
        Spot under = d.Beside(small, roof, Relation.Underneath);
        Spot at = d.Where(roof);
        // The other hand lifts one end of the roof; the small thing goes in below from its own side.
        d.Reach(roof, d.Other);
        double roll = roof[Channel.Roll].Last;
        d.Carry(at with { Y = at.Y + 3 + small.Height }, 0.3, 0, d.Other);
        d.Obtain(small, mayComeFromOutside: false);
        d.Carry(under with { Y = under.Y + 0.4, Z = under.Z - 2 - Director.HalfDeep(roof) }, 0.5, 2);
        d.Level(small, 0.2);
        if (pretend)
        {
            d.Wait(0.2);
            d.Event("almost", small);
            d.Carry(home, 0.5, 1);
        }
        else
        {
            d.Carry(under, 0.35);
        }

        d.Release();
        d.Leave();
        d.Carry(at with { Y = at.Y + (pretend ? 0 : 0.4) }, 0.3, 0, d.Other);
        roof[Channel.Roll].To(d.Now, 0.1, roll);
        d.Release(d.Other);
        d.Event("covered", small);
        d.Leave(d.Other);
    }

    private static void FailToFit(Director d)
    {
        Actor thing = d[0],
            vessel = d[1];
        Spot home = d.Where(thing);
        d.NameThingVesselThing(thing, vessel);
        d.Obtain(thing);
        Spot mouth = d.Where(vessel) with { Y = d.Top(vessel) + (d.TallHalf(thing) * 1.02) };
        d.Carry(mouth with { Y = mouth.Y + 2.5 }, 0.6, 3);
        int pushes = d.Random.NextInt(2, 3);
        for (int i = 0; i < pushes; i++)
        {
            d.Carry(mouth with { X = mouth.X + d.Between(-0.6, 0.6) }, 0.2);
            d.Turn(thing, Channel.Roll, thing[Channel.Roll].Last + d.Between(-0.2, 0.2), 0.2);
            d.Carry(mouth with { Y = mouth.Y + 1.2 }, 0.2);
        }

        d.TakeBack(home);
    }

    private static void OnEdge(Director d)
    {
        Actor actor = d[0],
            shelf = d[1];
        int side = d.Sign();
        d.Obtain(actor);
        Spot at = d.Where(shelf);
        double ground = d.Top(shelf);
        var edge = new Spot(
            at.X + (side * (Director.HalfWide(shelf) + (0.25 * actor.Width))),
            ground + Director.Stand(actor),
            at.Z - 0.1
        );
        d.Carry(edge with { Y = edge.Y + 2 }, 0.6, 3);
        d.Level(actor, 0.2);
        d.Carry(edge, 0.25);
        d.Release();
        d.FallFromEdge(actor, side, shelf);
        d.Leave();
    }

    private static void NotSupported(Director d)
    {
        Actor actor = d[0],
            weak = d[1];
        int side = d.Sign();
        d.Obtain(actor);
        Spot at = d.Where(weak);
        var top = new Spot(at.X + (side * 0.3 * weak.Width), d.Top(weak) + Director.Stand(actor), at.Z - 0.1);
        d.Carry(top with { Y = top.Y + 2 }, 0.6, 3);
        d.Level(actor, 0.2);
        d.Carry(top, 0.25);
        d.Release();
        double start = d.Now;
        d.Topple(weak, side);
        d.Now = start;
        d.FallFromEdge(actor, side, weak);
        d.Leave();
    }
}
