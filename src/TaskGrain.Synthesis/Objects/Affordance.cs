namespace TaskGrain.Synthesis;

/// <summary>
/// What can be done with an object. Scripts ask for these, never for a kind by name, so that many kinds fit each.
/// </summary>
[Flags]
internal enum Affordance
{
    None = 0,

    /// <summary>One hand can lift it.</summary>
    Graspable = 1 << 0,

    /// <summary>Open at the top, with room inside.</summary>
    Container = 1 << 1,

    /// <summary>Has a lid, cap or cover that opens.</summary>
    Openable = 1 << 2,

    /// <summary>Rolls: a ball, or a cylinder on its side.</summary>
    Rolls = 1 << 3,

    /// <summary>A flat top that carries other objects.</summary>
    Support = 1 << 4,

    /// <summary>Stands upright and can fall over.</summary>
    Topples = 1 << 5,

    /// <summary>A sheet: paper, cloth, card.</summary>
    Sheet = 1 << 6,

    /// <summary>A sheet that a hand tears.</summary>
    Tearable = 1 << 7,

    /// <summary>Long and bends.</summary>
    Bendable = 1 << 8,

    /// <summary>Long and breaks when bent.</summary>
    Brittle = 1 << 9,

    /// <summary>Gets longer when pulled.</summary>
    Stretchy = 1 << 10,

    /// <summary>Gives way under the fingers.</summary>
    Squeezable = 1 << 11,

    /// <summary>Fits into a cup.</summary>
    Small = 1 << 12,

    /// <summary>Tall or broad enough to hide a small object behind it.</summary>
    Big = 1 << 13,

    /// <summary>Long: a tool to push, poke or hit with.</summary>
    Long = 1 << 14,

    /// <summary>Several are stacked on one another.</summary>
    Stacks = 1 << 15,

    /// <summary>Stays where it is put: no rolling, no falling over.</summary>
    Steady = 1 << 16,

    /// <summary>Comes down slowly through the air.</summary>
    Feathery = 1 << 17,

    /// <summary>Comes apart into two pieces when pulled.</summary>
    Separable = 1 << 18,

    /// <summary>Has a socket.</summary>
    Socket = 1 << 19,

    /// <summary>Fits into a socket.</summary>
    Plug = 1 << 20,

    /// <summary>Sticks to upright surfaces.</summary>
    Sticky = 1 << 21,

    /// <summary>Soft cloth that is wrung.</summary>
    Cloth = 1 << 22,

    /// <summary>Round all over: spins and rolls any way.</summary>
    Round = 1 << 23,
}
