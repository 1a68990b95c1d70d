namespace TaskGrain.Video;

/// <summary>Damage found in a frame store.</summary>
/// <param name="Id">The damaged clip; null when the damage hides which one it is.</param>
/// <param name="Message">What is damaged, with file and position.</param>
internal sealed record StoreProblem(string? Id, string Message);
