namespace TaskGrain.Synthesis;

/// <summary>Touching, pushing, pulling, tilting, tossing.</summary>
internal sealed partial class Director
{
    /// <summary>An arm for a motion to one side: behind the motion or ahead of it, or from the camera's side.</summary>
    public void ArmFor(int direction, bool ahead)
    {
        int side = ahead ? direction : -direction;
        ArmFrom(Random.NextBool(0.6) ? FromSide(side) : (Math.PI / 2) + (side * Between(0.05, 0.7)));
    }

    /// <summary>
    /// The place on an object's side (-1 left, +1 right) that a finger touches; <paramref name="high"/> is the part of
    /// its height.
    /// </summary>
    public Spot SideOf(Actor actor, int side, double high = 0.1)
    {
        Spot at = Where(actor);
        return at
            + new Spot(
                side * (HalfWide(actor) + 0.2),
                actor.Kind.LiesFlat ? 0.4 : high * actor.Height,
                actor.Kind.LiesFlat ? 0 : -0.4
            );
    }

    /// <summary>A hand comes to touch an object at its side, without holding it.</summary>
    public void Touch(Actor actor, int side, HandPose pose, double high = 0.1, Hand? by = null)
    {
        Hand hand = by ?? Main;
        Spot contact = SideOf(actor, side, high);
        hand.Take(Now, pose);
        Move(hand, contact + new Spot(side * 4, 1.5, -0.5), 0.5);
        Move(hand, contact, 0.2);
        Event("touch", actor);
    }

    /// <summary>Pushes an object along the table by the side it is touched at.</summary>
    public void PushTo(Actor actor, Spot to, double seconds, Hand? by = null, Ease ease = Ease.Smooth)
    {
        Hand hand = by ?? Main;
        Spot way = to - Where(actor),
            from = hand.SpotAt(Now);
        double start = Spend(seconds),
            time = Paced(seconds);
        hand.MoveTo(start, time, from + way, ease);
        double now = Now;
        Now = start;
        Roll(actor, to, time, ease, advance: false);
        Now = now;
    }

    /// <summary>A pose for pushing.</summary>
    public HandPose PushPose() => Random.Pick<HandPose>([HandPose.Flat, HandPose.Fist, HandPose.Point, HandPose.Open]);

    /// <summary>Draws back a little after a contact.</summary>
    public void Withdraw(int side, Hand? by = null)
    {
        Hand hand = by ?? Main;
        Move(hand, hand.SpotAt(Now) + new Spot(side * 3, 1, -0.5), 0.15);
    }

    /// <summary>
    /// Tilts a standing object about its lower edge; the clock stays. Flat things rise at their far end.
    /// </summary>
    /// <param name="actor">Free of any hand.</param>
    /// <param name="side">The edge it turns about: -1 left, +1 right.</param>
    /// <param name="from">Tilt at the start, radians.</param>
    /// <param name="to">Tilt at the end.</param>
    /// <param name="time">Seconds, not paced.</param>
    /// <param name="ease">How the tilt goes.</param>
    public void Tilt(Actor actor, int side, double from, double to, double time, Ease ease = Ease.Smooth)
    {
        const int Steps = 8;
        if (!_uprights.TryGetValue(actor, out Pose rest))
        {
            rest = actor.At(Now);
            _uprights[actor] = rest;
        }

        double w = actor.Width / 2,
            h = actor.Height / 2,
            pivot = rest.X + (side * w),
            foot = rest.Y - h;
        for (int i = 1; i <= Steps; i++)
        {
            double u0 = (i - 1) / (double)Steps,
                u = i / (double)Steps;
            double eased = ease switch
            {
                Ease.In => u * u,
                Ease.Out => u * (2 - u),
                Ease.Linear => u,
                _ => Num.Smooth(u),
            };
            double angle = Num.Lerp(from, to, eased),
                c = Num.Cos(angle),
                s = Num.Sin(angle);
            double t = Now + (time * u0),
                length = time / Steps;
            if (actor.Kind.LiesFlat)
            {
                actor[Channel.Lie].To(t, length, 1 - (0.9 * s), Ease.Linear);
                actor[Channel.Y].To(t, length, rest.Y + (s * actor.Depth * 0.32), Ease.Linear);
                continue;
            }

            actor[Channel.X].To(t, length, pivot + (side * ((-w * c) + (h * s))), Ease.Linear);
            actor[Channel.Y].To(t, length, foot + (w * s) + (h * c), Ease.Linear);
            actor[Channel.Roll].To(t, length, rest.Roll - (side * angle), Ease.Linear);
        }
    }

