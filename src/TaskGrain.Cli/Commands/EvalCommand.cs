using System.CommandLine;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;

namespace TaskGrain.Cli.Commands;

internal static class EvalCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> store = Options.Store;
        store.Required = true;
        Option<FileInfo> model = Options.Model;
        model.Required = true;
        Option<string> split = new("--split")
        {
            Description = "train, validation or test.",
            HelpName = "SPLIT",
            DefaultValueFactory = _ => "validation",
        };
        Option<DirectoryInfo> output = Options.Out;
        Option<string?> probe = new("--linear-probe")
        {
            Description =
                "Also train a linear classifier on the frozen features of the training split, for action-groups or "
                + "action-categories (Table 2).",
            HelpName = "GRAIN",
        };
        Option<int> beam = new("--beam")
        {
            Description = "Captions a beam search keeps; 1 takes the likeliest word at every step.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> noNeighbours = new("--no-neighbours")
        {
            Description =
                "Leave out the captions of the nearest training clips, which take a pass over the training split.",
        };
        Option<int> batch = new("--batch")
        {
            Description = "Clips computed at a time.",
            HelpName = "N",
            DefaultValueFactory = _ => 8,
        };
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "eval",
            "Measure a model on a split: top-1, top-5 and mean class accuracy, groups from categories, captions, "
                + "and the baselines beside them.\n"
                + "Example: taskgrain eval --store store --model run/best.safetensors --split test --out evaluation"
        )
        {
            store,
            model,
            split,
            output,
            probe,
            beam,
            noNeighbours,
            batch,
            device,
            precision,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                if (!SplitNames.TryParse(parsed.GetRequiredValue(split), out Split chosen))
                {
                    throw new UsageException(
                        $"'{parsed.GetValue(split)}' is not a split; use train, validation or test."
                    );
                }

                var options = new EvaluationOptions
                {
                    Split = chosen,
                    BatchSize = parsed.GetValue(batch),
                    BeamWidth = parsed.GetValue(beam),
                    LinearProbe = ProbeGrain(parsed.GetValue(probe)),
                    NearestNeighbours = !parsed.GetValue(noNeighbours),
                };
                UsageException.Check(options.Validate);
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                using LabelledStore labelled = LabelledStore.Open(parsed.GetRequiredValue(store).FullName);
                using VideoModel loaded = ModelFile.Load(
                    parsed.GetRequiredValue(model).FullName,
                    ComputeDevice.Parse(parsed.GetRequiredValue(device)),
                    parsed.GetValue(precision)
                );
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                EvaluationReport report = Evaluator.Run(loaded, labelled, options, progress, cancel);
                progress.Dispose();
                Console.Out.Write(
                    parsed.GetValue(json) ? EvaluationFiles.ToJson(report) + "\n" : EvaluationText.Summary(report)
                );
                if (parsed.GetValue(output) is { } folder)
                {
                    foreach (string file in EvaluationFiles.Write(report, folder.FullName))
                    {
                        progress.Note($"wrote {Paths.Shown(file)}");
                    }
                }

                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static Granularity? ProbeGrain(string? word)
    {
        Granularity? grain = null;
        UsageException.Check(() => grain = word is null ? null : GranularityNames.Parse(word));
        return grain;
    }
}
