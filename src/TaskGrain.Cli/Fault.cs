using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;

namespace TaskGrain.Cli;

/// <summary>How a command ended, for the shell and in one line for people.</summary>
/// <param name="ExitCode">1 for a failure, 2 for wrong usage, 130 after a signal.</param>
/// <param name="Message">What is wrong; the raw text of an exception may lie in it.</param>
/// <param name="Trace">Where, when the fault is the program's own; null otherwise.</param>
internal sealed record Fault(int ExitCode, string Message, string? Trace = null)
{
    /// <summary>Exit code of a failure.</summary>
    public const int Failure = 1;

    /// <summary>Exit code of wrong usage.</summary>
    public const int WrongUsage = 2;

    /// <summary>Exit code after Ctrl-C and its like.</summary>
    public const int Interrupted = 130;

    /// <summary>The variable that asks for the place of a fault of the program itself.</summary>
    public const string TraceVariable = "TASKGRAIN_TRACE";

    /// <summary>What an exception means.</summary>
    public static Fault Of(Exception exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [{ } only] } => Of(only),
            UsageException => new(WrongUsage, exception.Message),
            OperationCanceledException => new(Interrupted, "stopped."),
            TaskGrainException or IOException or UnauthorizedAccessException => new(Failure, exception.Message),
            OutOfMemoryException => new(Failure, "the memory of this machine does not suffice for this."),
            _ => new(
                Failure,
                $"a fault of the program itself, please report it: {exception.GetType().Name}: {exception.Message} "
                    + $"({TraceVariable}=1 shows where)",
                exception.ToString()
            ),
        };

    /// <summary>Prints it: one line, and the place of a fault of the program itself where that is asked for.</summary>
    /// <param name="messages">Standard error.</param>
    public void Print(TextWriter messages)
    {
        messages.WriteLine($"taskgrain: {VisibleText.Line(Message)}");
        if (Trace is not null && Environment.GetEnvironmentVariable(TraceVariable) == "1")
        {
            messages.WriteLine(VisibleText.Lines(Trace));
        }
    }
}
