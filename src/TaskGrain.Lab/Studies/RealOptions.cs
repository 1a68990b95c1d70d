using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies;

/// <summary>What the study of somebody's real clips is made with.</summary>
internal sealed record RealOptions
{
    /// <summary>A folder with one subfolder a class, or <c>train</c> and <c>test</c> with these.</summary>
    public required string Data { get; init; }

    /// <summary>Which clips belong together; null where nothing is known of it.</summary>
    public ClipGroups? Groups { get; init; }

    /// <summary>
    /// The group to test on; null to hold out every group in turn, or the test split where the folder has one.
    /// </summary>
    public string? TestGroup { get; init; }

    /// <summary>A sentence about the clips for the page; null for none.</summary>
    public string? About { get; init; }

    /// <summary>Clips a class to learn from; null for all.</summary>
    public IReadOnlyList<int?> Shots { get; init; } = [1, 5, null];

    /// <summary>Draws of the shots.</summary>
    public int Draws { get; init; } = 10;

    /// <summary>The sources, the encoder's name and the classifiers, as in teaching.</summary>
    public TeachOptions Teaching { get; init; } = new();
}
