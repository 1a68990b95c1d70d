namespace TaskGrain.Synthesis;

/// <summary>Casting: who plays, what they are called.</summary>
internal sealed partial class Director
{
    /// <summary>Draws an object for a role, different in kind from the others, and gives it a place.</summary>
    public Actor CastRole(Role role)
    {
        ObjectKind kind = Catalogue.Draw(
            Random,
            role.Can,
            role.Cannot,
            k => role.Fits(k) && !Cast.Exists(a => a.Kind == k)
        );
        Actor actor = Add(kind);
        actor.Placeholder = Cast.Count;
        Cast.Add(actor);
        PlaceFree(actor);
        return actor;
    }

    /// <summary>
    /// The clip stands still for a moment; an idle hand may be in view already. Then the action begins.
    /// </summary>
    public void Begin(double lead)
    {
        _restsFirst = Random.NextBool(0.2);
        Now = _opening = lead;
        Event("begin");
    }

    private bool _restsFirst;

    /// <summary>Each bracket gets the phrase of its object.</summary>
    public void NameCast()
    {
        foreach (Actor actor in Cast)
        {
            Phrases.Add(Words.One(actor.Kind, actor.Look));
        }
    }
}
