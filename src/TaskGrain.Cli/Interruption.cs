using System.Runtime.InteropServices;

namespace TaskGrain.Cli;

/// <summary>
/// Ctrl-C, a request to terminate and a closed terminal: the first asks the work to stop, which it does after the step
/// at hand and with a checkpoint; the second, or the passing of the time to stop, ends the process. Ending it under a
/// running libtorch operation at once could crash it on its way out.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int TimedOut = 130;

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _patience;

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
        if (!_stop.IsCancellationRequested)
        {
            context.Cancel = true;
            _patience = new Timer(_ => GiveUp(), null, TimeToStop, Timeout.InfiniteTimeSpan);
            _stop.Cancel();
        }
        else if (context.Signal == PosixSignal.SIGHUP)
        {
            // A closing terminal may send several; none of them is impatience.
            context.Cancel = true;
        }
        else
        {
            ShowCursor();
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
