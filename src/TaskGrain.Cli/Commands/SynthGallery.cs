using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Synthesis;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain synth gallery</c>: a page of moving clips of every category.</summary>
internal static class SynthGallery
{
    public static Command Create()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<ulong> seed = Options.Seed;
        Option<int> each = Words.One("--each", "N", "Clips a category.", Read.Whole(1, 10_000), 2);
        Option<bool> kitchen = Words.Flag("--kitchenware", "Show the kitchenware world.");
        Option<string[]> categories = SynthCommand.CategoryOption();
        Option<DomainRandomisation> variation = Options.Variation;
        Option<int> threads = Options.Threads;
        var command = new Command(
            "gallery",
            "An HTML page of moving clips of every category beside their captions, and contact sheets.\nExample: "
                + "taskgrain synth gallery --out gallery"
        )
        {
            folder,
            seed,
            each,
            kitchen,
            categories,
            variation,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new SynthesisOptions
                {
                    World = parsed.GetValue(kitchen) ? SyntheticWorld.Kitchenware : SyntheticWorld.Something,
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(categories) ?? [],
                    Variation = parsed.GetValue(variation)!,
                    Threads = parsed.GetValue(threads),
                };
                UsageException.Check(options.Validate);
                string page = Gallery.Write(
                    options,
                    parsed.GetRequiredValue(folder).FullName,
                    parsed.GetValue(each),
                    output.Progress,
                    cancel
                );
                output.Result(new { page }, page);
                return 0;
            }
        );
    }
}
