namespace TaskGrain.Synthesis;

/// <summary>The box around everything added so far, in pixels of the frame.</summary>
internal struct Bounds
{
    public double Left,
        Top,
        Right,
        Bottom;

    public static Bounds Empty { get; } =
        new()
        {
            Left = double.PositiveInfinity,
            Top = double.PositiveInfinity,
            Right = double.NegativeInfinity,
            Bottom = double.NegativeInfinity,
        };

    public readonly bool IsEmpty => Right <= Left || Bottom <= Top;

    public void Add(double x, double y, double margin)
    {
        Left = Math.Min(Left, x - margin);
        Top = Math.Min(Top, y - margin);
        Right = Math.Max(Right, x + margin);
        Bottom = Math.Max(Bottom, y + margin);
    }
}
