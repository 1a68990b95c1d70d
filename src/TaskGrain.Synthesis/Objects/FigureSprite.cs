namespace TaskGrain.Synthesis;

/// <summary>Things with a silhouette of their own, drawn on the square from -1 to 1.</summary>
/// <param name="draw">Draws the figure.</param>
/// <param name="lies">Drawn on the table (width × depth) instead of upright (width × height).</param>
internal sealed class FigureSprite(Action<Painter, SpriteView> draw, bool lies = false) : Sprite
{
    public override void DrawFront(Painter painter, in SpriteView view)
    {
        Affine before = painter.Matrix;
        // A turn about the vertical narrows the figure and shows its mirror image from behind.
        double turn = lies ? 1 : Num.Cos(view.Pose.Yaw);
        turn = Math.Abs(turn) < 0.25 ? (turn < 0 ? -0.25 : 0.25) : turn;
        painter.Matrix =
            before * Affine.Scale(turn * view.Width / 2, lies ? view.Depth / 2 : view.Height * view.Tall / 2);
        Deformation deformation = painter.Deformation;
        painter.Deformation = deformation with { Unit = (view.Width / 2, lies ? view.Depth / 2 : view.Height / 2) };
        draw(painter, view);
        painter.Deformation = deformation;
        painter.Matrix = before;
    }
}
