namespace TaskGrain.Explain.Overlays;

/// <summary>
/// Perceptually uniform colour maps: equal steps of a value are equal steps to the eye, and brightness rises with it,
/// so that maps are read right in grey and by the colour-blind. (Jet, which the paper's figures have, is no such map.)
/// </summary>
public enum OverlayColours
{
    /// <summary>Black, purple, orange, light yellow.</summary>
    Inferno,

    /// <summary>Black, purple, pink, nearly white.</summary>
    Magma,

    /// <summary>Dark violet, green, yellow.</summary>
    Viridis,
}
