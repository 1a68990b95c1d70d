using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Synthesis;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain store</c>: what is done with stores as files.</summary>
internal static class StoreCommand
{
    public static Command Create() =>
        new(
            "store",
            "Join the parts of a store that several machines have made.\n"
                + "Example: taskgrain store merge parts/* --out store"
        )
        {
            Merge(),
        };

    private static Command Merge()
    {
        Argument<DirectoryInfo[]> parts = Words.Arguments(
            "parts",
            "The folders of all parts, in any order.",
            Read.Folder
        );
        Option<DirectoryInfo> into = Options.Out;
        into.Description = "The folder of the whole.";
        into.Required = true;
        var command = new Command(
            "merge",
            "Join the parts that synth, pack or extract made with --shard: the same store, or folder of videos, as "
                + "without, byte for byte. Refuses parts that are missing, unfinished, of different settings or "
                + "damaged. The parts stay.\n"
                + "Example: taskgrain store merge parts/* --out store"
        )
        {
            parts,
            into,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string[] folders = [.. parsed.GetRequiredValue(parts).Select(folder => folder.FullName)];
                string folder = parsed.GetRequiredValue(into).FullName;
                int clips =
                    FeatureStore.Exists(folders[0]) ? FeatureStoreMerge.Run(folders, folder, output.Progress, cancel)
                    : VideoSetMerge.IsPart(folders[0]) ? VideoSetMerge.Run(folders, folder, output.Progress, cancel)
                    : StoreMerge.Run(folders, folder, output.Progress, cancel);
                output.Result(
                    new
                    {
                        store = folder,
                        parts = folders.Length,
                        clips,
                    },
                    $"{folder}: {clips} clips from {folders.Length} parts"
                );
                return 0;
            }
        );
    }
}
