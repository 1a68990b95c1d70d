namespace TaskGrain.Cli.Terminal;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    /// <summary>One line such as <c>packing  120/400 clips  31.2 clips/s  9s left  2 failed</c>.</summary>
    public static string Line(WorkProgress value) => VisibleText.Line($"{value.Stage}  {Figures(value)}");

    /// <summary>Count, rate, time left and detail, such as <c>120/400 clips  31.2 clips/s  9s left</c>.</summary>
    public static string Figures(WorkProgress value)
    {
        string line = value.Total > 0 ? $"{value.Done}/{value.Total} {value.Unit}" : $"{value.Done} {value.Unit}";
        if (value.Rate > 0)
        {
            line += $"  {value.Rate:0.#} {value.Unit}/s";
        }

        if (value.Left is { } left && value.Done < value.Total)
        {
            line += $"  {Time(left)} left";
        }

        return value.Detail is null ? line : $"{line}  {value.Detail}";
    }

    private static string Time(TimeSpan time) =>
        time switch
        {
            { TotalHours: >= 1 } => $"{(int)time.TotalHours}h{time.Minutes:00}m",
            { TotalMinutes: >= 1 } => $"{time.Minutes}m{time.Seconds:00}s",
            _ => $"{Math.Ceiling(time.TotalSeconds):0}s",
        };
}
