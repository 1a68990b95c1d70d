namespace TaskGrain.Synthesis;

/// <summary>
/// Bringing things to places and setting them down, shared by putting, dropping, throwing and taking.
/// </summary>
internal sealed partial class Director
{
    /// <summary>Half the height an object has as it is held now.</summary>
    public double TallHalf(Actor actor) =>
        actor.Kind.LiesFlat ? Num.Lerp(actor.Depth, actor.Height, actor.At(Now).Lie) / 2 : actor.Height / 2;

    /// <summary>The template names thing, container and thing again.</summary>
    public void NameThingVesselThing(Actor thing, Actor vessel)
    {
        string phrase = Words.One(thing.Kind, thing.Look);
        Phrases.AddRange([phrase, Words.One(vessel.Kind, vessel.Look), phrase]);
    }

    /// <summary>The hand comes into the picture with the object.</summary>
    public void BringFromOutside(Actor actor, Hand? by = null)
    {
        Hand hand = by ?? Main;
        Spot home = Home(hand);
        Spot grip = Grip(actor, hand) - Where(actor);
        if (Now <= _opening)
        {
            hand.Place(home);
        }
        else
        {
            hand.MoveTo(Now, 0.001, home, Ease.Step);
            Now += 0.002;
        }

        // Nothing has moved it yet: it was outside from the start.
        Place(actor, home - grip);
        hand.Used = true;
        Hold(actor, hand);
    }

    /// <summary>Carries the held object to just above where it would stand.</summary>
    public void BringTo(Actor actor, Actor? other, Relation relation, double above = 1.2)
    {
        Spot to = other is null ? FreeSpot(actor, 0.62) : Beside(actor, other, relation);
        _target = to;
        double y = relation switch
        {
            Relation.Into => Top(other!) + TallHalf(actor) + 0.6,
            _ => to.Y + above,
        };
        Carry(to with { Y = y }, 0.75, relation == Relation.Behind ? 5 : 3);
        Level(actor, 0.15);
    }

    private Spot _target;

    /// <summary>Sets the held object down where it was brought to.</summary>
    public void SetDown(Actor actor, Actor? other, Relation relation)
    {
        double ground =
            relation is Relation.Onto ? Top(other!)
            : relation is Relation.Into ? Floor(other!)
            : 0;
        if (relation is Relation.Into)
        {
            GoInside(actor, other!);
            Spot inside = _target with { Y = Math.Max(_target.Y, Top(other!) - TallHalf(actor)) };
            Carry(inside with { Y = Math.Max(inside.Y, Top(other!) - (0.2 * TallHalf(actor))) }, 0.25);
            Release();
            Fall(actor, _target with { Y = Floor(other!) + RestInside(actor, other!) }, ground, 0);
            return;
        }

        if (relation is Relation.Onto)
        {
            actor.DrawBias = Math.Max(actor.DrawBias, other!.DrawBias + 0.4);
        }

        SetDownAt(actor, _target, ground);
    }

    public void SetDownAt(Actor actor, Spot to, double ground)
    {
        actor[Channel.Ground].To(Now, Paced(0.25), ground);
        Carry(to, 0.25);
        Level(actor, 0.05);
        Wait(0.06);
        Release();
        Event("placed", actor);
    }

    /// <summary>From now on drawn inside the container; sprawling things stand up in it.</summary>
    public void GoInside(Actor actor, Actor container)
    {
        actor.Stays.Add((Now, container));
        actor[Channel.Ground].Jump(Now, 1);
        if (actor.Kind.LiesFlat && actor.Width > 0.8 * container.Width)
        {
            double roll = actor[Channel.Roll].Last;
            double upright = Math.Round((roll - 1.3) / Math.PI) * Math.PI;
            Turn(actor, Channel.Lie, 0, 0.15);
            Turn(actor, Channel.Roll, upright + 1.3, 0.2);
        }
    }

    /// <summary>Height of a thing's centre above the floor of what it lies in.</summary>
    public static double RestInside(Actor actor, Actor container) =>
        actor.Kind.LiesFlat && actor.Width > 0.8 * container.Width
            ? 0.42 * actor.Width
            : Math.Max(actor.Height / 2, 0.6);

    /// <summary>Tips over the edge of what it was put on and falls beside it.</summary>
    public void FallFromEdge(Actor actor, int side, Actor shelf)
    {
        double x = Where(shelf).X + (side * (HalfWide(shelf) + Math.Max(actor.Width, actor.Height) * 0.6 + 1));
        if (!actor.Kind.LiesFlat)
        {
            double roll = actor.At(Now).Roll;
            actor[Channel.Roll].To(Now, 0.36, roll - (side * Math.PI / 2), Ease.In);
        }
        else
        {
            double roll = actor.At(Now).Roll;
            actor[Channel.Roll].To(Now, 0.36, roll - (side * 0.7), Ease.In);
        }

        Spot at = Where(actor);
        actor[Channel.X].To(Now, 0.15, Num.Lerp(at.X, x, 0.3), Ease.In);
        actor[Channel.Y].To(Now, 0.15, at.Y - 0.6, Ease.In);
        Physics(0.15);
        double rest =
            actor.Kind.LiesFlat ? Stand(actor)
            : actor.Kind.Has(Affordance.Round) ? Stand(actor)
            : OnSide(actor);
        Fall(actor, new Spot(x, rest, at.Z - 0.3), 0, 0.08);
        actor.DrawBias = 0;
    }
}
