using System.Diagnostics;
using System.Globalization;

namespace TaskGrain.Cli;

/// <summary>
/// Shows <see cref="WorkProgress"/> on standard error: one line that renews itself on a terminal, a plain line
/// every few seconds elsewhere.
/// </summary>
internal sealed class ProgressPrinter : IProgress<WorkProgress>, IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly bool _quiet;
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly TextWriter _out = Console.Error;
    private long _lastShown;
    private string? _lastStage;
    private bool _lastFinished;
    private int _width;

    /// <param name="quiet">Show nothing.</param>
    public ProgressPrinter(bool quiet) => _quiet = quiet;

    /// <summary>
    /// Shows a report, unless the last one was shown a moment ago; the first and last of a stage always are.
    /// </summary>
    public void Report(WorkProgress value)
    {
        if (_quiet)
        {
            return;
        }

        lock (_lock)
        {
            bool finished = value.Total > 0 && value.Done >= value.Total;
            TimeSpan interval = _terminal ? TerminalInterval : PlainInterval;
            bool due = _lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) >= interval;
            bool justFinished = finished && !_lastFinished;
            if (!due && !justFinished && value.Stage == _lastStage)
            {
                return;
            }

            if (_terminal && _lastStage is not null && _lastStage != value.Stage)
            {
                EndLine();
            }

            _lastShown = Stopwatch.GetTimestamp();
            _lastStage = value.Stage;
            _lastFinished = finished;
            Show(Format(value));
        }
    }

    /// <summary>Prints a message on a line of its own, without breaking the progress line.</summary>
    /// <param name="message">One line of text.</param>
    public void Note(string message)
    {
        if (_quiet)
        {
            return;
        }

        lock (_lock)
        {
            EndLine();
            _out.WriteLine(message);
        }
    }

    /// <summary>Ends the progress line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            EndLine();
        }
    }

    /// <summary>One line such as <c>packing  120/400 clips  31.2 clips/s  9s left  2 failed</c>.</summary>
    internal static string Format(WorkProgress value)
    {
        string count =
            value.Total > 0 ? $"{value.Done}/{value.Total}" : value.Done.ToString(CultureInfo.InvariantCulture);
        string line = $"{value.Stage}  {count} {value.Unit}";
        if (value.Rate > 0)
        {
            line += $"  {value.Rate:0.#} {value.Unit}/s";
        }

        if (value.Left is { } left && value.Done < value.Total)
        {
            line += $"  {FormatTime(left)} left";
        }

        return value.Detail is null ? line : $"{line}  {value.Detail}";
    }

    private static string FormatTime(TimeSpan time) =>
        time switch
        {
            { TotalHours: >= 1 } => $"{(int)time.TotalHours}h{time.Minutes:00}m",
            { TotalMinutes: >= 1 } => $"{time.Minutes}m{time.Seconds:00}s",
            _ => $"{Math.Ceiling(time.TotalSeconds):0}s",
        };

    private void Show(string line)
    {
        if (_terminal)
        {
            _out.Write('\r' + line.PadRight(_width));
            _width = line.Length;
        }
        else
        {
            _out.WriteLine(line);
        }
    }

    private void EndLine()
    {
        if (_terminal && _width > 0)
        {
            _out.WriteLine();
            _width = 0;
        }
    }
}
