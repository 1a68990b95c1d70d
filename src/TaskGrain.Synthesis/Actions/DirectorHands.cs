namespace TaskGrain.Synthesis;

/// <summary>What hands do.</summary>
internal sealed partial class Director
{
    private readonly Dictionary<Hand, (Actor Actor, double Since, bool Carries)> _grips = [];

    /// <summary>The hand that acts.</summary>
    public Hand Main => _main ??= NewHand(AnyAngle(), null);

    /// <summary>The other hand; its arm comes from another side.</summary>
    public Hand Other => _other ??= NewHand(Math.PI - Main.BaseAngle + Between(-0.3, 0.3), !Main.Left);

    private Hand? _main;
    private Hand? _other;

    public HandLook Person { get; set; } = null!;

    /// <summary>Sets the side the acting arm comes from; before its first use.</summary>
    public void ArmFrom(double angle) => _main ??= NewHand(angle, null);

    /// <summary>
    /// Fingers point this way when the arm comes from the left (-1) or right (+1), somewhat from below.
    /// </summary>
    public double FromSide(int side) => side < 0 ? Between(-0.1, 0.75) : Math.PI - Between(-0.1, 0.75);

    /// <summary>A direction for an arm that may come from any side.</summary>
    public double AnyAngle()
    {
        double which = Random.NextDouble();
        return which < 0.36 ? FromSide(1)
            : which < 0.72 ? FromSide(-1)
            : which < 0.93 ? (Math.PI / 2) + Between(-0.6, 0.6)
            : (-Math.PI / 2) + Between(-0.35, 0.35);
    }

    public Hand NewHand(double angle, bool? left)
    {
        var hand = new Hand(Person, left ?? Random.NextBool(), angle);
        hand.Place(Home(hand));
        Scene.Hands.Add(hand);
        if (_restsFirst && Scene.Hands.Count == 1)
        {
            StartInView(hand);
        }

        return hand;
    }

    /// <summary>Out of the picture, where the arm comes from.</summary>
    public Spot Home(Hand hand, double? angle = null)
    {
        double a = angle ?? hand.BaseAngle;
        View view = Scene.View;
        double c = Num.Cos(a),
            s = Num.Sin(a);
        double across = (view.Width / 2 / view.PixelsPerCm) + 15,
            down = (view.Height * 0.45 / view.PixelsPerCm) + 14;
        double far = Math.Min(
            Math.Abs(c) < 0.05 ? 999 : across / Math.Abs(c),
            Math.Abs(s) < 0.05 ? 999 : down / Math.Abs(s)
        );
        double middle = (Scene.View.Width / 2 - Scene.View.OriginX) / view.PixelsPerCm;
        // From below the arm comes over the front edge, from above over the back edge.
        double z = Math.Clamp(-0.45 * far * s, -18, 14);
        return new Spot(middle - (far * c), 5 - (((far * s) + (z * view.Flat)) / view.Tall), z);
    }

    /// <summary>At the border of the picture, partly seen.</summary>
    public Spot Rest(Hand hand)
    {
        Spot home = Home(hand);
        return Spot.Between(home, new Spot(0, 3, 0), Between(0.36, 0.46));
    }

    /// <summary>Before the clip begins, the hand already lies in view.</summary>
    public void StartInView(Hand hand)
    {
        hand.Used = true;
        hand.Place(Rest(hand));
    }

    /// <summary>Where a hand takes hold of an object.</summary>
    public Spot Grip(Actor actor, Hand hand)
    {
        Spot at = Where(actor);
        double angle = hand.AngleAt(Now),
            c = Num.Cos(angle),
            s = Num.Sin(angle);
        if (actor.Kind.LiesFlat)
        {
            if (actor.Kind.Has(Affordance.Long))
            {
                // Tools are held by their handle, the tail end.
                double roll = actor.At(Now).Roll,
                    back = 0.3 * actor.Width;
                return at + new Spot(-back * Num.Cos(roll), 0.4, -back * Num.Sin(roll));
            }

            const double Part = 0.36;
            return at + new Spot(-c * Part * 2 * HalfWide(actor), 0.4, -s * Part * 2 * HalfDeep(actor));
        }

        return at + new Spot(-c * 0.42 * actor.Width, (-s * 0.3 * actor.Height) + (0.08 * actor.Height), -0.2);
    }

    public static HandPose GripPose(Actor actor) =>
        actor.Kind.LiesFlat || actor.Width < 4.5 ? HandPose.Pinch : HandPose.Grasp;

    /// <summary>Moves a hand; the clock goes on.</summary>
    public void Move(Hand hand, Spot to, double seconds, Ease ease = Ease.Smooth)
    {
        hand.Used = true;
        double start = Spend(seconds);
        hand.MoveTo(start, Paced(seconds), to, ease);
    }

    /// <summary>A hand comes to an object and closes around it.</summary>
    public void Reach(Actor actor, Hand? by = null, bool close = true)
    {
        Hand hand = by ?? Main;
        Spot grip = Grip(actor, hand);
        double angle = hand.AngleAt(Now);
        var before = grip + new Spot(-3.2 * Num.Cos(angle), 1.2 - (1.6 * Num.Sin(angle)), 0);
        hand.Take(Now, GripPose(actor) == HandPose.Pinch ? HandPose.Grasp : HandPose.Open);
        Move(hand, before, 0.55);
        Move(hand, grip, 0.2);
        if (close)
        {
            hand.Take(Now, GripPose(actor));
            Wait(0.12);
            Hold(actor, hand);
        }
    }

    /// <summary>From now on the object goes where the hand goes.</summary>
    public void Hold(Actor actor, Hand? by = null, bool carries = true)
    {
        Hand hand = by ?? Main;
        hand.Used = true;
        hand.Take(Now, GripPose(actor));
        if (carries)
        {
            actor.HoldBy(hand, Now);
        }

        _grips[hand] = (actor, Now, carries);
        Event("grasp", actor);
    }

