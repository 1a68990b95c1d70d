using System.CommandLine;
using TaskGrain.Cli;

namespace TaskGrain.Tests.Cli;

/// <summary>The program inside this process: fast, for what touches no state of the process.</summary>
internal static class InProcess
{
    /// <summary>Runs a command line.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments) =>
        Run(CommandTree.Create(), arguments);

    /// <summary>Runs a command line of a given tree.</summary>
    public static (int ExitCode, string Output, string Errors) Run(Command root, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exit = CommandRunner
            .RunAsync(root, arguments, output, errors, TestContext.Current.CancellationToken)
            .GetAwaiter()
            .GetResult();
        return (exit, output.ToString(), errors.ToString());
    }
}
