namespace TaskGrain.Data;

/// <summary>Something about a clip or class folder that its owner should know.</summary>
/// <param name="Path">The file or folder, relative to the folder of classes.</param>
/// <param name="Reason">What is wrong, and what was done about it.</param>
/// <param name="LeftOut">Whether the clip was left out for it.</param>
public sealed record ClipProblem(string Path, string Reason, bool LeftOut)
{
    /// <summary>One line for people.</summary>
    /// <returns>Path and reason.</returns>
    public override string ToString() => $"{Path}: {Reason}";
}
