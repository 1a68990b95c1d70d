using System.CommandLine;
using TaskGrain.Cli.Terminal;

namespace TaskGrain.Cli.Usage;

/// <summary>What every command has in common.</summary>
internal static class CommandAction
{
    /// <summary>Gives a command <c>--json</c>, <c>--quiet</c> and what it does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">
    /// Does it and returns the exit code: 0, or 1 where a part failed. It runs on the process's first thread: glibc's
    /// malloc serves others from heaps of 64 MiB, which large tensors do not fit into.
    /// </param>
    /// <returns>The command.</returns>
    public static Command Runs(this Command command, Func<ParseResult, CommandOutput, CancellationToken, int> run)
    {
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        command.Add(json);
        command.Add(quiet);
        command.SetAction(
            (parsed, cancel) =>
            {
                using var output = new CommandOutput(
                    parsed.InvocationConfiguration.Output,
                    parsed.InvocationConfiguration.Error,
                    parsed.GetValue(json),
                    parsed.GetValue(quiet)
                );
                return Task.FromResult(run(parsed, output, cancel));
            }
        );
        return command;
    }
}
