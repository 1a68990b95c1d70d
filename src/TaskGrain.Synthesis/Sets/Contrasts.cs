namespace TaskGrain.Synthesis;

/// <summary>
/// Categories of the something world whose objects come from the same few pools and whose layouts are shared, so that
/// little but the motion tells one from another: the set for measuring a video model against its shortcuts.
/// </summary>
internal static class Contrasts
{
    /// <summary>The categories, by name.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "Pushing [something] from left to right",
        "Pushing [something] from right to left",
        "Pulling [something] from left to right",
        "Pulling [something] from right to left",
        "Moving [something] up",
        "Moving [something] down",
        "Moving [something] towards the camera",
        "Moving [something] away from the camera",
        "Picking [something] up",
        "Pretending to pick [something] up",
        "Putting [something] on a surface",
        "Pretending to put [something] on a surface",
        "Lifting [something] up completely without letting it drop down",
        "Lifting [something] up completely, then letting it drop down",
        "Pushing [something] so that it slightly moves",
        "Poking [something] so it slightly moves",
        "Poking [something] so lightly that it doesn't or almost doesn't move",
        "Pretending to poke [something]",
        "Throwing [something]",
        "Pretending to throw [something]",
        "Throwing [something] onto a surface",
        "Approaching [something] with your camera",
        "Moving away from [something] with your camera",
        "Turning the camera left while filming [something]",
        "Turning the camera right while filming [something]",
        "Turning the camera upwards while filming [something]",
        "Turning the camera downwards while filming [something]",
        "Holding [something]",
        "Showing [something] to the camera",
        "[Something] falling like a rock",
    ];
}
