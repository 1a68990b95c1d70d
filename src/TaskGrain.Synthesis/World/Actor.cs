namespace TaskGrain.Synthesis;

/// <summary>One object of a clip: its kind, its looks and what becomes of it over time.</summary>
internal sealed class Actor
{
    private readonly Track[] _tracks;
    private readonly List<Bond> _bonds = [];

    public Actor(ObjectKind kind, Appearance look, double size)
    {
        Kind = kind;
        Look = look;
        Width = kind.Width * size;
        Height = kind.Height * size;
        Depth = kind.Depth * size;
        _tracks = new Track[(int)Channel.Ground + 1];
        for (int i = 0; i < _tracks.Length; i++)
        {
            _tracks[i] = new Track(0);
        }

        this[Channel.ScaleX].Reset(1);
        this[Channel.ScaleY].Reset(1);
        this[Channel.Opacity].Reset(1);
        this[Channel.Lie].Reset(kind.LiesFlat ? 1 : 0);
        this[Channel.Fill].Reset(0);
    }

    private enum BondKind
    {
        /// <summary>Moves with a hand; turns by its own roll about the place where it is held.</summary>
        Held,

        /// <summary>Moves and turns with another object, as if glued.</summary>
        Rigid,
    }

    public ObjectKind Kind { get; }

    public Appearance Look { get; }

    /// <summary>Size in cm; of a flat object: width and depth on the table, height is its thickness.</summary>
    public double Width { get; }

    public double Height { get; }

    public double Depth { get; }

    /// <summary>Number of the object in the clip's ground truth.</summary>
    public int Number { get; set; }

    /// <summary>Placeholder's index in the label; -1 for an object the label does not name.</summary>
    public int Placeholder { get; set; } = -1;

    /// <summary>Which container the object is inside of over time.</summary>
    public List<(double Time, Actor? Container)> Stays { get; } = [];

    /// <summary>Colour of what is in it or on it; null for its own detail colour.</summary>
    public Rgb? Content { get; set; }

    /// <summary>What a photo shows; null for what is printed on its kind.</summary>
    public ObjectKind? Photo { get; set; }

    /// <summary>Drawn later (in front) by so many cm, whatever its depth.</summary>
    public double DrawBias { get; set; }

    public Track this[Channel channel] => _tracks[(int)channel];

    /// <summary>The container at a time; null when the object is out in the open.</summary>
    public Actor? ContainerAt(double time)
    {
        Actor? found = null;
        foreach (var (at, container) in Stays)
        {
            if (at <= time)
            {
                found = container;
            }
        }

        return found;
    }

    /// <summary>The hand that holds the object at a time, or null.</summary>
    public Hand? HolderAt(double time) => BondAt(time) is { Kind: BondKind.Held } bond ? bond.Hand : null;

    /// <summary>The object it is fixed to at a time, or null.</summary>
    public Actor? CarrierAt(double time) => BondAt(time) is { Kind: BondKind.Rigid } bond ? bond.Parent : null;

    /// <summary>From <paramref name="time"/> on, moves with the hand.</summary>
    public void HoldBy(Hand hand, double time)
    {
        Pose pose = At(time);
        _bonds.Add(new Bond(time, BondKind.Held, hand, null, pose.Spot - hand.SpotAt(time), pose.Roll));
    }

    /// <summary>From <paramref name="time"/> on, moves with another object.</summary>
    public void FixTo(Actor parent, double time)
    {
        Pose own = At(time),
            other = parent.At(time);
        double c = Num.Cos(-other.Roll),
            s = Num.Sin(-other.Roll);
        double dx = own.X - other.X,
            dy = own.Y - other.Y;
        var local = new Spot((c * dx) - (s * dy), (s * dx) + (c * dy), own.Z - other.Z);
        _bonds.Add(new Bond(time, BondKind.Rigid, null, parent, local, own.Roll - other.Roll));
    }

    /// <summary>From <paramref name="time"/> on, goes its own way, from where it is.</summary>
    public void Free(double time)
    {
        Pose pose = At(time);
        _bonds.Add(new Bond(time, BondKind.Held, null, null, default, 0));
        this[Channel.X].Jump(time, pose.X);
        this[Channel.Y].Jump(time, pose.Y);
        this[Channel.Z].Jump(time, pose.Z);
        this[Channel.Roll].Jump(time, pose.Roll);
    }

    /// <summary>The hand's offset from the held object's centre when the object has the given roll.</summary>
    public Spot GripOffset(double time, double roll) =>
        BondAt(time) is { Hand: not null } bond ? Turned(bond.Offset, roll - bond.Roll) : default;

    /// <summary>The object's state at a time.</summary>
    public Pose At(double time)
    {
        var pose = new Pose
        {
            X = this[Channel.X].At(time),
            Y = this[Channel.Y].At(time),
            Z = this[Channel.Z].At(time),
            Roll = this[Channel.Roll].At(time),
            Yaw = this[Channel.Yaw].At(time),
            Lie = this[Channel.Lie].At(time),
            ScaleX = this[Channel.ScaleX].At(time),
            ScaleY = this[Channel.ScaleY].At(time),
            Open = this[Channel.Open].At(time),
            Fold = this[Channel.Fold].At(time),
            Tear = this[Channel.Tear].At(time),
            Split = this[Channel.Split].At(time),
            Bend = this[Channel.Bend].At(time),
            Break = this[Channel.Break].At(time),
            Fill = this[Channel.Fill].At(time),
            Squeeze = this[Channel.Squeeze].At(time),
            Twist = this[Channel.Twist].At(time),
            Spread = this[Channel.Spread].At(time),
            Hole = this[Channel.Hole].At(time),
            Drape = this[Channel.Drape].At(time),
            Opacity = this[Channel.Opacity].At(time),
            Ground = this[Channel.Ground].At(time),
        };
        Bond? bond = BondAt(time);
        Spot spot;
        if (bond is { Kind: BondKind.Held, Hand: { } hand })
        {
            spot = hand.SpotAt(time) + Turned(bond.Offset, pose.Roll - bond.Roll);
        }
        else if (bond is { Kind: BondKind.Rigid, Parent: { } parent })
        {
            Pose other = parent.At(time);
            spot = other.Spot + Turned(bond.Offset, other.Roll);
            pose.Roll = other.Roll + bond.Roll;
        }
        else
        {
            return pose;
        }

        (pose.X, pose.Y, pose.Z) = spot;
        return pose;
    }

    private static Spot Turned(Spot offset, double angle)
    {
        if (angle == 0)
        {
            return offset;
        }

        double c = Num.Cos(angle),
            s = Num.Sin(angle);
        return new Spot((c * offset.X) - (s * offset.Y), (s * offset.X) + (c * offset.Y), offset.Z);
    }

    private Bond? BondAt(double time)
    {
        Bond? found = null;
        foreach (Bond bond in _bonds)
        {
            if (bond.Time <= time)
            {
                found = bond;
            }
        }

        return found is { Hand: null, Parent: null } ? null : found;
    }

    private sealed record Bond(double Time, BondKind Kind, Hand? Hand, Actor? Parent, Spot Offset, double Roll);
}
