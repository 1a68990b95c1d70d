namespace TaskGrain.Explain.Reports;

/// <summary>How much a report shows.</summary>
internal sealed record ReportOptions
{
    /// <summary>Examples shown at length: so many right ones and as many wrong ones, 0 to 100.</summary>
    public int Examples { get; init; } = 6;

    /// <summary>Classes in the lists of the best and the worst.</summary>
    public int Classes { get; init; } = 8;

    /// <summary>What all pictures may take as JPEG files; as text in the page they take a third more.</summary>
    public long PictureBytes { get; init; } = 7_500_000;

    /// <summary>The most clips behind a confusion matrix that the page holds the words of.</summary>
    public int MostClips { get; init; } = 10_000;
}
