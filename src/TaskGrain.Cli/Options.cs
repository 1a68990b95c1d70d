using System.CommandLine;
using TaskGrain.Runtime;

namespace TaskGrain.Cli;

/// <summary>
/// The options whose words mean the same in every command. Each property makes a fresh option, so that a command
/// can set its own default or make it required.
/// </summary>
internal static class Options
{
    public static Option<DirectoryInfo> Data =>
        new("--data") { Description = "A data set in any supported form.", HelpName = "FOLDER" };

    public static Option<DirectoryInfo> Store =>
        new("--store") { Description = "A packed frame store.", HelpName = "FOLDER" };

    public static Option<FileInfo> Model =>
        new("--model") { Description = "A model file (.safetensors).", HelpName = "FILE" };

    public static Option<DirectoryInfo> Out =>
        new("--out") { Description = "Folder for everything the command makes.", HelpName = "FOLDER" };

    public static Option<bool> Json => new("--json") { Description = "Print the result as JSON." };

    public static Option<bool> Quiet => new("--quiet") { Description = "No progress and no notes." };

    public static Option<bool> Resume => new("--resume") { Description = "Go on where an interrupted run stopped." };

    public static Option<ulong> Seed =>
        new("--seed")
        {
            Description = "Fixes every random choice.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };

    public static Option<string> Device =>
        new("--device")
        {
            Description = "cpu, cuda, cuda:1, or auto.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "auto",
        };

    public static Option<int> Threads =>
        new("--threads")
        {
            Description = "Threads to use; 0 for one a core.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };

    public static Option<Precision> PrecisionMode =>
        new("--precision")
        {
            Description = "auto, float32 or bfloat16.",
            HelpName = "MODE",
            DefaultValueFactory = _ => Precision.Auto,
        };
}
