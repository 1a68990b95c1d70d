namespace TaskGrain.Synthesis;

/// <summary>Something that happens in a clip at one moment, for the ground truth.</summary>
internal readonly record struct SceneEvent(double Time, string Name, int Object);

/// <summary>Everything there is in a clip. Any moment of it can be drawn without the moments before.</summary>
internal sealed class Scene
{
    public required View View { get; init; }

    public required Stage Stage { get; init; }

    public Camera Camera { get; } = new();

    /// <summary>What is varied beyond the generator's own pictures.</summary>
    public ClipVariation Variation { get; init; } = ClipVariation.None;

    public List<Actor> Actors { get; } = [];

    public List<Hand> Hands { get; } = [];

    public List<Effect> Effects { get; } = [];

    public List<SceneEvent> Events { get; } = [];

    /// <summary>Which hand has its fingers around which object, and when.</summary>
    public List<(Hand Hand, Actor Actor, double From, double To)> Wraps { get; } = [];

    /// <summary>Scene seconds a second of film: below 1 acts faster.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>The hand whose fingers are around the object at a time.</summary>
    public Hand? WrappedBy(Actor actor, double time)
    {
        foreach (var (hand, held, from, to) in Wraps)
        {
            if (held == actor && from <= time && time < to)
            {
                return hand;
            }
        }

        return null;
    }

    public bool IsWrapping(Hand hand, double time)
    {
        foreach (var (who, _, from, to) in Wraps)
        {
            if (who == hand && from <= time && time < to)
            {
                return true;
            }
        }

        return false;
    }
}
