using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Cli.Commands;

internal static class TransferCommand
{
    public static Command Create()
    {
        Option<SourceChoice[]> sources = Words.Many(
            "--sources",
            "SOURCE",
            "NAME=MODEL (.safetensors or .onnx), NAME=FEATURE_STORE, a name ("
                + $"{string.Join(", ", FeatureSources.Names)}; joined by + they stand side by side; an encoder with "
                + "@clip behind it sees a clip as one window), random (untrained, with the sizes of the first model) "
                + "or random=MODEL; from weak to strong where that is expected.",
            SourceChoice.Parse
        );
        sources.Required = true;
        sources.DefaultValueFactory = null;
        Option<DirectoryInfo> target = Words.One(
            "--target",
            "FOLDER",
            "The task: a data set with train and test clips, or a frame store.",
            Read.Folder
        );
        target.Required = true;
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<ShotCount[]> shots = Words.Many(
            "--shots",
            "N",
            "Training clips a class, or full; 1 5 10 full by default.",
            ShotCount.Parse
        );
        Option<ClassifierKind[]> classifiers = Words.Many(
            "--classifiers",
            "KIND",
            "logistic, mlp, bilstm, timeline, average; the first three, the paper's, by default.",
            ClassifierKinds.Parse
        );
        Option<int> runs = Words.One("--runs", "N", "Runs over different draws.", Read.Whole(1, 10_000), 10);
        Option<ulong> seed = Options.Seed;
        var compute = new ComputeOptions();
        Option<bool> resume = Options.Resume;
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
            folder,
            shots,
            classifiers,
            runs,
            seed,
            compute.Device,
            compute.Precision,
            compute.Threads,
            resume,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string path = parsed.GetRequiredValue(folder).FullName;
                Resumption.Require(
                    File.Exists(Path.Combine(path, TransferBenchmark.CellsName)),
                    path,
                    parsed.GetValue(resume)
                );
                var defaults = new TransferOptions();
                TransferOptions options = defaults with
                {
                    Shots = parsed.GetValue(shots) is { Length: > 0 } counts ? counts : defaults.Shots,
                    Classifiers = parsed.GetValue(classifiers) is { Length: > 0 } kinds ? kinds : defaults.Classifiers,
                    Runs = parsed.GetValue(runs),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(compute.Threads),
                };
                UsageException.Check(options.Validate);
                using var tasks = TransferTarget.Open(parsed.GetRequiredValue(target).FullName);
                TransferResults results = TransferStudy.Run(
                    parsed.GetRequiredValue(sources),
                    tasks,
                    options,
                    path,
                    compute.Begin(parsed),
                    parsed.GetValue(compute.Precision),
                    output.Notes.Report,
                    output.Progress,
                    cancel
                );
                if (output.Json)
                {
                    output.PrintJson(TransferReport.ToJson(results));
                }
                else
                {
                    output.Text(TransferReport.ToTables(results));
                    output.Line($"Tests and method: {Path.Combine(path, "transfer.md")}");
                    output.Line($"Plot: {Path.Combine(path, "figure5.png")} and .svg");
                }

                return 0;
            }
        );
    }
}