    private readonly Dictionary<Actor, Pose> _uprights = [];

    /// <summary>Where the raised lower corner of a tilted object is.</summary>
    public Spot RaisedCorner(Actor actor, int side, double angle)
    {
        Pose rest = _uprights.TryGetValue(actor, out Pose known) ? known : actor.At(Now);
        if (actor.Kind.LiesFlat)
        {
            return new Spot(rest.X, rest.Y + (0.9 * Num.Sin(angle) * actor.Depth * 0.7), rest.Z - (0.3 * actor.Depth));
        }

        double w = actor.Width;
        return new Spot(
            rest.X + (side * ((w / 2) - (w * Num.Cos(angle)))),
            rest.Y - (actor.Height / 2) + (w * Num.Sin(angle)) + (0.3 * actor.Height),
            rest.Z - 0.3
        );
    }

    /// <summary>Flies in a curve to a place and lands there.</summary>
    public void Toss(Actor actor, Spot to, double height, double ground = 0, double spin = 3, bool land = true)
    {
        Spot from = Where(actor);
        double up = Math.Sqrt(2 * height / Gravity),
            down = Math.Sqrt(2 * Math.Max(0.1, from.Y + height - to.Y) / Gravity),
            time = up + down;
        Event("throw", actor);
        actor[Channel.X].To(Now, time, to.X, Ease.Linear);
        actor[Channel.Z].To(Now, time, to.Z, Ease.Linear);
        actor[Channel.Y].To(Now, up, from.Y + height, Ease.Out);
        actor[Channel.Y].To(Now + up, down, to.Y, Ease.In);
        double roll = actor.At(Now).Roll;
        double end =
            actor.Kind.LiesFlat || actor.Kind.Has(Affordance.Round)
                ? roll - spin
                : roll - (Math.Sign(spin) * Math.PI * 2);
        actor[Channel.Roll].To(Now, time, end, Ease.Linear);
        if (actor.Kind.LiesFlat)
        {
            actor[Channel.Lie].To(Now + up, down, land ? 1 : 0.5, Ease.Linear);
        }

        actor[Channel.Ground].Jump(Now + (0.5 * time), ground);
        Physics(time);
        if (land)
        {
            Event("land", actor);
        }
    }

    /// <summary>Before the clip: one thing on, in, behind … another.</summary>
    public void StartBeside(Actor actor, Actor other, Relation relation)
    {
        Spot spot = Beside(actor, other, relation);
        if (relation == Relation.Into)
        {
            actor.Stays.Add((double.NegativeInfinity, other));
            if (actor.Kind.LiesFlat && actor.Width > 0.8 * other.Width)
            {
                actor[Channel.Lie].Reset(0);
                actor[Channel.Roll].Reset(1.3);
            }

            Place(actor, spot with { Y = Floor(other) + RestInside(actor, other) }, 1);
        }
        else if (relation == Relation.Onto)
        {
            actor.DrawBias = other.DrawBias + 0.4;
            Place(actor, spot, Top(other));
        }
        else
        {
            Place(actor, spot);
        }
    }

    /// <summary>
    /// Both objects' places before the clip are exchanged or drawn anew so that the first is left or right by so much.
    /// </summary>
    public void PlaceAt(Actor actor, double across, double? z = null)
    {
        var (left, right, front, back) = Room(HalfWide(actor), HalfDeep(actor), actor.Height);
        double depth = z ?? Math.Clamp(Where(actor).Z, front, back);
        Place(actor, new Spot(Num.Lerp(left, right, across), Stand(actor), depth));
        ClearWay(depth);
    }

    /// <summary>Clears the line on which an object is going to move from where it is.</summary>
    public void ClearWayOf(Actor actor) => ClearWay(Where(actor).Z);

    /// <summary>Moves idle objects off the line along which something is going to move.</summary>
    private void ClearWay(double z)
    {
        foreach (Actor other in Scene.Actors)
        {
            if (other.Placeholder < 0 && Math.Abs(other.At(0).Z - z) < HalfDeep(other) + 2.5)
            {
                Spot at = other.At(0).Spot;
                double to = z + (Random.NextBool(0.65) ? 1 : -1) * (HalfDeep(other) + Between(3.5, 6));
                Place(other, at with { Z = to });
            }
        }
    }
}
