namespace TaskGrain.Synthesis;

/// <summary>What can change about an object over time.</summary>
internal enum Channel
{
    /// <summary>Centre, cm to the right of the middle of the table.</summary>
    X,

    /// <summary>Centre, cm above the table.</summary>
    Y,

    /// <summary>Centre, cm behind the middle of the table.</summary>
    Z,

    /// <summary>Turn in the plane of the picture, radians; of a flat object: turn on the table.</summary>
    Roll,

    /// <summary>Turn about the vertical, radians.</summary>
    Yaw,

    /// <summary>1: lies flat on the table, 0: faces the camera (flat and long objects).</summary>
    Lie,

    /// <summary>Stretch sideways.</summary>
    ScaleX,

    /// <summary>Stretch upwards.</summary>
    ScaleY,

    /// <summary>Lid, cap or cover: 0 closed, 1 open.</summary>
    Open,

    /// <summary>0 flat, 1 one half on the other.</summary>
    Fold,

    /// <summary>0 whole, 1 torn through.</summary>
    Tear,

    /// <summary>Distance between the two halves, cm.</summary>
    Split,

    /// <summary>Whole angle of the bow, radians.</summary>
    Bend,

    /// <summary>Kink between the two halves of a broken object, radians.</summary>
    Break,

    /// <summary>How full, 0 to 1.</summary>
    Fill,

    /// <summary>0 to 1.</summary>
    Squeeze,

    /// <summary>Wringing, radians.</summary>
    Twist,

    /// <summary>How much of the object is spread or sprinkled over, 0 to 1.</summary>
    Spread,

    /// <summary>Depth of holes poked into it, 0 to 1.</summary>
    Hole,

    /// <summary>How far sheets hang over what is under them, 0 flat to 1.</summary>
    Drape,

    /// <summary>0 invisible, 1 there.</summary>
    Opacity,

    /// <summary>Height of what the object stands on (where its shadow falls), cm.</summary>
    Ground,
}

/// <summary>An object's state at one moment.</summary>
internal struct Pose
{
    public double X,
        Y,
        Z,
        Roll,
        Yaw,
        Lie,
        ScaleX,
        ScaleY,
        Open,
        Fold,
        Tear,
        Split,
        Bend,
        Break,
        Fill,
        Squeeze,
        Twist,
        Spread,
        Hole,
        Drape,
        Opacity,
        Ground;

    public readonly Spot Spot => new(X, Y, Z);
}

/// <summary>A place in the world, cm.</summary>
internal readonly record struct Spot(double X, double Y, double Z)
{
    public static Spot operator +(Spot a, Spot b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Spot operator -(Spot a, Spot b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Spot Between(Spot a, Spot b, double u) =>
        new(Num.Lerp(a.X, b.X, u), Num.Lerp(a.Y, b.Y, u), Num.Lerp(a.Z, b.Z, u));
}
