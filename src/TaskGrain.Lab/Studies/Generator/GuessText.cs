namespace TaskGrain.Lab.Studies.Generator;

/// <summary>The words for a way to guess.</summary>
internal static class GuessText
{
    public static string Of(GuessRow row) => $"{Seen(row.Seen)}, {Method(row.Method)}";

    public static string Seen(Glimpse seen) =>
        seen switch
        {
            Glimpse.Nothing => "nothing",
            Glimpse.FirstFrame => "first frame",
            Glimpse.MiddleFrame => "middle frame",
            Glimpse.LastFrame => "last frame",
            Glimpse.Words => "bag of object words",
            _ => throw new ArgumentOutOfRangeException(nameof(seen), seen, "no such glimpse"),
        };

    private static string Method(GuessMethod method) =>
        method switch
        {
            GuessMethod.Chance => "chance",
            GuessMethod.NearestNeighbour => "nearest neighbour",
            GuessMethod.SmallNetwork => "small network",
            GuessMethod.LinearClassifier => "linear classifier",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "no such method"),
        };
}
