namespace TaskGrain.Synthesis;

/// <summary>Draws one object at one moment, through its pose and its deformation.</summary>
internal static class ActorPainter
{
    /// <summary>
    /// Draws the parts seen behind (<paramref name="back"/>) or in front of what is inside the object.
    /// </summary>
    public static void Draw(Painter p, View view, Stage stage, Actor actor, in Pose pose, bool back)
    {
        if (pose.Opacity < 0.02)
        {
            return;
        }

        var (x, y) = view.Project(pose.X, pose.Y, pose.Z);
        double s = view.ScaleAt(pose.Z) * view.PixelsPerCm;
        double squash = actor.Kind.LiesFlat ? Num.Lerp(view.Tall, view.Flat, pose.Lie) : 1;
        Affine frame = p.Matrix;
        var (opacity, deformation) = (p.Opacity, p.Deformation);
        p.Matrix =
            frame
            * Affine.Translate(x, y)
            * Affine.Scale(s, -s * squash)
            * Affine.Rotate(pose.Roll)
            * Affine.Scale(pose.ScaleX, pose.ScaleY);
        p.Opacity = pose.Opacity;
        double tall = actor.Kind.LiesFlat ? actor.Depth : actor.Height;
        p.Deformation = new Deformation(pose.Squeeze, pose.Bend, pose.Twist, actor.Width / 2, tall / 2);
        var sprite = new SpriteView(actor, pose, view.Flat, view.Tall, stage.Sun);
        if (pose.Split > 0.01)
        {
            Affine whole = p.Matrix;
            for (int half = -1; half <= 1; half += 2)
            {
                p.Half = half;
                p.Matrix = whole * Affine.Translate(half * pose.Split / 2, 0);
                Part(p, actor, sprite, back);
            }

            p.Half = 0;
        }
        else
        {
            Part(p, actor, sprite, back);
        }

        (p.Matrix, p.Opacity, p.Deformation) = (frame, opacity, deformation);
    }

    /// <summary>The soft shadow below an object.</summary>
    public static void DrawShadow(Painter p, View view, Stage stage, Actor actor, in Pose pose)
    {
        double up = pose.Y - pose.Ground;
        double c = Math.Abs(Num.Cos(pose.Roll)),
            s = Math.Abs(Num.Sin(pose.Roll));
        bool flat = actor.Kind.LiesFlat && pose.Lie > 0.5;
        double tall = actor.Kind.LiesFlat ? actor.Depth : actor.Height;
        double half = ((actor.Width * pose.ScaleX * c) + (tall * s)) / 2;
        double deep = (flat ? (actor.Width * s) + (actor.Depth * c) : actor.Depth) / 2;
        double bottom = up - (flat ? actor.Height / 2 : ((actor.Width * s) + (tall * c)) / 2);
        double fade = 1 / (1 + (Math.Max(0, bottom) * 0.14));
        double alpha = stage.Shadow * fade * fade * pose.Opacity;
        if (alpha < 0.02 || pose.Ground < -15 || bottom < -1.5)
        {
            return;
        }

        double away = -stage.Sun * (0.8 + (0.25 * Math.Max(0, bottom)) + (flat ? 0 : 0.08 * tall));
        var (x, y) = view.Project(pose.X + away, pose.Ground, pose.Z - 0.3);
        double k = view.ScaleAt(pose.Z) * view.PixelsPerCm,
            grow = 1.22 + (0.02 * Math.Max(0, bottom));
        p.SoftSpot(x, y, k * half * grow, k * (deep + 0.5) * view.Flat * grow, Rgb.Black, alpha);
        if (bottom < 0.6 && !flat)
        {
            p.SoftSpot(x - (away * k * 0.7), y, k * half * 1.02, k * (deep + 0.2) * view.Flat, Rgb.Black, 0.8 * alpha);
        }
    }

    private static void Part(Painter p, Actor actor, in SpriteView view, bool back)
    {
        if (back)
        {
            actor.Kind.Sprite.DrawBack(p, view);
        }
        else
        {
            actor.Kind.Sprite.DrawFront(p, view);
            Coverings.Draw(p, view);
        }
    }
}
