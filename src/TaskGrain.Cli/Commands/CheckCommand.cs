using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;

namespace TaskGrain.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> data = Words.Argument("DATA", "A data set in any supported form.", Read.Folder);
        Option<DecodeChoice> decode = Words.One(
            "--decode",
            "WHICH",
            "Videos to decode: none, sample (a few, for the estimates) or all (finds every bad file).",
            Read.OneOf(("none", DecodeChoice.None), ("sample", DecodeChoice.Sample), ("all", DecodeChoice.All)),
            DecodeChoice.Sample
        );
        Option<int> samples = Words.One(
            "--samples",
            "N",
            "Videos in a sample.",
            Read.Whole(1, Options.MostClips),
            new DataCheckOptions().SampleSize
        );
        Option<bool> noCompare = Words.Flag(
            "--no-compare",
            "Do not compare file contents; clips in two splits are then found by id alone."
        );
        Option<bool> all = Words.Flag("--all", "List every problem and every category, however many.");
        Option<bool> strict = Words.Flag("--strict", "End with exit code 1 when anything is wrong.");
        Option<int> threads = Options.Threads;
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
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new DataCheckOptions
                {
                    Decode = parsed.GetValue(decode),
                    SampleSize = parsed.GetValue(samples),
                    CompareContents = !parsed.GetValue(noCompare),
                    Threads = parsed.GetValue(threads),
                };
                DataCheckReport report = DataCheck.Run(
                    parsed.GetRequiredValue(data).FullName,
                    options,
                    output.Progress,
                    cancel
                );
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    CheckText.Print(output, report, parsed.GetValue(all));
                }

                return report.Usable && (report.Clean || !parsed.GetValue(strict)) ? 0 : 1;
            }
        );
    }
}