    /// <summary>The hand opens; the object stays where it is.</summary>
    public void Release(Hand? by = null)
    {
        Hand hand = by ?? Main;
        if (!_grips.Remove(hand, out var grip))
        {
            return;
        }

        if (grip.Carries)
        {
            grip.Actor.Free(Now);
        }

        Scene.Wraps.Add((hand, grip.Actor, grip.Since, Now));
        hand.Take(Now, HandPose.Open);
        Event("release", grip.Actor);
    }

    public Actor? HeldBy(Hand hand) => _grips.TryGetValue(hand, out var grip) ? grip.Actor : null;

    /// <summary>
    /// The hand has the object: it takes it from the table, or comes into the picture with it.
    /// </summary>
    public void Obtain(Actor actor, Hand? by = null, bool mayComeFromOutside = true)
    {
        Hand hand = by ?? Main;
        if (HeldBy(hand) == actor)
        {
            return;
        }

        if (mayComeFromOutside && Random.NextBool(0.55) && Now <= _opening)
        {
            Spot home = Home(hand);
            hand.Place(home);
            Spot at = Where(actor);
            double angle = hand.BaseAngle;
            Place(actor, home + (at - Grip(actor, hand)));
            double roll = actor[Channel.Roll].First;
            if (actor.Kind.LiesFlat)
            {
                actor[Channel.Lie].Reset(Between(0.3, 0.8));
                actor[Channel.Roll].Reset(roll);
            }

            hand.Used = true;
            Hold(actor, hand);
            Move(hand, Spot.Between(home, new Spot(0, 9, 0), 0.5), 0.35);
        }
        else
        {
            Reach(actor, hand);
        }
    }

    private double _opening;

    /// <summary>Carries what the hand holds so that its centre comes to a place.</summary>
    /// <param name="to">Centre of the object.</param>
    /// <param name="seconds">Hand time.</param>
    /// <param name="arc">How far it is lifted on the way, cm.</param>
    /// <param name="by">The hand.</param>
    public void Carry(Spot to, double seconds = 0.7, double arc = 0, Hand? by = null)
    {
        Hand hand = by ?? Main;
        Actor actor = HeldBy(hand) ?? throw new InvalidOperationException("the hand holds nothing to carry");
        Spot offset = actor.GripOffset(Now, actor[Channel.Roll].Last);
        Spot target = to - offset;
        hand.Used = true;
        double start = Spend(seconds),
            time = Paced(seconds);
        if (arc <= 0)
        {
            hand.MoveTo(start, time, target);
            return;
        }

        double peak = Math.Max(hand.Y.At(start), target.Y) + arc;
        hand.X.To(start + (0.1 * time), 0.8 * time, target.X);
        hand.Z.To(start + (0.1 * time), 0.8 * time, target.Z);
        hand.Y.To(start, 0.45 * time, peak);
        hand.Y.To(start + (0.45 * time), 0.55 * time, target.Y);
    }

    /// <summary>Changes one of an object's values over hand time, from now on; the clock stays.</summary>
    public void Turn(
        Actor actor,
        Channel channel,
        double to,
        double seconds,
        Ease ease = Ease.Smooth,
        double delay = 0
    ) => actor[channel].To(Now + Paced(delay), Paced(seconds), to, ease);

    /// <summary>A held flat object is set down flat again (or upright ones upright) while it is carried.</summary>
    public void Level(Actor actor, double seconds)
    {
        if (actor.Kind.LiesFlat)
        {
            Turn(actor, Channel.Lie, 1, seconds);
        }
    }

    /// <summary>The hand goes out of the picture, or only back to its border.</summary>
    public void Leave(Hand? by = null)
    {
        Hand hand = by ?? Main;
        double angle = hand.AngleAt(Now);
        Spot at = hand.SpotAt(Now);
        hand.Take(Now, HandPose.Open);
        Move(hand, at + new Spot(-3 * Num.Cos(angle), 1.5 - (2 * Num.Sin(angle)), -0.3), 0.18);
        Spot to = Random.NextBool(0.72) ? Home(hand) : Rest(hand);
        double start = Spend(0.5);
        hand.MoveTo(start, Paced(0.5), to, Ease.Smooth);
        hand.Turn.To(start, Paced(0.5), 0);
    }

    /// <summary>Both hands leave at once.</summary>
    public void LeaveBoth()
    {
        double start = Now;
        Leave();
        double end = Now;
        Now = start;
        double spent = HandSeconds;
        Leave(Other);
        HandSeconds = spent;
        Now = end;
    }

    /// <summary>The hand draws back with what it holds: out of the picture, or the object is put down again.</summary>
    public void TakeBack(Spot home)
    {
        Actor actor = HeldBy(Main)!;
        if (Random.NextBool(0.5))
        {
            Move(Main, Home(Main), 0.7);
        }
        else
        {
            Carry(home, 0.7, 3);
            Level(actor, 0.2);
            Release();
            Leave();
        }
    }

    /// <summary>Closes the book: fingers that are still around something stay there to the end.</summary>
    public void Finish()
    {
        foreach (var (hand, grip) in _grips)
        {
            Scene.Wraps.Add((hand, grip.Actor, grip.Since, double.PositiveInfinity));
        }

        _grips.Clear();
        if (_restsFirst && !Scene.Hands.Exists(h => h.Used))
        {
            // Someone who does nothing.
            Hand idle = Main;
            Spot rest = idle.SpotAt(0);
            idle.MoveTo(0.3, Now, rest + new Spot(Between(-3, 3), 0, Between(-1, 1)));
        }
    }
}
