using System.CommandLine;
using System.Text.Json;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

internal static class PackCommand
{
    private const int MostListed = 20;

    public static Command Create()
    {
        Option<DirectoryInfo> data = Options.Data;
        Option<DirectoryInfo> store = Options.Store;
        store.Required = true;
        Option<int> size = new("--size")
        {
            Description = "Width and height of the frames in pixels.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => FrameFormat.Paper.Width,
        };
        Option<FrameRate> rate = Options.Rate;
        Option<int?> jpeg = new("--jpeg")
        {
            Description = "Keep frames as JPEG of this quality, 1 to 100, instead of raw: a tenth of the space.",
            HelpName = "QUALITY",
        };
        Option<int> threads = Options.Threads;
        Option<bool> verify = new("--verify")
        {
            Description = "Read the store and compare its checksums; after packing, or alone without --data.",
        };
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "pack",
            "Decode a data set once into a packed frame store. Run again after an interruption, or with more clips, "
                + "it adds only what is new.\n"
                + "Example: taskgrain pack --data something-something-v2 --store store --jpeg 90"
        )
        {
            data,
            store,
            size,
            rate,
            jpeg,
            threads,
            verify,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new PackOptions
                {
                    Format = new FrameFormat(parsed.GetValue(size), parsed.GetValue(size), parsed.GetValue(rate)),
                    Compression = new FrameCompression(parsed.GetValue(jpeg)),
                    Threads = parsed.GetValue(threads),
                };
                string folder = parsed.GetRequiredValue(store).FullName;
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                var printer = new Printer(folder, parsed.GetValue(json), progress);
                int exit = (parsed.GetValue(data), parsed.GetValue(verify)) switch
                {
                    ({ } source, false) => printer.Pack(source.FullName, options, cancel),
                    ({ } source, true) => Math.Max(
                        printer.Pack(source.FullName, options, cancel),
                        printer.Verify(cancel)
                    ),
                    (null, true) => printer.Verify(cancel),
                    (null, false) => throw new UsageException(
                        "pack needs --data FOLDER to pack, or --verify to check a store."
                    ),
                };
                return Task.FromResult(exit);
            }
        );
        return command;
    }

    private sealed class Printer(string folder, bool json, ProgressPrinter progress)
    {
        public int Pack(string source, PackOptions options, CancellationToken cancel)
        {
            options.Validate();
            DataSet dataSet = DataSet.Open(source, new DataSetOptions(), cancel);
            if (dataSet.LeftOut > 0)
            {
                progress.Note(
                    $"{dataSet.LeftOut} records are left out for faults of theirs; taskgrain check {source} lists them."
                );
            }

            PackReport report = LabelledStore.Pack(dataSet, folder, options, progress, cancel);
            foreach (PackFailure failure in report.Failures.Take(MostListed))
            {
                progress.Note($"not packed: {failure.Path}: {failure.Reason}");
            }

            foreach (PackWarning warning in report.Warnings.Take(MostListed))
            {
                progress.Note($"packed with a doubt: {warning.Id}: {warning.Message}");
            }

            if (report.Failures.Count > MostListed || report.Warnings.Count > MostListed)
            {
                progress.Note($"All of them are in {Path.Combine(folder, PackReport.FileName)}");
            }

            int inStore = report.AlreadyThere + report.Added;
            Console.Out.WriteLine(
                json
                    ? report.ToJson()
                    : $"{inStore} of {report.Asked} clips are in {folder}: {report.Added} added, "
                        + $"{report.AlreadyThere} there before, {report.Failures.Count} failed, in "
                        + $"{report.Seconds:0.#} s"
            );
            return inStore > 0 ? 0 : 1;
        }

        public int Verify(CancellationToken cancel)
        {
            using FrameStore store = FrameStore.Open(folder);
            IReadOnlyList<StoreProblem> problems = store.Verify(progress, cancel);
            progress.Dispose();
            if (json)
            {
                Console.Out.WriteLine(
                    JsonSerializer.Serialize(new { clips = store.Count, problems }, JsonSerializerOptions.Web)
                );
            }
            else
            {
                foreach (StoreProblem problem in problems)
                {
                    Console.Out.WriteLine(problem.Message);
                }

                Console.Out.WriteLine($"{store.Count} clips, {problems.Count} damaged");
            }

            return problems.Count == 0 ? 0 : 1;
        }
    }
}
