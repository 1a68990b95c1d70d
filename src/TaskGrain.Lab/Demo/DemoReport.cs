namespace TaskGrain.Lab.Demo;

/// <summary>What the demo did and found.</summary>
internal sealed record DemoReport
{
    /// <summary>The shipped model on new clips.</summary>
    public required KnownChapter Known { get; init; }

    /// <summary>The clips of the twelve categories.</summary>
    public required DrawnChapter Drawn { get; init; }

    /// <summary>The training on them.</summary>
    public required LearntChapter Learnt { get; init; }

    /// <summary>The teaching.</summary>
    public required TaughtChapter Taught { get; init; }

    /// <summary>The trained model.</summary>
    public required string Model { get; init; }

    /// <summary>The taught model.</summary>
    public required string TaughtModel { get; init; }

    /// <summary>The frame store with the generated clips.</summary>
    public required string Store { get; init; }

    /// <summary>The report as a page for a browser.</summary>
    public required string Page { get; init; }

    /// <summary>Seconds in all.</summary>
    public required double Seconds { get; init; }
}
