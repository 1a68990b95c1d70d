using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Lab.Demo;
using TaskGrain.Runtime;
using TaskGrain.Training;

namespace TaskGrain.Cli.Commands;

internal static class DemoCommand
{
    private const string DefaultFolder = "runs/demo";

    public static Command Create()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder);
        Option<FileInfo> clip = Words.One(
            "--clip",
            "FILE",
            "A video file of yours to predict on at the end.",
            Read.File
        );
        Option<int> clips = Options.Clips("Clips to generate.", 2000);
        Option<RunPreset> preset = Options.Preset(
            "demo, or micro for a quick look at whether everything runs.",
            RunPreset.Demo
        );
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        var command = new Command(
            "demo",
            "See everything work with no data set, in minutes: generate clips, learn actions and captions from "
                + "them, measure, predict. Run again, it goes on where it stopped.\n"
                + "Example: taskgrain demo --out runs/demo --clip my-clip.mp4"
        )
        {
            folder,
            clip,
            clips,
            preset,
            seed,
            device,
            precision,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                DemoReport report = DemoRun.Run(
                    new DemoOptions
                    {
                        Folder = parsed.GetRequiredValue(folder).FullName,
                        Clip = parsed.GetValue(clip)?.FullName,
                        Clips = parsed.GetValue(clips),
                        Seed = parsed.GetValue(seed),
                        Preset = parsed.GetValue(preset),
                        Machine = new MachineOptions
                        {
                            Device = parsed.GetRequiredValue(device),
                            Threads = parsed.GetValue(threads),
                            Precision = parsed.GetValue(precision),
                        },
                    },
                    output.Progress,
                    output.Notes,
                    cancel
                );
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    Print(output, report);
                }

                return 0;
            }
        );
    }

    private static void Print(CommandOutput output, DemoReport report)
    {
        EvaluationReport evaluation = report.Evaluation;
        output.Text(EvaluationText.Summary(evaluation));
        output.Line($"");
        output.Line($"Ten test clips, the first of each category:");
        foreach (ClipResult sample in report.Samples)
        {
            string mistaken = sample.Predicted == sample.Truth ? "" : "  (took the action for another)";
            output.Line($"  truth      {sample.TrueCaption ?? sample.Truth}");
            output.Line($"  generated  {sample.Caption ?? sample.Predicted}{mistaken}");
        }

        output.Line($"");
        output.Line($"Predictions on video files:");
        foreach (DemoPrediction prediction in report.Predictions)
        {
            ClassProbability best = prediction.Prediction.Top[0];
            string shows = prediction.Truth is null ? "" : $"  shows: {prediction.Truth}";
            output.Line($"  {Paths.Shown(prediction.File)}{shows}");
            output.Line($"    {100 * best.Probability:0.0}%  {best.Name}; caption: {prediction.Prediction.Caption}");
        }

        output.Line($"");
        AccuracyRow own = evaluation.Accuracies[0];
        output.Line(
            $"Test accuracy {own.Top1:0.0%} of {own.Classes} categories on {evaluation.Clips} clips; chance "
                + $"{1.0 / own.Classes:0.0%}."
        );
        IEnumerable<string> stages = report.Stages.Select(stage => $"{stage.Name} {stage.Seconds:0.0}");
        output.Line($"{report.Stages.Sum(s => s.Seconds):0} s: {string.Join(", ", stages)}.");
        output.Line($"Summary  {Paths.Shown(report.Page)}");
        output.Line($"Model    {Paths.Shown(report.Model)}");
        output.Line($"Next:");
        output.Line($"  ./taskgrain predict --model {Paths.Shown(report.Model)} YOUR-CLIP.mp4");
        output.Line(
            $"  ./taskgrain eval --store {Paths.Shown(report.Store)} --model {Paths.Shown(report.Model)} --split "
                + $"test --linear-probe action-groups"
        );
    }
}
