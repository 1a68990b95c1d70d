namespace TaskGrain.Synthesis;

/// <summary>What a sprite needs to know to draw itself: coordinates are cm about the object's centre, y up.</summary>
/// <param name="Actor">The object: size and looks.</param>
/// <param name="Pose">Its state now.</param>
/// <param name="Flat">How much of a depth is seen (sine of the camera's downward angle).</param>
/// <param name="Tall">How much of a height is seen (its cosine).</param>
/// <param name="Sun">-1: light from the left, +1: from the right.</param>
internal readonly record struct SpriteView(Actor Actor, Pose Pose, double Flat, double Tall, double Sun)
{
    public double Width => Actor.Width;

    public double Height => Actor.Height;

    public double Depth => Actor.Depth;

    public Appearance Look => Actor.Look;

    /// <summary>Colour of what is in it or on it.</summary>
    public Rgb Content => Actor.Content ?? Actor.Look.Detail;
}

/// <summary>Draws objects of one shape family.</summary>
internal abstract class Sprite
{
    /// <summary>What is seen behind the content: a container's inside.</summary>
    public virtual void DrawBack(Painter painter, in SpriteView view) { }

    /// <summary>What is seen in front of the content; the whole object when nothing can be inside.</summary>
    public abstract void DrawFront(Painter painter, in SpriteView view);
}
