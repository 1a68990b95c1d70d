namespace TaskGrain.Synthesis;

/// <summary>
/// What the camera does over time: pan and tilt in pixels, zoom, and the shake of a hand that holds it.
/// </summary>
internal sealed class Camera
{
    private readonly double[] _phase = new double[6];
    private double _shake;
    private bool _framed;
    private bool _wanders;
    private double _closer = 1;
    private double _roll;
    private double _sway;
    private double _swayRate;
    private (double X, double Y) _drift;

    /// <summary>Pixels the picture's content moves to the left.</summary>
    public Track Pan { get; } = new(0);

    /// <summary>Pixels the picture's content moves up.</summary>
    public Track Tilt { get; } = new(0);

    public Track Zoom { get; } = new(1);

    /// <summary>Point of the picture that zooming keeps in place.</summary>
    public (double X, double Y) Focus { get; set; }

    /// <summary>Moves on purpose, so that the background must reach far beyond the picture.</summary>
    public bool Moves { get; set; }

    /// <summary>
    /// Stands nearer or farther and looks somewhat aside, in clips of any category: the framing of one frame must not
    /// tell that the camera moves.
    /// </summary>
    public void Frame(Runtime.SeededRandom random, View view)
    {
        _framed = true;
        Zoom.Reset(random.NextDouble(0.84, 1.32));
        Pan.Reset(view.Width * random.NextDouble(-0.1, 0.1));
        Tilt.Reset(view.Height * random.NextDouble(-0.09, 0.09));
    }

    /// <summary>How far beyond the picture the background can be seen, as a part of its size.</summary>
    public double Margin =>
        (
            Moves ? 0.5
            : _framed ? 0.26
            : 0.07
        ) + (_wanders ? 0.26 : 0);

    public void Shake(double pixels, Runtime.SeededRandom random)
    {
        _shake = pixels;
        for (int i = 0; i < _phase.Length; i++)
        {
            _phase[i] = random.NextDouble() * Num.Tau;
        }
    }

    /// <summary>Stands nearer than the scripts know.</summary>
    /// <param name="factor">How many times as large everything is, 1 or more.</param>
    public void Approach(double factor) => _closer = factor;

    /// <summary>
    /// Moves on its own account, whatever the action: rolls, sways and drifts, much less than in the categories that
    /// are about the camera.
    /// </summary>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="view">The camera's place.</param>
    /// <param name="strength">0 none to 1.</param>
    public void Wander(Runtime.SeededRandom random, View view, double strength)
    {
        _wanders = true;
        double shake = random.NextDouble();
        Shake(_shake + (7 * strength * shake * shake), random);
        _roll = strength * random.NextDouble(-0.16, 0.16);
        _sway = strength * random.NextDouble(0, 0.06);
        _swayRate = random.NextDouble(0.6, 3);
        _drift = random.NextBool(0.6)
            ? (
                strength * view.Width * random.NextDouble(-0.03, 0.03),
                strength * view.Height * random.NextDouble(-0.03, 0.03)
            )
            : (0, 0);
    }

    /// <summary>From the still picture to the one at a time.</summary>
    public Affine At(double time)
    {
        double zoom = Zoom.At(time) * _closer;
        double dx = -Pan.At(time) + (_drift.X * time),
            dy = -Tilt.At(time) + (_drift.Y * time);
        if (_shake > 0)
        {
            dx +=
                _shake
                * (
                    Num.Sin((2.1 * time) + _phase[0])
                    + (0.6 * Num.Sin((5.3 * time) + _phase[1]))
                    + (0.3 * Num.Sin((11.7 * time) + _phase[2]))
                );
            dy +=
                _shake
                * (
                    Num.Sin((1.7 * time) + _phase[3])
                    + (0.6 * Num.Sin((4.7 * time) + _phase[4]))
                    + (0.3 * Num.Sin((12.9 * time) + _phase[5]))
                );
        }

        if (!_wanders)
        {
            return new Affine(zoom, 0, 0, zoom, (Focus.X * (1 - zoom)) + dx, (Focus.Y * (1 - zoom)) + dy);
        }

        return Affine.Translate(Focus.X + dx, Focus.Y + dy)
            * Affine.Rotate(_roll + (_sway * Num.Sin((_swayRate * time) + _phase[0])))
            * Affine.Scale(zoom, zoom)
            * Affine.Translate(-Focus.X, -Focus.Y);
    }
}
