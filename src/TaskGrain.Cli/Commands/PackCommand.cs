using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
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
        Option<int> size = Options.FrameSize("Width and height of the frames in pixels.", FrameFormat.Paper.Width);
        Option<FrameRate> rate = Options.FrameRate("Frames a second.", FrameFormat.Paper.FramesPerSecond);
        Option<int?> jpeg = Options.Jpeg;
        Option<int> threads = Options.Threads;
        Option<StorePart?> shard = Options.Shard;
        Option<bool> verify = Words.Flag(
            "--verify",
            "Read the store and compare its checksums; after packing, or alone without --data."
        );
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
            shard,
            verify,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new PackOptions
                {
                    Format = new FrameFormat(parsed.GetValue(size), parsed.GetValue(size), parsed.GetValue(rate)),
                    Compression = new FrameCompression(parsed.GetValue(jpeg)),
                    Threads = parsed.GetValue(threads),
                };
                UsageException.Check(options.Validate);
                var work = new Work(parsed.GetRequiredValue(store).FullName, parsed.GetValue(shard), output);
                return (parsed.GetValue(data), parsed.GetValue(verify)) switch
                {
                    ({ } source, false) => work.Pack(source.FullName, options, cancel),
                    ({ } source, true) => Math.Max(work.Pack(source.FullName, options, cancel), work.Verify(cancel)),
                    (null, true) => work.Verify(cancel),
                    (null, false) => throw new UsageException(
                        "pack needs --data FOLDER to pack, or --verify to check a store."
                    ),
                };
            }
        );
    }

    private sealed class Work(string folder, StorePart? part, CommandOutput output)
    {
        public int Pack(string source, PackOptions options, CancellationToken cancel)
        {
            DataSet dataSet = DataSet.Open(source, new DataSetOptions(), cancel);
            if (dataSet.LeftOut > 0)
            {
                output.Note(
                    $"{dataSet.LeftOut} records are left out for faults of theirs; taskgrain check {source} lists them."
                );
            }

            PackReport report = LabelledStore.PackPart(dataSet, folder, options, part, output.Progress, cancel);
            foreach (PackFailure failure in report.Failures.Take(MostListed))
            {
                output.Note($"not packed: {failure.Path}: {failure.Reason}");
            }

            foreach (PackWarning warning in report.Warnings.Take(MostListed))
            {
                output.Note($"packed with a doubt: {warning.Id}: {warning.Message}");
            }

            if (report.Failures.Count > MostListed || report.Warnings.Count > MostListed)
            {
                output.Note($"All of them are in {Path.Combine(folder, PackReport.FileName)}");
            }

            int inStore = report.AlreadyThere + report.Added;
            if (output.Json)
            {
                output.PrintJson(report.ToJson());
            }
            else
            {
                output.Line(
                    $"{inStore} of {report.Asked} clips are in {folder}: {report.Added} added, "
                        + $"{report.AlreadyThere} there before, {report.Failures.Count} failed, in "
                        + $"{report.Seconds:0.#} s"
                );
            }

            return inStore > 0 || report.Asked == 0 ? 0 : 1;
        }

        public int Verify(CancellationToken cancel)
        {
            using FrameStore store = FrameStore.Open(folder);
            IReadOnlyList<StoreProblem> problems = store.Verify(output.Progress, cancel);
            if (output.Json)
            {
                output.PrintLine(new { clips = store.Count, problems });
            }
            else
            {
                foreach (StoreProblem problem in problems)
                {
                    output.Line(problem.Message);
                }

                output.Line($"{store.Count} clips, {problems.Count} damaged");
            }

            return problems.Count == 0 ? 0 : 1;
        }
    }
}
