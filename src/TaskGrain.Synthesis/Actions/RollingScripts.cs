using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Rolling, sliding, slopes, spinning and collisions.</summary>
internal static class RollingScripts
{
    private static readonly Role Roller = new(Rolls | Round);
    private static readonly Role Slider = new(Graspable | Steady, Round) { MaxWidth = 10 };

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Rolling [something] on a flat surface", [Roller], d => Flat(d, held: true)),
        new("Letting [something] roll along a flat surface", [Roller], d => Flat(d, held: false)),
        new("Putting [something] on a flat surface without letting it roll", [new(Rolls)], PutStill),
        new("Letting [something] roll down a slanted surface", [Roller], d => Slope(d, Down.Rolls)),
        new("Letting [something] roll up a slanted surface, so it rolls back down", [Roller], RollUp),
        new(
            "Putting [something] that can't roll onto a slanted surface, so it slides down",
            [Slider],
            d => Slope(d, Down.Slides)
        ),
        new(
            "Putting [something] that can't roll onto a slanted surface, so it stays where it is",
            [Slider],
            d => Slope(d, Down.Stays)
        ),
        new(
            "Putting [something] onto a slanted surface but it doesn't glide down",
            [Slider],
            d => Slope(d, Down.Stays)
        ),
        new(
            "Spinning [something] so it continues spinning",
            [new(Graspable) { MaxWidth = 14 }],
            d => Spin(d, 3.2, false, false)
        ),
        new(
            "Spinning [something] that quickly stops spinning",
            [new(Graspable) { MaxWidth = 14 }],
            d => Spin(d, 0.7, false, false)
        ),
        new("Pushing [something] so it spins", [new(Graspable) { MaxWidth = 14 }], d => Spin(d, 1.2, true, false)),
        new(
            "Poking [something] so that it spins around",
            [new(Graspable) { MaxWidth = 14 }],
            d => Spin(d, 1.2, true, true)
        ),
        new(
            "[Something] colliding with [something] and both are being deflected",
            [Roller, Roller],
            d => Collide(d, 0)
        ),
        new("[Something] colliding with [something] and both come to a halt", [Roller, Roller], d => Collide(d, 1)),
        new("[Something] being deflected from [something]", [Roller, PuttingScripts.Landmark], d => Collide(d, 2)),
    ];

    private enum Down
    {
        Rolls,
        Slides,
        Stays,
    }

    /// <summary>Discs stand on their edge to roll.</summary>
    internal static void OnEdge(Actor actor)
    {
        if (actor.Kind.LiesFlat && actor.Kind.Has(Round))
        {
            Pose pose = actor.At(0);
            actor[Channel.Lie].Reset(0);
            Director.Place(actor, new Spot(pose.X, actor.Depth / 2, pose.Z));
        }
    }

    private static void Flat(Director d, bool held)
    {
        Actor actor = d[0];
        OnEdge(actor);
        int way = d.Sign();
        double part = d.Between(0.45, 0.8),
            from = d.Between(0, 1 - part);
        double y = d.Where(actor).Y;
        d.PlaceAt(actor, way > 0 ? from : 1 - from);
        Director.Place(actor, d.Where(actor) with { Y = y });
        var (left, right, _, _) = d.Room(Director.HalfWide(actor), 1, actor.Height);
        Spot to = d.Where(actor) + new Spot(way * part * (right - left), 0, d.Between(-1, 1));
        d.ArmFor(way, false);
        if (held)
        {
            // The hand goes along on top, to and fro.
            d.Main.Take(d.Now, HandPose.Flat);
            Spot top = d.Where(actor) + new Spot(0, y * 0.9, -0.3);
            d.Move(d.Main, top + new Spot(-way * 3, 3, 0), 0.5);
            d.Move(d.Main, top, 0.2);
            Spot start = d.Where(actor),
                middle = Spot.Between(start, to, 0.55);
            d.PushTo(actor, middle, 0.5);
            d.PushTo(actor, Spot.Between(start, to, 0.2), 0.45);
            d.PushTo(actor, middle, 0.5);
            d.Withdraw(-way);
            d.Leave();
            return;
        }

        d.Touch(actor, -way, d.PushPose());
        Spot begin = d.Where(actor);
        d.PushTo(actor, Spot.Between(begin, to, 0.16), 0.2, null, Ease.In);
        double start2 = d.Now;
        d.Withdraw(-way);
        d.Leave();
        double handEnd = d.Now;
        d.Now = start2;
        d.Roll(actor, to, 1.3);
        d.Now = Math.Max(d.Now, handEnd);
    }

    private static void PutStill(Director d)
    {
        Actor actor = d[0];
        Spot to = d.Where(actor);
        d.Obtain(actor);
        d.Carry(to with { Y = to.Y + 1 }, 0.7, 3);
        d.Level(actor, 0.2);
        d.SetDownAt(actor, to, 0);
        d.Wait(0.2);
        d.Leave();
    }

    private static (Actor Slope, int Up, Func<double, Spot> On) PlaceSlope(Director d, Actor actor)
    {
        Actor slope = d.Add(Props.Slope, d.Between(0.9, 1.05));
        int up = d.Sign();
        d.PlaceAt(slope, d.Between(0.42, 0.58), d.Between(0, 2.5));
        slope[Channel.Yaw].Reset(0);
        slope[Channel.ScaleX].Reset(up);
        slope.DrawBias = -3;
        Spot at = d.Where(slope);
        double w = slope.Width / 2,
            h = slope.Height,
            tilt = h / slope.Width;
        double c = 1 / Math.Sqrt(1 + (tilt * tilt));
        double radius = actor.Kind.LiesFlat
            ? (actor.Kind.Has(Round) ? actor.Depth / 2 : actor.Height / 2)
            : actor.Height / 2;
        // 0 at the foot, 1 at the upper end.
        return (
            slope,
            up,
            u => new Spot(
                at.X + (up * Num.Lerp(-w, w, u)) - (up * radius * tilt * c),
                (h * u) + (radius * c) + 0.3,
                at.Z - 0.5
            )
        );
    }

    private static double Lean(Actor actor, Actor slope, int up) =>
        actor.Kind.Has(Round) || actor.Kind.LiesFlat ? actor[Channel.Roll].Last : up * 0.8 * slope.Height / slope.Width;

    private static void Slope(Director d, Down what)
    {
        Actor actor = d[0];
        OnEdge(actor);
        var (slope, up, on) = PlaceSlope(d, actor);
        double high = d.Between(0.72, 0.85),
            low = d.Between(0.05, 0.2);
        d.ArmFrom(d.Random.NextBool(0.6) ? d.FromSide(up) : (Math.PI / 2) + d.Between(-0.5, 0.5));
        d.Obtain(actor);
        double place = what == Down.Stays ? d.Between(0.4, 0.85) : high;
        actor[Channel.Ground].To(d.Now, 0.3, slope.Height * place);
        d.Carry(on(place) + new Spot(0, 2.5, 0), 0.7, 2);
        d.Turn(actor, Channel.Roll, Lean(actor, slope, up), 0.2);
        if (actor.Kind.LiesFlat && !actor.Kind.Has(Round))
        {
            d.Turn(actor, Channel.Lie, 0.75, 0.2);
        }

        d.Carry(on(place), 0.25);
        d.Wait(0.12);
        d.Release();
        d.Event("placed", actor);
        double start = d.Now;
        d.Leave();
        double handEnd = d.Now;
        if (what == Down.Stays)
        {
            return;
        }

        d.Now = start;
        double time = what == Down.Rolls ? 0.75 : 1.0;
        actor[Channel.Ground].To(d.Now, time, 0);
        if (what == Down.Rolls)
        {
            d.Roll(actor, on(0.03), time, Ease.In);
            Spot foot = d.Where(actor);
            d.Roll(actor, new Spot(foot.X - (up * d.Between(6, 10)), Rest(actor), foot.Z - 0.3), 0.7);
        }
        else
        {
            d.Event("slide", actor);
            d.Slide(actor, on(low), time, Ease.In);
        }

        d.Now = Math.Max(d.Now, handEnd);
    }

    private static double Rest(Actor actor) => actor.Kind.LiesFlat ? actor.Depth / 2 : actor.Height / 2;

    private static void RollUp(Director d)
    {
        Actor actor = d[0];
        OnEdge(actor);
        var (slope, up, on) = PlaceSlope(d, actor);
        Spot foot = on(0.02);
        Spot start = new(foot.X - (up * d.Between(2, 5)), Rest(actor), foot.Z);
        Director.Place(actor, start);
        d.ArmFor(up, false);
        d.Touch(actor, -up, d.PushPose());
        d.PushTo(actor, Spot.Between(start, foot, 0.8), 0.2, null, Ease.In);
        double begin = d.Now;
        d.Withdraw(-up);
        d.Leave();
        double handEnd = d.Now;
        d.Now = begin;
        double reach = d.Between(0.55, 0.8);
        d.Roll(actor, foot, 0.06, Ease.Linear);
        actor[Channel.Ground].To(d.Now, 0.7, slope.Height * reach);
        d.Roll(actor, on(reach), 0.75, Ease.Out);
        actor[Channel.Ground].To(d.Now, 0.7, 0);
        d.Roll(actor, foot, 0.75, Ease.In);
        d.Roll(actor, start + new Spot(-up * d.Between(1, 4), 0, 0), 0.5);
        d.Now = Math.Max(d.Now, handEnd);
    }

    private static void Spin(Director d, double seconds, bool push, bool poke)
    {
        Actor actor = d[0];
        int way = d.Sign();
        d.ArmFrom(d.AnyAngle());
        double turns = way * seconds * d.Between(7, 10) * (seconds < 1 ? 0.7 : 1);
        Channel channel = actor.Kind.LiesFlat ? Channel.Roll : Channel.Yaw;
        int side = Num.Cos(d.Main.BaseAngle) > 0 ? -1 : 1;
        if (push)
        {
            d.Touch(
                actor,
                side,
                poke ? HandPose.Point : d.Random.Pick<HandPose>([HandPose.Flat, HandPose.Fist, HandPose.Open]),
                0.2
            );
            d.Move(d.Main, d.Main.SpotAt(d.Now) + new Spot(-side * 2, 0, 1.4), 0.12);
        }
        else
        {
            d.Reach(actor, close: false);
            d.Main.Take(d.Now, HandPose.Pinch);
            d.Wait(0.15);
            d.Main.Turn.To(d.Now, d.Paced(0.15), way * 0.5);
            d.Wait(0.12);
            d.Main.Take(d.Now, HandPose.Open);
        }

        double start = d.Now;
        d.Event("spin", actor);
        actor[channel].To(start - 0.05, seconds, actor[channel].Last + turns, Ease.Out);
        if (!push && seconds > 2)
        {
            actor[channel].To(start - 0.05, seconds, actor[channel].Last, Ease.Linear);
        }

        Spot at = d.Where(actor);
        actor[Channel.X].To(start, seconds, at.X - (side * d.Between(0.2, 1.2)), Ease.Out);
        d.Withdraw(side);
        d.Leave();
        double handEnd = d.Now;
        d.Now = start;
        d.Physics(Math.Min(seconds, 1.2));
        d.Now = Math.Max(d.Now, handEnd);
    }

    private static void Collide(Director d, int kind)
    {
        Actor a = d[0],
            b = d[1];
        OnEdge(a);
        if (kind < 2)
        {
            OnEdge(b);
        }

        int way = d.Sign();
        double z = d.Between(-2, 3);
        double ya = d.Where(a).Y,
            yb = d.Where(b).Y;
        d.PlaceAt(a, way > 0 ? d.Between(0, 0.12) : d.Between(0.88, 1), z);
        d.PlaceAt(
            b,
            way > 0 ? d.Between(0.55, 0.72) : d.Between(0.28, 0.45),
            z + (kind == 1 ? 0 : d.Between(-0.6, 0.6))
        );
        Director.Place(a, d.Where(a) with { Y = ya });
        Director.Place(b, d.Where(b) with { Y = yb });
        bool seen = d.Random.NextBool(0.6);
        Spot target = d.Where(b),
            at = d.Where(a);
        double contact = target.X - (way * (Director.HalfWide(a) + Director.HalfWide(b)));
        if (seen)
        {
            d.ArmFor(way, false);
            d.Touch(a, -way, d.PushPose());
            d.PushTo(a, at + new Spot(way * 3, 0, 0), 0.18, null, Ease.In);
            double begin = d.Now;
            d.Withdraw(-way);
            d.Leave();
            d.Now = begin;
        }
        else
        {
            // Comes rolling into the picture.
            Director.Place(a, at with { X = -way * (d.Scene.View.HalfWidth(z) + 9) });
            d.Wait(0.2);
        }

        double far = Math.Abs(contact - d.Where(a).X);
        d.Roll(a, new Spot(contact, ya, z), Math.Clamp(far / 28, 0.35, 0.9), Ease.Linear);
        d.Event("collide", b);
        Spot hit = d.Where(a);
        double now = d.Now;
        if (kind == 0)
        {
            d.Roll(
                b,
                new Spot(target.X + (way * d.Between(5, 8)), yb, target.Z + d.Between(2, 4)),
                0.9,
                Ease.Out,
                advance: false
            );
            d.Roll(a, new Spot(hit.X - (way * d.Between(2, 4)), ya, hit.Z - d.Between(2, 4)), 0.9);
        }
        else if (kind == 1)
        {
            d.Roll(b, new Spot(target.X + (way * 0.6), yb, target.Z), 0.2, Ease.Out, advance: false);
            d.Roll(a, new Spot(hit.X + (way * 0.4), ya, hit.Z), 0.2);
        }
        else
        {
            d.Roll(a, new Spot(hit.X - (way * d.Between(5, 9)), ya, hit.Z - d.Between(2, 5)), 1.0);
        }

        d.Now = Math.Max(d.Now, now + 0.4);
        d.Wait(0.3);
    }
}
