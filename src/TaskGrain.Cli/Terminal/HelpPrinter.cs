using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// Help in two lengths: a list of commands shows the first sentence of each, a command's own help all of its
/// description, which ends with an example.
/// </summary>
/// <param name="standard">The library's help, which does the printing.</param>
internal sealed class HelpPrinter(HelpAction standard) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = FirstSentence(command.Description ?? "");
        }

        return standard.Invoke(parseResult);
    }

    private static string FirstSentence(string description)
    {
        string line = description.Split('\n', 2)[0].Trim();
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }
}
