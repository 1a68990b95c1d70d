namespace TaskGrain.Synthesis;

/// <summary>Where things stand.</summary>
internal sealed partial class Director
{
    /// <summary>Height of the centre of an object that stands (or lies, if flat) on the table.</summary>
    public static double Stand(Actor actor) => actor.Height / 2;

    /// <summary>Height of the centre of an upright object that lies on its side.</summary>
    public static double OnSide(Actor actor) => actor.Width / 2;

    /// <summary>Half the room an object takes on the table, across.</summary>
    public static double HalfWide(Actor actor)
    {
        if (!actor.Kind.LiesFlat)
        {
            return actor.Width / 2;
        }

        double roll = actor[Channel.Roll].Last;
        return ((actor.Width * Math.Abs(Num.Cos(roll))) + (actor.Depth * Math.Abs(Num.Sin(roll)))) / 2;
    }

    /// <summary>Half the room an object takes on the table, in depth.</summary>
    public static double HalfDeep(Actor actor)
    {
        if (!actor.Kind.LiesFlat)
        {
            return actor.Depth / 2;
        }

        double roll = actor[Channel.Roll].Last;
        return ((actor.Width * Math.Abs(Num.Sin(roll))) + (actor.Depth * Math.Abs(Num.Cos(roll)))) / 2;
    }

    public Spot Where(Actor actor) => actor.At(Now).Spot;

    /// <summary>Puts an object somewhere before the clip begins.</summary>
    public static void Place(Actor actor, Spot centre, double ground = 0)
    {
        actor[Channel.X].Reset(centre.X);
        actor[Channel.Y].Reset(centre.Y);
        actor[Channel.Z].Reset(centre.Z);
        actor[Channel.Ground].Reset(ground);
    }

    /// <summary>The part of the table where action is well in the picture.</summary>
    public (double Left, double Right, double Front, double Back) Room(double halfWide, double halfDeep, double tall)
    {
        View view = Scene.View;
        Stage stage = Scene.Stage;
        double front = Math.Max(view.DepthAtLine(view.Height * 0.9), stage.Front + 1) + halfDeep;
        double topLine = view.Height * 0.1;
        double back = Math.Min(stage.Back - 1 - halfDeep, 12);
        while (back > front && view.Project(0, tall, back).Y < topLine)
        {
            back -= 0.5;
        }

        back = Math.Max(back, front);
        double half = view.HalfWidth(front) - halfWide - 1;
        double left = Math.Max(-half, stage.Left + halfWide + 1),
            right = Math.Min(half, stage.Right - halfWide - 1);
        return left > right ? ((left + right) / 2, (left + right) / 2, front, back) : (left, right, front, back);
    }

