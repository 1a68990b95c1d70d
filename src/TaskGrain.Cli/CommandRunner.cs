using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using TaskGrain.Cli.Usage;

namespace TaskGrain.Cli;

/// <summary>
/// Runs the program with its promises: results on standard output, messages on standard error, exit code 0 for
/// success, 1 for a failure, 2 for wrong usage, 130 after Ctrl-C; a failure is told in one line. Nothing else turns
/// faults into exit codes and messages.
/// </summary>
internal static class CommandRunner
{
    // A name that begins with @ is a name, not a file of further words.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line of the process, which a signal can interrupt.</summary>
    /// <param name="root">The command tree.</param>
    /// <param name="arguments">The words after the program's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Command root, string[] arguments)
    {
        using var interruption = new Interruption();
        return await RunAsync(root, arguments, Console.Out, Console.Error, interruption.Token);
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="root">The command tree.</param>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="results">Standard output.</param>
    /// <param name="messages">Standard error.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Command root,
        string[] arguments,
        TextWriter results,
        TextWriter messages,
        CancellationToken cancel
    )
    {
        try
        {
            return await RunAsync(
                root.Parse(arguments.Length == 0 ? ["--help"] : arguments, Parsing),
                new InvocationConfiguration
                {
                    Output = results,
                    Error = messages,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancel
            );
        }
        catch (Exception exception)
        {
            var fault = Fault.Of(exception);
            fault.Print(messages);
            return fault.ExitCode;
        }
    }

    private static Task<int> RunAsync(
        ParseResult parsed,
        InvocationConfiguration configuration,
        CancellationToken cancel
    )
    {
        // --help and --version win over whatever else is wrong on the line.
        bool wrong = parsed.Errors.Count > 0 && parsed.Action is null or ParseErrorAction;
        return wrong ? throw new UsageException(Explain(parsed)) : parsed.InvokeAsync(configuration, cancel);
    }

    private static string Explain(ParseResult parsed)
    {
        IEnumerable<string> reasons = parsed.Errors.Select(error => error.Message.TrimEnd('.')).Distinct();
        return $"{string.Join("; ", reasons)}. (taskgrain {CommandPath(parsed)}--help tells more)";
    }

    private static string CommandPath(ParseResult parsed)
    {
        string path = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } result; at = at.Parent)
        {
            path = $"{result.Command.Name} {path}";
        }

        return path;
    }
}
