namespace TaskGrain.Synthesis;

/// <summary>What the fingers do.</summary>
internal enum HandPose
{
    /// <summary>Relaxed, fingers a little apart.</summary>
    Open,

    /// <summary>Thumb against fingers, with room for something between them.</summary>
    Grasp,

    /// <summary>Thumb and fingertips close together.</summary>
    Pinch,

    /// <summary>Forefinger out.</summary>
    Point,

    /// <summary>Palm down, fingers together.</summary>
    Flat,

    /// <summary>Closed.</summary>
    Fist,
}

/// <summary>
/// One finger: its direction from the knuckle, how much of its length is seen, its bow, all in the hand's plane.
/// </summary>
internal readonly record struct Digit(double Angle, double Reach, double Bow);

/// <summary>
/// A hand's shape: five digits from forefinger to little finger, then the thumb, and the place (cm from the middle
/// of the palm) that touches what the hand reaches for. Shapes mix, so that one turns into another.
/// </summary>
internal readonly record struct HandShape(
    Digit Index,
    Digit Middle,
    Digit Ring,
    Digit Little,
    Digit Thumb,
    double ContactX,
    double ContactY
)
{
    private static readonly HandShape[] Shapes =
    [
        new(
            new(0.16, 0.95, -0.1),
            new(0.02, 0.97, -0.06),
            new(-0.13, 0.95, -0.02),
            new(-0.3, 0.9, 0.05),
            new(0.95, 1, -0.35),
            9,
            0.6
        ),
        new(
            new(0.1, 0.92, -0.55),
            new(-0.02, 0.95, -0.45),
            new(-0.12, 0.9, -0.35),
            new(-0.24, 0.84, -0.25),
            new(0.62, 1.1, -0.5),
            6.8,
            2.2
        ),
        new(
            new(0.2, 0.88, 0.2),
            new(0.06, 0.84, 0.25),
            new(-0.02, 0.74, 0.3),
            new(-0.12, 0.62, 0.3),
            new(0.42, 1.18, -0.18),
            8.4,
            3.6
        ),
        new(
            new(0.06, 1.04, 0),
            new(0.0, 0.42, -0.5),
            new(-0.08, 0.38, -0.5),
            new(-0.16, 0.36, -0.5),
            new(0.3, 0.72, -0.4),
            11.1,
            3.2
        ),
        new(
            new(0.07, 1, 0),
            new(0.01, 1.02, 0),
            new(-0.06, 1, 0),
            new(-0.15, 0.98, 0.03),
            new(0.55, 0.9, -0.2),
            7.5,
            0.3
        ),
        new(
            new(0.02, 0.42, -0.3),
            new(-0.02, 0.42, -0.3),
            new(-0.06, 0.4, -0.3),
            new(-0.1, 0.38, -0.3),
            new(0.25, 0.75, -0.7),
            6.4,
            0.4
        ),
    ];

    public static HandShape Of(HandPose pose) => Shapes[(int)pose];

    public static HandShape Mix(in HandShape a, in HandShape b, double u) =>
        new(
            Mix(a.Index, b.Index, u),
            Mix(a.Middle, b.Middle, u),
            Mix(a.Ring, b.Ring, u),
            Mix(a.Little, b.Little, u),
            Mix(a.Thumb, b.Thumb, u),
            Num.Lerp(a.ContactX, b.ContactX, u),
            Num.Lerp(a.ContactY, b.ContactY, u)
        );

    private static Digit Mix(Digit a, Digit b, double u) =>
        new(Num.Lerp(a.Angle, b.Angle, u), Num.Lerp(a.Reach, b.Reach, u), Num.Lerp(a.Bow, b.Bow, u));
}
