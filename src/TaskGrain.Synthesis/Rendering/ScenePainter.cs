namespace TaskGrain.Synthesis;

/// <summary>Draws all that is in front of the background, far things first.</summary>
internal sealed class ScenePainter(Scene scene)
{
    private readonly List<(double Key, Action<Painter, double> Draw)> _items = [];

    /// <summary>Leaves this object out (the tests compare pictures with and without it).</summary>
    public Actor? Hidden { get; set; }

    /// <summary>Draws shadows.</summary>
    public bool Shadows { get; set; } = true;

    /// <summary>Draws one moment.</summary>
    /// <param name="p">Draws or measures.</param>
    /// <param name="time">Scene time, seconds.</param>
    /// <param name="frame">From pixels of the view to pixels of the frame, camera included.</param>
    public void Draw(Painter p, double time, Affine frame)
    {
        HandPose? bare = scene.Variation.BarePose;
        p.Matrix = frame;
        p.Light = (1, 1, 1);
        foreach (Effect effect in bare is null ? scene.Effects : [])
        {
            if (effect.On is null && effect.AirDepth(time) is null && effect is not Pour)
            {
                effect.Draw(p, scene.View, time);
            }
        }

        var light = scene.Stage.Light;
        _items.Clear();
        foreach (Actor actor in scene.Actors)
        {
            Pose pose = actor.At(time);
            if (actor == Hidden || IsBare(actor) || pose.Opacity < 0.02 || actor.ContainerAt(time) is not null)
            {
                continue;
            }

            if (pose.Ground <= 0.01 && Shadows)
            {
                ActorPainter.DrawShadow(p, scene.View, scene.Stage, actor, pose);
            }

            double key = pose.Z - (0.03 * pose.Y) - actor.DrawBias;
            _items.Add((key, (q, t) => Group(q, actor, t)));
        }

        foreach (Hand hand in scene.Hands)
        {
            if (hand.Used)
            {
                HandShadow(p, hand, time);
                if (bare is not null || !scene.IsWrapping(hand, time))
                {
                    _items.Add((hand.Z.At(time) - 1, (q, t) => DrawHand(q, hand, t, true, true)));
                }
            }
        }

        foreach (Effect effect in bare is null ? scene.Effects : [])
        {
            if (effect.AirDepth(time) is { } depth)
            {
                _items.Add((depth, (q, t) => effect.Draw(q, scene.View, t)));
            }
        }

        _items.Sort(static (a, b) => b.Key.CompareTo(a.Key));
        p.Light = light;
        foreach (var (_, draw) in _items)
        {
            draw(p, time);
        }

        p.Light = (1, 1, 1);
    }

    /// <summary>The box around an object at a moment, in pixels of the frame; empty when it is not there.</summary>
    public Bounds Measure(Painter p, Actor actor, double time, Affine frame)
    {
        p.Matrix = frame;
        p.Bounds = Bounds.Empty;
        if (IsBare(actor))
        {
            return p.Bounds;
        }

        Pose pose = actor.At(time);
        ActorPainter.Draw(p, scene.View, scene.Stage, actor, pose, back: true);
        ActorPainter.Draw(p, scene.View, scene.Stage, actor, pose, back: false);
        return p.Bounds;
    }

    /// <summary>The box around a hand up to its wrist.</summary>
    public Bounds Measure(Painter p, Hand hand, double time, Affine frame)
    {
        p.Matrix = frame;
        p.Bounds = Bounds.Empty;
        DrawHand(p, hand, time, true, true);
        return p.Bounds;
    }

    /// <summary>Whether the object is one that a hand with bare fingers stands for.</summary>
    private bool IsBare(Actor actor) => scene.Variation.BarePose is not null && actor.Placeholder >= 0;

    private void Group(Painter p, Actor actor, double time)
    {
        Pose pose = actor.At(time);
        Hand? hand = scene.WrappedBy(actor, time);
        Hand? second = SecondHand(actor, time, hand);
        if (pose.Ground > 0.01 && Shadows)
        {
            ActorPainter.DrawShadow(p, scene.View, scene.Stage, actor, pose);
        }

        if (hand is not null)
        {
            DrawHand(p, hand, time, true, false);
        }

        if (second is not null)
        {
            DrawHand(p, second, time, true, false);
        }

        ActorPainter.Draw(p, scene.View, scene.Stage, actor, pose, back: true);
        foreach (Actor other in scene.Actors)
        {
            if (other != Hidden && other.ContainerAt(time) == actor)
            {
                Group(p, other, time);
            }
        }

        ActorPainter.Draw(p, scene.View, scene.Stage, actor, pose, back: false);
        foreach (Effect effect in scene.Effects)
        {
            if (effect.On == actor)
            {
                effect.Draw(p, scene.View, time);
            }
        }

        if (hand is not null)
        {
            DrawHand(p, hand, time, false, true);
        }

        if (second is not null)
        {
            DrawHand(p, second, time, false, true);
        }
    }

    private Hand? SecondHand(Actor actor, double time, Hand? first)
    {
        foreach (var (hand, held, from, to) in scene.Wraps)
        {
            if (held == actor && hand != first && from <= time && time < to)
            {
                return hand;
            }
        }

        return null;
    }

    private void DrawHand(Painter p, Hand hand, double time, bool behind, bool front)
    {
        Affine before = p.Matrix;
        HandShape shape = scene.Variation.BarePose is { } bare ? HandShape.Of(bare) : hand.ShapeAt(time);
        Spot spot = hand.SpotAt(time);
        var (x, y) = scene.View.Project(spot.X, spot.Y, spot.Z);
        double s = scene.View.ScaleAt(spot.Z) * scene.View.PixelsPerCm * hand.Look.Size;
        p.Matrix =
            before
            * Affine.Translate(x, y)
            * Affine.Scale(s, -s)
            * Affine.Rotate(hand.AngleAt(time))
            * Affine.Scale(1, hand.Left ? -1 : 1)
            * Affine.Translate(-shape.ContactX, -shape.ContactY);
        if (behind)
        {
            HandPainter.DrawBehind(p, hand.Look, shape);
        }

        if (front)
        {
            HandPainter.DrawFront(p, hand.Look, shape);
        }

        p.Matrix = before;
    }

    private void HandShadow(Painter p, Hand hand, double time)
    {
        Spot spot = hand.SpotAt(time);
        if (spot.Y < -1)
        {
            return;
        }

        double angle = hand.AngleAt(time),
            s = scene.View.ScaleAt(spot.Z) * scene.View.PixelsPerCm;
        double fade = 1 / (1 + (0.1 * Math.Max(0, spot.Y)));
        var (x, y) = scene.View.Project(spot.X - (scene.Stage.Sun * (1 + (0.3 * Math.Max(0, spot.Y)))), 0, spot.Z);
        for (int i = 0; i < 3; i++)
        {
            double back = (2 + (7 * i)) * s * hand.Look.Size;
            p.SoftSpot(
                x - (back * Num.Cos(angle)),
                y + (back * Num.Sin(angle) * 0.9),
                s * 5.5,
                s * 5 * Math.Max(0.5, scene.View.Flat),
                Rgb.Black,
                0.5 * scene.Stage.Shadow * fade
            );
        }
    }
}
