namespace TaskGrain.Inference.Features;

/// <summary>One window over a video, and which of its steps count.</summary>
/// <param name="Start">
/// The video's step that the window begins at; negative where a short video is padded in front.
/// </param>
/// <param name="From">First step of the video that is taken from this window.</param>
/// <param name="To">The step after the last one taken from it.</param>
internal readonly record struct FeatureWindow(int Start, int From, int To);

/// <summary>
/// Cuts a video of any length into windows of the length a network was trained on, so that memory stays bounded and
/// the network sees what it knows.
/// </summary>
/// <remarks>
/// Windows overlap, and a step's vector comes from the window in which it lies farthest from an edge: there a
/// recurrent or temporal layer has seen most of what came before and after. With half a window of overlap no vector
/// (but those at the ends of the video) lies nearer than a quarter of a window to an edge. The last window ends with
/// the video, so it overlaps more. A video shorter than a window is padded as in training: its first step repeats
/// before it and its last one after it, half each; the vectors of the repeats are dropped.
/// </remarks>
internal static class WindowPlan
{
    /// <summary>Plans the windows.</summary>
    /// <param name="steps">Steps of the video, at least 1.</param>
    /// <param name="length">Steps of a window, at least 1.</param>
    /// <param name="overlap">Share of a window in common with the next, 0 to below 1.</param>
    /// <returns>Windows in order of time; each step of the video is taken from exactly one.</returns>
    public static IReadOnlyList<FeatureWindow> Create(int steps, int length, double overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (steps <= length)
        {
            return [new FeatureWindow((steps - length) / 2, 0, steps)];
        }

        int hop = Math.Max(1, (int)Math.Round(length * (1 - overlap)));
        List<int> starts = [];
        for (int start = 0; start < steps - length; start += hop)
        {
            starts.Add(start);
        }

        starts.Add(steps - length);
        var windows = new FeatureWindow[starts.Count];
        int from = 0;
        for (int i = 0; i < windows.Length; i++)
        {
            // The middle of the overlap is equally far from this window's end and from the next one's start.
            int to = i + 1 < windows.Length ? (starts[i + 1] + starts[i] + length + 1) / 2 : steps;
            windows[i] = new FeatureWindow(starts[i], from, to);
            from = to;
        }

        return windows;
    }
}
