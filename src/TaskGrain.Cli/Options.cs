using System.CommandLine;
using TaskGrain.Runtime;
using TaskGrain.Video;

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

    public static Option<FrameRate> Rate =>
        new("--fps")
        {
            Description = "Frames a second: a number, or a fraction such as 1/3 or 30000/1001.",
            HelpName = "RATE",
            DefaultValueFactory = _ => FrameFormat.Paper.FramesPerSecond,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (!FrameRate.TryParse(text, out FrameRate rate))
                {
                    result.AddError($"'{text}' is not a rate for --fps; use a number such as 12, or 1/3.");
                }

                return rate;
            },
        };

    public static Option<Precision> PrecisionMode =>
        new("--precision")
        {
            Description = "auto, float32 or bfloat16.",
            HelpName = "MODE",
            DefaultValueFactory = _ => Precision.Auto,
        };
}
