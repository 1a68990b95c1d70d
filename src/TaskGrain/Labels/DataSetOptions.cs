namespace TaskGrain.Labels;

/// <summary>How a data set is opened.</summary>
public sealed record DataSetOptions
{
    /// <summary>
    /// Leave out records whose video is not there (default). Off, videos are not looked for at all: enough for
    /// questions about labels and captions.
    /// </summary>
    public bool RequireMedia { get; init; } = true;

    /// <summary>
    /// For a folder of classes without split folders: the seed that decides which clip goes where; 1 by default.
    /// </summary>
    public ulong SplitSeed { get; init; } = 1;

    /// <summary>
    /// For a folder of classes without split folders: the share of each class for validation; 0.15 by default.
    /// </summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>
    /// For a folder of classes without split folders: the share of each class for the test; 0.15 by default.
    /// </summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>
    /// For a folder of classes without split folders: a class with fewer clips than this keeps all of them for
    /// training; 6 by default.
    /// </summary>
    public int SmallestSplitClass { get; init; } = 6;

    /// <summary>Looks the values over.</summary>
    /// <exception cref="TaskGrainException">Lists every value that cannot be.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (ValidationShare is not (>= 0 and < 1) || TestShare is not (>= 0 and < 1))
        {
            faults.Add($"ValidationShare {ValidationShare} and TestShare {TestShare} must be from 0 to below 1");
        }
        else if (ValidationShare + TestShare >= 1)
        {
            faults.Add($"ValidationShare {ValidationShare} and TestShare {TestShare} leave nothing for training");
        }

        if (SmallestSplitClass < 1)
        {
            faults.Add($"SmallestSplitClass {SmallestSplitClass} must be at least 1");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"data set options: {string.Join("; ", faults)}.");
        }
    }
}
