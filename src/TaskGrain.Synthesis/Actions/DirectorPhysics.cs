namespace TaskGrain.Synthesis;

/// <summary>What objects do by themselves: fall, bounce, topple, roll, slide.</summary>
internal sealed partial class Director
{
    /// <summary>Somewhat less than the earth's, so that twelve frames a second show a fall; cm/s².</summary>
    private const double Gravity = 520;

    /// <summary>Falls from where it is to a place below; the clock goes on.</summary>
    /// <param name="actor">Free of any hand.</param>
    /// <param name="to">Its centre at rest.</param>
    /// <param name="ground">Height of what it lands on.</param>
    /// <param name="bounce">Part of the height it comes up again.</param>
    public void Fall(Actor actor, Spot to, double ground, double bounce = 0.12)
    {
        Spot from = Where(actor);
        double drop = Math.Max(0.01, from.Y - to.Y);
        double time = Math.Sqrt(2 * drop / Gravity);
        Event("fall", actor);
        actor[Channel.Y].To(Now, time, to.Y, Ease.In);
        actor[Channel.X].To(Now, time, to.X, Ease.Linear);
        actor[Channel.Z].To(Now, time, to.Z, Ease.Linear);
        actor[Channel.Ground].Jump(Now + (0.5 * time), ground);
        Physics(time);
        Event("land", actor);
        double height = Math.Min(3, bounce * drop);
        if (height > 0.25)
        {
            double up = Math.Sqrt(2 * height / Gravity);
            actor[Channel.Y].To(Now, up, to.Y + height, Ease.Out);
            actor[Channel.Y].To(Now + up, up, to.Y, Ease.In);
            Physics(2 * up);
        }
    }

    /// <summary>How much an object bounces.</summary>
    public static double Bounce(Actor actor) =>
        actor.Kind.Has(Affordance.Round) ? 0.28
        : actor.Kind.Has(Affordance.Sheet) ? 0
        : 0.1;

    /// <summary>Falls to the table (or another height) straight below, and lies down if it cannot stand.</summary>
    public void Drop(Actor actor, Spot to, double ground = 0, bool tumble = true)
    {
        double rest = to.Y;
        if (actor.Kind.LiesFlat)
        {
            Spot from = Where(actor);
            double time = Math.Sqrt(2 * Math.Max(0.01, from.Y - rest) / Gravity);
            actor[Channel.Lie].To(Now, time, 1, Ease.In);
            actor[Channel.Roll].To(Now, time, actor.At(Now).Roll + (tumble ? Between(-0.5, 0.5) : 0), Ease.Linear);
        }

        Fall(actor, to with { Y = rest }, ground, Bounce(actor));
    }

    /// <summary>Falls over about its lower edge on one side, and comes to rest on its side.</summary>
    /// <param name="actor">An upright object that stands.</param>
    /// <param name="side">-1: to the left, +1: to the right.</param>
    /// <param name="seconds">From the first tilt to the table.</param>
    /// <param name="part">How far of the way it goes: 1 falls, below 0.4 it could still come back.</param>
    public void Topple(Actor actor, int side, double seconds = 0.42, double part = 1)
    {
        Pose pose = actor.At(Now);
        double ground = pose.Ground,
            w = actor.Width / 2,
            h = Stand(actor);
        double pivot = pose.X + (side * w);
        const int Steps = 8;
        Event("topple", actor);
        for (int i = 1; i <= Steps; i++)
        {
            double u = i / (double)Steps,
                from = (i - 1) / (double)Steps;
            // Accelerates like a falling rod.
            double angle = part * (Math.PI / 2) * u;
            double t0 = Now + (seconds * Math.Sqrt(from)),
                t1 = Now + (seconds * Math.Sqrt(u));
            double c = Num.Cos(angle),
                s = Num.Sin(angle);
            // The centre turns about the lower edge.
            double x = pivot + (side * ((-w * c) + (h * s)));
            double y = ground + (w * s) + (h * c);
            actor[Channel.X].To(t0, t1 - t0, x, Ease.Linear);
            actor[Channel.Y].To(t0, t1 - t0, y, Ease.Linear);
            actor[Channel.Roll].To(t0, t1 - t0, pose.Roll - (side * angle), Ease.Linear);
        }

        Physics(seconds);
        if (part >= 1)
        {
            Event("land", actor);
            if (actor.Kind.Has(Affordance.Rolls))
            {
                double dx = side * Between(0.5, 2.5);
                actor[Channel.X].To(Now, 0.4, actor[Channel.X].Last + dx, Ease.Out);
            }
        }
    }

    /// <summary>Rolls on the table, slower and slower; turns by the way it goes.</summary>
    public void Roll(Actor actor, Spot to, double seconds, Ease ease = Ease.Out, bool advance = true)
    {
        Spot from = Where(actor);
        double dx = to.X - from.X,
            dz = to.Z - from.Z;
        double way = Math.Sqrt((dx * dx) + (dz * dz));
        Event("roll", actor);
        actor[Channel.X].To(Now, seconds, to.X, ease);
        actor[Channel.Z].To(Now, seconds, to.Z, ease);
        actor[Channel.Y].To(Now, seconds, to.Y, ease);
        if (actor.Kind.Has(Affordance.Round) || !actor.Kind.LiesFlat)
        {
            double radius = Math.Max(1.2, (actor.Kind.Has(Affordance.Round) ? actor.Height : actor.Width) / 2);
            double turn = (dx >= 0 ? -1 : 1) * way / radius;
            bool turns = actor.Kind.Sprite is BallSprite or BoxSprite;
            if (turns)
            {
                actor[Channel.Roll].To(Now, seconds, actor.At(Now).Roll + turn, ease);
            }
            else if (actor.Kind.Sprite is LatheSprite)
            {
                actor[Channel.Yaw].To(Now, seconds, actor.At(Now).Yaw + turn, ease);
            }
        }

        if (advance)
        {
            Physics(seconds);
        }
    }

    /// <summary>Slides without turning, slower and slower.</summary>
    public void Slide(Actor actor, Spot to, double seconds, Ease ease = Ease.Out, bool advance = true)
    {
        actor[Channel.X].To(Now, seconds, to.X, ease);
        actor[Channel.Y].To(Now, seconds, to.Y, ease);
        actor[Channel.Z].To(Now, seconds, to.Z, ease);
        if (advance)
        {
            Physics(seconds);
        }
    }

    /// <summary>Goes over the table's edge and down out of the picture, onto the floor.</summary>
    public void FallOffTable(Actor actor, int side)
    {
        Pose pose = actor.At(Now);
        double floor = -60,
            time = Math.Sqrt(2 * (pose.Y - floor) / Gravity);
        Event("fall", actor);
        actor[Channel.Y].To(Now, time, floor, Ease.In);
        actor[Channel.X].To(Now, time, pose.X + (side * Between(5, 10)), Ease.Linear);
        actor[Channel.Roll].To(Now, time, pose.Roll - (side * Between(1.5, 3)), Ease.Linear);
        actor[Channel.Ground].Jump(Now, floor);
        Physics(Math.Min(time, 0.45));
    }
}
