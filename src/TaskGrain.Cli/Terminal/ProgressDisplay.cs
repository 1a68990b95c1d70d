using System.Diagnostics;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// Shows <see cref="WorkProgress"/> and notes on standard error: bars on a terminal, a plain line every few seconds
/// elsewhere. Reports may come from any thread. Losing the terminal (a closed window) never disturbs the work.
/// </summary>
/// <param name="messages">Standard error.</param>
internal sealed class ProgressDisplay(TextWriter messages) : IProgress<WorkProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private IProgressView? _view;
    private long _lastShown;
    private string? _lastStage;
    private bool _lastFinished;

    /// <summary>
    /// Whether standard error is a terminal that bars can be drawn on and whose user does not mind.
    /// </summary>
    private bool DrawsBars =>
        messages == Console.Error
        && !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>
    /// Shows a report, unless the last one was shown a moment ago; the first and last of a stage always are.
    /// </summary>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            _view ??= Open();
            bool finished = value.Total > 0 && value.Done >= value.Total;
            bool due = _lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) >= _view.Interval;
            bool justFinished = finished && !_lastFinished;
            if (due || justFinished || value.Stage != _lastStage)
            {
                _lastShown = Stopwatch.GetTimestamp();
                _lastStage = value.Stage;
                _lastFinished = finished;
                Safely(() => _view.Show(value));
            }
        }
    }

    /// <summary>Prints a message on a line of its own, without breaking the display.</summary>
    /// <param name="line">One line, without control characters.</param>
    public void Note(string line)
    {
        lock (_lock)
        {
            Safely(() =>
            {
                if (_view is null)
                {
                    messages.WriteLine(line);
                }
                else
                {
                    _view.Note(line);
                }
            });
        }
    }

    /// <summary>Ends the display; a later report begins another.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Safely(() => _view?.Dispose());
            _view = null;
            _lastShown = 0;
        }
    }

    private static void Safely(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // The terminal is gone; a training must still reach its checkpoint.
        }
    }

    private IProgressView Open() => DrawsBars ? new ProgressBars(messages) : new ProgressLines(messages);
}
