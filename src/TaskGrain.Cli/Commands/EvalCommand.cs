using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Cli.Commands;

internal static class EvalCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> store = Options.Store;
        store.Required = true;
        Option<FileInfo> model = Options.Model;
        model.Required = true;
        Option<Split> split = Options.OneSplit("--split", Split.Validation);
        Option<DirectoryInfo> folder = Options.Out;
        Option<Granularity?> probe = Words.Optional(
            "--linear-probe",
            "GRAIN",
            "Also train a linear classifier on the frozen features of the training split, for action-groups or "
                + "action-categories (Table 2).",
            GranularityNames.Parse
        );
        Option<int> beam = Options.Beam;
        Option<bool> noNeighbours = Words.Flag(
            "--no-neighbours",
            "Leave out the captions of the nearest training clips, which take a pass over the training split."
        );
        Option<int> batch = Words.One("--batch", "N", "Clips computed at a time.", Read.Whole(1, Options.MostBatch), 8);
        var compute = new ComputeOptions();
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
            folder,
            probe,
            beam,
            noNeighbours,
            batch,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new EvaluationOptions
                {
                    Split = parsed.GetValue(split),
                    BatchSize = parsed.GetValue(batch),
                    BeamWidth = parsed.GetValue(beam),
                    LinearProbe = parsed.GetValue(probe),
                    NearestNeighbours = !parsed.GetValue(noNeighbours),
                };
                UsageException.Check(options.Validate);
                using LabelledStore labelled = LabelledStore.Open(parsed.GetRequiredValue(store).FullName);
                using VideoModel loaded = compute.Load(parsed, parsed.GetRequiredValue(model).FullName);
                EvaluationReport report = Evaluator.Run(loaded, labelled, options, output.Progress, cancel);
                if (output.Json)
                {
                    output.PrintJson(EvaluationFiles.ToJson(report));
                }
                else
                {
                    output.Text(EvaluationText.Summary(report));
                }

                if (parsed.GetValue(folder) is { } results)
                {
                    foreach (string file in EvaluationFiles.Write(report, results.FullName))
                    {
                        output.Note($"wrote {Paths.Shown(file)}");
                    }
                }

                return 0;
            }
        );
    }
}
