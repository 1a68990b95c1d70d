using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace TaskGrain.Cli;

/// <summary>
/// Runs the program with its promises: results on standard output, messages on standard error, exit code 0 for
/// success, 1 for a failure, 2 for wrong usage, 130 after Ctrl-C.
/// </summary>
internal static class CommandRunner
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>
    /// After Ctrl-C or a request to terminate, the step at hand is finished and a checkpoint written. Ending the
    /// process under a running libtorch operation instead can crash it on its way out.
    /// </summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    /// <summary>Parses and runs one command line.</summary>
    /// <param name="root">The command tree.</param>
    /// <param name="arguments">The words after the program's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Command root, string[] arguments)
    {
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not null and not ParseErrorAction)
        {
            // --help and --version win over whatever else is wrong on the line.
            return await parsed.InvokeAsync();
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"taskgrain: {error.Message}");
            }

            Console.Error.WriteLine($"Try: taskgrain {CommandPath(parsed)}--help");
            return WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"taskgrain: {wrong.Message}");
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("taskgrain: stopped.");
            return Interrupted;
        }
        catch (Exception fault) when (fault is TaskGrainException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"taskgrain: {fault.Message}");
            return Failure;
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine($"taskgrain: a fault of the program itself, please report it: {fault}");
            return Failure;
        }
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
