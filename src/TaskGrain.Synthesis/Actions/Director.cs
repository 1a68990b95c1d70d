using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>
/// Directs one clip: casts objects, places them, and moves hands and objects by motion primitives. A script's time
/// runs by itself; the seconds of a hand's motions are scaled by the clip's pace, those of physics are not, so that a
/// clip's length says nothing about its category.
/// </summary>
internal sealed partial class Director
{
    private readonly List<(Spot Spot, double Radius)> _taken = [];
    private readonly double _pace;

    public Director(Scene scene, Catalogue catalogue, SeededRandom random, SeededRandom words, double pace)
    {
        Scene = scene;
        Catalogue = catalogue;
        Random = random;
        Words = new PhraseWriter(words);
        _pace = pace;
    }

    public Scene Scene { get; }

    public Catalogue Catalogue { get; }

    public SeededRandom Random { get; }

    public PhraseWriter Words { get; }

    /// <summary>Scene time that the script has come to, seconds.</summary>
    public double Now { get; set; }

    /// <summary>Seconds of hand motion so far, at pace 1.</summary>
    public double HandSeconds { get; private set; }

    /// <summary>Seconds of physics so far.</summary>
    public double PhysicsSeconds { get; private set; }

    /// <summary>
    /// What the script wants in each bracket of the template; null where the actor's own phrase goes.
    /// </summary>
    public List<string> Phrases { get; } = [];

    /// <summary>The cast, in the order of the script's roles.</summary>
    public List<Actor> Cast { get; } = [];

    public Actor this[int role] => Cast[role];

    /// <summary>-1 or +1 with equal chance.</summary>
    public int Sign() => Random.NextBool() ? 1 : -1;

    public double Between(double low, double high) => Random.NextDouble(low, high);

    /// <summary>Time for a hand's motion of so many seconds; moves the clock on unless told not to.</summary>
    public double Spend(double seconds)
    {
        HandSeconds += seconds;
        double start = Now;
        Now += seconds * _pace;
        return start;
    }

    /// <summary>Length of a hand's motion at this clip's pace.</summary>
    public double Paced(double seconds) => seconds * _pace;

    public void Wait(double seconds) => Spend(seconds);

    /// <summary>Moves the clock on for physics.</summary>
    public void Physics(double seconds)
    {
        PhysicsSeconds += seconds;
        Now += seconds;
    }

    public void Event(string name, Actor? actor = null) =>
        Scene.Events.Add(new SceneEvent(Now, name, actor?.Number ?? -1));

    /// <summary>Adds an object of a kind to the scene, with looks of its own.</summary>
    public Actor Add(ObjectKind kind, double? size = null, Appearance? look = null)
    {
        var actor = new Actor(kind, look ?? NewLook(kind), size ?? Between(0.9, 1.18)) { Number = Scene.Actors.Count };
        if (kind.LiesFlat)
        {
            actor[Channel.Roll].Reset(Between(-0.5, 0.5) + (Random.NextBool(0.2) ? Math.PI / 2 : 0));
        }
        else
        {
            actor[Channel.Yaw].Reset(Between(-0.5, 0.5) + (Random.NextBool() ? Math.PI : 0));
        }

        Scene.Actors.Add(actor);
        return actor;
    }

    public Appearance NewLook(ObjectKind kind)
    {
        NamedColor color = Random.Pick(kind.Colors);
        Rgb accent = Random.Pick(Palette.Bright).Color,
            detail = Random.Pick(Palette.Bright).Color;
        if (Distance(accent, color.Color) < 90)
        {
            accent =
                color.Color.R + color.Color.G + color.Color.B > 380 ? color.Color.Shade(0.45) : color.Color.Shade(1.6);
        }

        return new Appearance(
            color,
            accent,
            detail,
            Random.Pick(kind.Finishes),
            kind.Materials.Count > 0 ? Random.Pick(kind.Materials) : null,
            Random.NextInt(1000)
        );
    }

    private static int Distance(Rgb a, Rgb b) => Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B);
}