    /// <summary>
    /// A free place on the table. <paramref name="central"/>: the part of the room's width to use, about its middle.
    /// </summary>
    public Spot FreeSpot(Actor actor, double central = 1, double roomier = 0)
    {
        double radius = Math.Max(HalfWide(actor), HalfDeep(actor)) + roomier;
        double tall = actor.Kind.LiesFlat ? 2 : actor.Height;
        var (left, right, front, back) = Room(HalfWide(actor), HalfDeep(actor), tall);
        Spot best = default;
        double bestGap = double.NegativeInfinity;
        for (int i = 0; i < 24; i++)
        {
            double middle = (left + right) / 2,
                half = (right - left) / 2 * central;
            var spot = new Spot(
                Between(middle - half, middle + half),
                Stand(actor),
                Between(front, Num.Lerp(front, back, 0.3 + (0.7 * central)))
            );
            double gap = double.PositiveInfinity;
            foreach (var (other, room) in _taken)
            {
                double dx = spot.X - other.X,
                    dz = (spot.Z - other.Z) * 0.85;
                gap = Math.Min(gap, Math.Sqrt((dx * dx) + (dz * dz)) - room - radius);
            }

            if (gap > bestGap)
            {
                (best, bestGap) = (spot, gap);
            }

            if (gap > 1)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>Keeps others away from a place.</summary>
    public void Take(Spot spot, double radius) => _taken.Add((spot, radius));

    /// <summary>Places an object on a free part of the table before the clip begins.</summary>
    public void PlaceFree(Actor actor, double central = 0.62, double roomier = 1)
    {
        Spot spot = FreeSpot(actor, central, roomier);
        Place(actor, spot);
        Take(spot, Math.Max(HalfWide(actor), HalfDeep(actor)));
    }

    /// <summary>
    /// Adds things that play no part. Now and then there are none; they may stand anywhere that is left, and also
    /// close to the action.
    /// </summary>
    public void AddDistractors()
    {
        int count = Random.NextBool(0.12) ? 0 : 1 + Random.NextInt(3);
        for (int i = 0; i < count; i++)
        {
            Actor actor = Add(Catalogue.Draw(Random, Affordance.Graspable, Affordance.None, k => k.Width < 16));
            Spot spot = FreeSpot(actor, 1);
            if (Gap(actor, spot) < 0)
            {
                Scene.Actors.Remove(actor);
                continue;
            }

            Place(actor, spot);
            Take(spot, Math.Max(HalfWide(actor), HalfDeep(actor)));
        }
    }

    /// <summary>The place beside, behind … another object where this one would stand.</summary>
    public Spot Beside(Actor actor, Actor other, Relation relation)
    {
        Spot at = Where(other);
        double ground = other[Channel.Ground].Last;
        double dx = HalfWide(other) + HalfWide(actor) + Between(0.5, 2);
        double dz = HalfDeep(other) + HalfDeep(actor) + Between(0.4, 1.4);
        double y = ground + Stand(actor);
        switch (relation)
        {
            case Relation.NextTo:
                var (left, right, _, _) = Room(HalfWide(actor), HalfDeep(actor), actor.Height);
                int side =
                    at.X + dx > right ? -1
                    : at.X - dx < left ? 1
                    : Sign();
                return new Spot(at.X + (side * dx), y, at.Z + Between(-1, 1));
            case Relation.Behind:
                return new Spot(at.X + Between(-1.5, 1.5), y, at.Z + dz + 0.8);
            case Relation.InFrontOf:
                return new Spot(at.X + Between(-1.5, 1.5), y, at.Z - dz);
            case Relation.Onto:
                return new Spot(at.X + Between(-0.6, 0.6), Top(other) + Stand(actor), at.Z - 0.05);
            case Relation.Into:
                return new Spot(at.X + Between(-0.4, 0.4), Floor(other) + Stand(actor), at.Z);
            case Relation.Underneath:
                return new Spot(at.X + Between(-0.5, 0.5), Stand(actor), at.Z + 0.4);
            default:
                return FreeSpot(actor, 0.7);
        }
    }

    /// <summary>Height of the surface that an object offers to others.</summary>
    public double Top(Actor actor) => Where(actor).Y + (actor.Height / 2);

    /// <summary>Height of the floor inside a container.</summary>
    public double Floor(Actor actor) => Where(actor).Y - (actor.Height / 2) + 0.7;

    private double Gap(Actor actor, Spot spot)
    {
        double radius = Math.Max(HalfWide(actor), HalfDeep(actor)) * 0.7,
            gap = double.PositiveInfinity;
        foreach (var (other, room) in _taken)
        {
            double dx = spot.X - other.X,
                dz = spot.Z - other.Z;
            gap = Math.Min(gap, Math.Sqrt((dx * dx) + (dz * dz)) - (0.8 * room) - radius);
        }

        return gap;
    }
}

/// <summary>Where an object comes to be beside another.</summary>
internal enum Relation
{
    OnTable,
    Onto,
    Into,
    Behind,
    InFrontOf,
    NextTo,
    Underneath,
}
