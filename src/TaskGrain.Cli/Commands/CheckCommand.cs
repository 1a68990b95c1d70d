using System.CommandLine;
using TaskGrain.Data;

namespace TaskGrain.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> data = new("DATA") { Description = "A data set in any supported form." };
        Option<string> decode = new("--decode")
        {
            Description = "Videos to decode: none, sample (a few, for the estimates) or all (finds every bad file).",
            HelpName = "WHICH",
            DefaultValueFactory = _ => "sample",
        };
        Option<int> samples = new("--samples")
        {
            Description = "Videos in a sample.",
            HelpName = "N",
            DefaultValueFactory = _ => new DataCheckOptions().SampleSize,
        };
        Option<bool> noCompare = new("--no-compare")
        {
            Description = "Do not compare file contents; clips in two splits are then found by id alone.",
        };
        Option<bool> all = new("--all") { Description = "List every problem and every category, however many." };
        Option<bool> strict = new("--strict") { Description = "End with exit code 1 when anything is wrong." };
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "check",
            "Look a data set over before training: counts, every bad file or record with reason and fix, clips in "
                + "two splits, time and disk for packing.\n"
                + "Exit code 1 when nothing of it can be used, or with --strict when anything is wrong.\n"
                + "Example: taskgrain check something-something-v2 --decode all"
        )
        {
            data,
            decode,
            samples,
            noCompare,
            all,
            strict,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new DataCheckOptions
                {
                    Decode = Choice(parsed.GetRequiredValue(decode)),
                    SampleSize = parsed.GetValue(samples),
                    CompareContents = !parsed.GetValue(noCompare),
                    Threads = parsed.GetValue(threads),
                };
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                DataCheckReport report = DataCheck.Run(
                    parsed.GetRequiredValue(data).FullName,
                    options,
                    progress,
                    cancel
                );
                progress.Dispose();
                if (parsed.GetValue(json))
                {
                    JsonOutput.Print(report);
                }
                else
                {
                    CheckText.Print(Console.Out, report, parsed.GetValue(all));
                }

                return Task.FromResult(report.Usable && (report.Clean || !parsed.GetValue(strict)) ? 0 : 1);
            }
        );
        return command;
    }

    private static DecodeChoice Choice(string word) =>
        word switch
        {
            "none" => DecodeChoice.None,
            "sample" => DecodeChoice.Sample,
            "all" => DecodeChoice.All,
            _ => throw new UsageException($"'{word}' is no choice for --decode; there are none, sample and all."),
        };
}
