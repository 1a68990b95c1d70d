namespace TaskGrain.Lab.Demo;

/// <summary>What the demo's clips are of.</summary>
internal static class DemoWorld
{
    /// <summary>
    /// Twelve templates of Something-Something in eight groups. They differ in motion and not in objects; two pairs
    /// are each other's mirror image in space or time, which no single frame can tell apart.
    /// </summary>
    public static IReadOnlyList<string> Categories { get; } =
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

    /// <summary>
    /// Twelve kinds of objects. The generator has nine dozen, by several names each; what so many look like takes more
    /// clips to learn than minutes have room for. Three of these fall over, and of the sheets two can be torn and two
    /// cover something, so that no action goes with one object alone.
    /// </summary>
    public static IReadOnlyList<string> Objects { get; } =
    [
        "bottle",
        "mug",
        "teddy bear",
        "book",
        "ball",
        "banana",
        "rubber duck",
        "scissors",
        "hat",
        "paper",
        "newspaper",
        "towel",
    ];

    /// <summary>
    /// Classes of the kitchen: what is taught from a few clips. As in many a real task one is the pretence of another,
    /// and one is everything else.
    /// </summary>
    public static IReadOnlyList<string> Kitchen { get; } =
    [
        "Using a knife to cut something",
        "Pretending to use a knife to cut something",
        "Using tongs to pick something up",
        "Doing other things",
    ];
}
