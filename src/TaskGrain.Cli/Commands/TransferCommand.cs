using System.CommandLine;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Cli.Commands;

internal static class TransferCommand
{
    public static Command Create()
    {
        Option<string[]> sources = new("--sources")
        {
            Description =
                "NAME=MODEL (.safetensors or .onnx), NAME=FEATURE_STORE, imagenet-resnet18, random (untrained, with "
                + "the sizes of the first model) or random=MODEL; from weak to strong where that is expected.",
            HelpName = "SOURCE",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        Option<DirectoryInfo> target = new("--target")
        {
            Description = "The task: a data set with train and test clips, or a frame store.",
            HelpName = "FOLDER",
            Required = true,
        };
        Option<DirectoryInfo> output = Options.Out;
        output.Required = true;
        Option<string[]> shots = new("--shots")
        {
            Description = "Training clips a class, or full; 1 5 10 full by default.",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string[]> classifiers = new("--classifiers")
        {
            Description = "logistic, mlp, bilstm; all by default.",
            HelpName = "KIND",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> runs = new("--runs")
        {
            Description = "Runs over different draws.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> resume = Options.Resume;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "transfer",
            "The paper's few-shot benchmark: every source × classifier × number of shots over several draws that "
                + "are the same for all sources, with 95% intervals, paired tests and the plot of Figure 5.\n"
                + "Example: taskgrain transfer --sources random groups=cg/best.safetensors "
                + "captions=cap/best.safetensors --target kitchenware --out transfer"
        )
        {
            sources,
            target,
            output,
            shots,
            classifiers,
            runs,
            seed,
            device,
            precision,
            threads,
            resume,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                string folder = parsed.GetRequiredValue(output).FullName;
                RequireResume(folder, parsed.GetValue(resume));
                SourceChoice[] choices = [.. parsed.GetRequiredValue(sources).Select(Word(SourceChoice.Parse))];
                var defaults = new TransferOptions();
                TransferOptions options = defaults with
                {
                    Shots = parsed.GetValue(shots) is { Length: > 0 } counts
                        ? [.. counts.Select(Word(ShotCount.Parse))]
                        : defaults.Shots,
                    Classifiers = parsed.GetValue(classifiers) is { Length: > 0 } kinds
                        ? [.. kinds.Select(Word(ClassifierKinds.Parse))]
                        : defaults.Classifiers,
                    Runs = parsed.GetValue(runs),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                };
                options.Validate();
                ComputeDevice.SetThreads(options.Threads);
                using var tasks = TransferTarget.Open(parsed.GetRequiredValue(target).FullName);
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                TransferResults results = TransferStudy.Run(
                    choices,
                    tasks,
                    options,
                    folder,
                    ComputeDevice.Parse(parsed.GetRequiredValue(device)),
                    parsed.GetValue(precision),
                    progress.Note,
                    progress,
                    cancel
                );
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(TransferReport.ToJson(results));
                }
                else
                {
                    Console.Out.Write(TransferReport.ToTables(results));
                    Console.Out.WriteLine(
                        $"Tests and method: {Path.Combine(folder, "transfer.md")}\nPlot: "
                            + $"{Path.Combine(folder, "figure5.png")} and .svg"
                    );
                }

                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static void RequireResume(string folder, bool resume)
    {
        if (!resume && File.Exists(Path.Combine(folder, TransferBenchmark.CellsName)))
        {
            throw new UsageException(
                $"{folder} holds finished runs already; add --resume to go on with them, or choose another --out."
            );
        }
    }

    /// <summary>A word that cannot be read is wrong usage, not a failure.</summary>
    private static Func<string, T> Word<T>(Func<string, T> parse) =>
        word =>
        {
            try
            {
                return parse(word);
            }
            catch (TaskGrainException fault)
            {
                throw new UsageException(fault.Message);
            }
        };
}
