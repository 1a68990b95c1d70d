namespace TaskGrain.Synthesis;

/// <summary>
/// What scripts put on any object: a layer that is spread or sprinkled over it, holes that are poked into it.
/// </summary>
internal static class Coverings
{
    public static void Draw(Painter p, in SpriteView view)
    {
        double spread = view.Pose.Spread,
            hole = view.Pose.Hole;
        if (spread < 0.02 && hole < 0.02)
        {
            return;
        }

        Actor actor = view.Actor;
        bool flat = actor.Kind.LiesFlat;
        double w = actor.Width / 2,
            d = flat ? actor.Depth / 2 : actor.Depth * view.Flat / 2;
        double top = flat ? 0 : actor.Height * view.Tall / 2;
        if (spread > 0.02)
        {
            // The layer grows from the left to the right of the upper side.
            double right = Num.Lerp(-0.7, 0.78, spread);
            p.Blob(
                -0.8 * w,
                top - (0.1 * d),
                -0.75 * w,
                top + (0.7 * d),
                0.5 * (right - 0.75) * w,
                top + (0.72 * d),
                right * w,
                top + (0.6 * d),
                (right + 0.06) * w,
                top - (0.2 * d),
                (right - 0.1) * w,
                top - (0.72 * d),
                0.5 * (right - 0.8) * w,
                top - (0.6 * d),
                -0.72 * w,
                top - (0.7 * d)
            );
            p.FillLinear(-w, top + d, w, top - d, [view.Content.Shade(1.2), view.Content], [0f, 1f], 0.95);
        }

        if (hole > 0.02)
        {
            p.Ellipse(0, top, 0.9 * hole, 0.9 * hole * (flat ? 1 : view.Flat * 1.3));
            p.Fill(actor.Look.Main.Shade(0.32));
            p.Ellipse(0, top, 0.9 * hole, 0.9 * hole * (flat ? 1 : view.Flat * 1.3));
            p.Stroke(actor.Look.Main.Shade(1.2), 0.2, 0.6);
        }
    }
}
