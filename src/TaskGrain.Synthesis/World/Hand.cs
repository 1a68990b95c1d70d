namespace TaskGrain.Synthesis;

/// <summary>A hand: where its touching place is over time, where it points and what its fingers do.</summary>
/// <param name="look">Skin, sleeve and size.</param>
/// <param name="left">A left hand: the mirror image of a right one.</param>
/// <param name="angle">
/// Direction the fingers point to in the picture, radians; the arm comes from the opposite side.
/// </param>
internal sealed class Hand(HandLook look, bool left, double angle)
{
    private const double PoseTime = 0.22;

    private readonly List<(double Time, HandPose Pose)> _poses = [(double.NegativeInfinity, HandPose.Open)];

    public HandLook Look { get; } = look;

    public bool Left { get; } = left;

    public double BaseAngle { get; } = angle;

    public Track X { get; } = new(0);

    public Track Y { get; } = new(0);

    public Track Z { get; } = new(0);

    /// <summary>Turn of the hand away from <see cref="BaseAngle"/>.</summary>
    public Track Turn { get; } = new(0);

    /// <summary>Whether the hand ever comes into the picture.</summary>
    public bool Used { get; set; }

    public Spot SpotAt(double time) => new(X.At(time), Y.At(time), Z.At(time));

    public double AngleAt(double time) => BaseAngle + Turn.At(time);

    public void Place(Spot spot)
    {
        X.Reset(spot.X);
        Y.Reset(spot.Y);
        Z.Reset(spot.Z);
    }

    public void MoveTo(double start, double duration, Spot spot, Ease ease = Ease.Smooth)
    {
        X.To(start, duration, spot.X, ease);
        Y.To(start, duration, spot.Y, ease);
        Z.To(start, duration, spot.Z, ease);
    }

    /// <summary>The fingers begin to take a pose.</summary>
    public void Take(double time, HandPose pose) => _poses.Add((time, pose));

    public HandShape ShapeAt(double time)
    {
        int at = _poses.Count - 1;
        while (at > 0 && _poses[at].Time > time)
        {
            at--;
        }

        HandShape now = HandShape.Of(_poses[at].Pose);
        double u = (time - _poses[at].Time) / PoseTime;
        return at == 0 || u >= 1 ? now : HandShape.Mix(HandShape.Of(_poses[at - 1].Pose), now, Num.Smooth(u));
    }
}

/// <summary>How a person's hand and arm look.</summary>
internal sealed record HandLook
{
    public required Rgb Skin { get; init; }

    /// <summary>Null: a bare arm.</summary>
    public Rgb? Sleeve { get; init; }

    /// <summary>Where the sleeve ends, cm from the wrist.</summary>
    public double CuffAt { get; init; } = 2;

    public bool StripedSleeve { get; init; }

    public Rgb? Nails { get; init; }

    public bool Watch { get; init; }

    public bool Ring { get; init; }

    public double Size { get; init; } = 1;

    /// <summary>A glove instead of skin.</summary>
    public bool Gloved { get; init; }
}
