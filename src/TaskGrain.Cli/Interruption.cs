using System.Runtime.InteropServices;

namespace TaskGrain.Cli;

/// <summary>
/// Ctrl-C, a request to terminate, a closed terminal and a scheduler's warning: the first asks the work to stop, which
/// it does after the step at hand and with a checkpoint; Ctrl-C or a request to terminate for the second time, or the
/// passing of the time to stop, ends the process. Ending it under a running libtorch operation at once could crash it
/// on its way out.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int TimedOut = 130;

    /// <summary>
    /// SIGUSR1 on Linux: what batch jobs are warned with before their time is up, and one of the few signals that
    /// mpirun hands on to its ranks (for SIGTERM and Ctrl-C it ends them itself, with a second's notice).
    /// </summary>
    private const PosixSignal Warning = (PosixSignal)10;

    private static readonly PosixSignal[] Signals =
    [
        PosixSignal.SIGINT,
        PosixSignal.SIGTERM,
        PosixSignal.SIGHUP,
        .. OperatingSystem.IsLinux() ? [Warning] : Array.Empty<PosixSignal>(),
    ];

    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _patience;
    private int _requests;

    /// <summary>Listens from now on.</summary>
    public Interruption() =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Listens no longer: signals do again what they do by themselves.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _patience?.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // A closing terminal may send several signals, and a scheduler a request after its warning: none of them is
        // impatience.
        bool request = context.Signal is PosixSignal.SIGINT or PosixSignal.SIGTERM;
        if (request && Interlocked.Increment(ref _requests) > 1)
        {
            ShowCursor();
            return;
        }

        context.Cancel = true;
        if (!_stop.IsCancellationRequested)
        {
            _patience = new Timer(_ => GiveUp(), null, TimeToStop, Timeout.InfiniteTimeSpan);
            _stop.Cancel();
        }
    }

    private static void GiveUp()
    {
        ShowCursor();
        Environment.Exit(TimedOut);
    }

    /// <summary>Bars hide it while they are drawn, and have no time left to bring it back.</summary>
    private static void ShowCursor()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\u001b[?25h");
        }
    }
}
