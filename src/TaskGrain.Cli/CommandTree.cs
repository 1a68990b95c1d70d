using System.CommandLine;
using TaskGrain.Cli.Commands;

namespace TaskGrain.Cli;

/// <summary>All commands of the program, in the order a new user meets them.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree of commands.</summary>
    /// <returns>The root command.</returns>
    public static RootCommand Create() => new("TaskGrain: video understanding at every grain of language.")
    {
        DoctorCommand.Create(),
    };
}
