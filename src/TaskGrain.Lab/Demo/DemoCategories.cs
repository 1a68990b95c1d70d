namespace TaskGrain.Lab.Demo;

/// <summary>The categories of the demo.</summary>
internal static class DemoCategories
{
    /// <summary>
    /// Twelve templates of Something-Something in eight groups. They differ in motion and not in objects; two pairs
    /// are each other's mirror image in space or time, which no single frame can tell apart.
    /// </summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Pushing [something] from left to right",
        "Pushing [something] from right to left",
        "Moving [something] and [something] closer to each other",
        "Moving [something] and [something] away from each other",
        "Turning the camera left while filming [something]",
        "Turning the camera upwards while filming [something]",
        "Approaching [something] with your camera",
        "Picking [something] up",
        "Dropping [something] next to [something]",
        "Covering [something] with [something]",
        "Poking [something] so that it falls over",
        "Tearing [something] into two pieces",
    ];
}
