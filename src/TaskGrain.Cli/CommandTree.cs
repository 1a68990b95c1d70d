using System.CommandLine;
using System.CommandLine.Help;
using TaskGrain.Cli.Commands;
using TaskGrain.Cli.Terminal;

namespace TaskGrain.Cli;

/// <summary>All commands of the program, in the order a new user meets them.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree of commands.</summary>
    /// <returns>The root. A plain <see cref="Command"/>, because a <see cref="RootCommand"/> takes the name of the
    /// program's file, and users call it by the launcher's name.</returns>
    public static Command Create()
    {
        var help = new HelpOption();
        help.Action = new HelpPrinter((HelpAction)help.Action!);
        return new("taskgrain", "TaskGrain: video understanding at every grain of language.")
        {
            help,
            new VersionOption(),
            DemoCommand.Create(),
            SynthCommand.Create(),
            CheckCommand.Create(),
            LabelsCommand.Create(),
            PackCommand.Create(),
            StoreCommand.Create(),
            TrainCommand.Create(),
            EvalCommand.Create(),
            MetricsCommand.Create(),
            PredictCommand.Create(),
            ExplainCommand.Create(),
            ReportCommand.Create(),
            StreamCommand.Create(),
            ModelsCommand.Create(),
            ExtractCommand.Create(),
            TransferCommand.Create(),
            TeachCommand.Create(),
            WeightsCommand.Create(),
            BenchCommand.Create(),
            BaselinesCommand.Create(),
            ReproduceCommand.Create(),
            DoctorCommand.Create(),
        };
    }
}
