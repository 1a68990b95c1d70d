using System.CommandLine;
using System.Globalization;
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
        Option<DirectoryInfo> output = Options.Out;
        output.DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder);
        Option<FileInfo> clip = new("--clip")
        {
            Description = "A video file of yours to predict on at the end.",
            HelpName = "FILE",
        };
        Option<int> clips = new("--clips")
        {
            Description = "Clips to generate.",
            HelpName = "N",
            DefaultValueFactory = _ => 2000,
        };
        Option<string> preset = new("--preset")
        {
            Description = "demo, or micro for a quick look at whether everything runs.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "demo",
        };
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "demo",
            "See everything work with no data set, in minutes: generate clips, learn actions and captions from "
                + "them, measure, predict. Run again, it goes on where it stopped.\n"
                + "Example: taskgrain demo --out runs/demo --clip my-clip.mp4"
        )
        {
            output,
            clip,
            clips,
            preset,
            seed,
            device,
            precision,
            threads,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                string folder = parsed.GetRequiredValue(output).FullName;
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                DemoReport report = DemoRun.Run(
                    new DemoOptions
                    {
                        Folder = folder,
                        Clip = parsed.GetValue(clip)?.FullName,
                        Clips = parsed.GetValue(clips),
                        Seed = parsed.GetValue(seed),
                        Preset = RunPresets.Parse(parsed.GetRequiredValue(preset)),
                        Machine = new MachineOptions
                        {
                            Device = parsed.GetRequiredValue(device),
                            Threads = parsed.GetValue(threads),
                            Precision = parsed.GetValue(precision),
                        },
                    },
                    progress,
                    new Notes(progress),
                    cancel
                );
                progress.Dispose();
                Print(report);
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static void Print(DemoReport report)
    {
        EvaluationReport evaluation = report.Evaluation;
        Console.Out.Write(EvaluationText.Summary(evaluation));
        Line($"");
        Line($"Ten test clips, the first of each category:");
        foreach (ClipResult sample in report.Samples)
        {
            Line($"  truth      {sample.TrueCaption ?? sample.Truth}");
            Line(
                $"  generated  "
                    + $"{sample.Caption ?? sample.Predicted}{(sample.Predicted == sample.Truth ? "" : "  (took the action for another)")}"
            );
        }

        Line($"");
        Line($"Predictions on video files:");
        foreach (DemoPrediction prediction in report.Predictions)
        {
            ClassProbability best = prediction.Prediction.Top[0];
            Line($"  {Paths.Shown(prediction.File)}{(prediction.Truth is null ? "" : $"  shows: {prediction.Truth}")}");
            Line($"    {100 * best.Probability:0.0}%  {best.Name}; caption: {prediction.Prediction.Caption}");
        }

        Line($"");
        AccuracyRow own = evaluation.Accuracies[0];
        Line(
            $"Test accuracy {own.Top1:0.0%} of {own.Classes} categories on {evaluation.Clips} clips; chance "
                + $"{1.0 / own.Classes:0.0%}."
        );
        Line(
            $"{report.Stages.Sum(s => s.Seconds):0} s: "
                + $"{string.Join(", ", report.Stages.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Seconds:0.0}")))}."
        );
        Line($"Summary  {Paths.Shown(report.Page)}");
        Line($"Model    {Paths.Shown(report.Model)}");
        Line($"Next:");
        Line($"  ./taskgrain predict --model {Paths.Shown(report.Model)} YOUR-CLIP.mp4");
        Line(
            $"  ./taskgrain eval --store {Paths.Shown(report.Store)} --model {Paths.Shown(report.Model)} --split "
                + $"test --linear-probe action-groups"
        );
    }

    private static void Line(string line) =>
        Console.Out.WriteLine(line);

    private sealed class Notes(ProgressPrinter progress) : IProgress<string>
    {
        public void Report(string value) => progress.Note(value);
    }
}
