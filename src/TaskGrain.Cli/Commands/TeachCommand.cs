using System.CommandLine;
using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Cli.Commands;

internal static class TeachCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = Options.Model;
        model.Required = true;
        Option<DirectoryInfo> clips = new("--clips")
        {
            Description =
                "A folder with one subfolder of clips for each class, named after it; two clips a class are enough. "
                + "Where it has train, validation and test with these in them, test measures the result.",
            HelpName = "FOLDER",
            Required = true,
        };
        Option<FileInfo> output = new("--out")
        {
            Description = "The model file to write, for taskgrain predict.",
            HelpName = "FILE",
            Required = true,
        };
        Option<DirectoryInfo> report = new("--report")
        {
            Description = "Also write the report as text and JSON, and the confusion matrix as CSV and PNG.",
            HelpName = "FOLDER",
        };
        Option<int?> shots = new("--shots")
        {
            Description = "Clips a class to learn from; the others measure the result. All by default.",
            HelpName = "K",
        };
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "teach",
            "Make a classifier of your own classes from a handful of clips: checks the clips, extracts features, "
                + "chooses and trains a classifier, says how good to expect it to be and which clips to look at "
                + "again, and writes one model file.\n"
                + "Example: taskgrain teach --model run/best.safetensors --clips my-clips --out my-model.safetensors\n"
                + "         taskgrain predict --model my-model.safetensors new-clip.mp4"
        )
        {
            model,
            clips,
            output,
            report,
            shots,
            seed,
            device,
            precision,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new TeachOptions
                {
                    Shots = parsed.GetValue(shots),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                };
                options.Validate();
                string path = parsed.GetRequiredValue(output).FullName;
                if (Directory.Exists(path))
                {
                    throw new UsageException(
                        $"{path} is a folder; --out names the model file to write, such as "
                            + $"{Path.Combine(path, "my-model.safetensors")}."
                    );
                }

                ClipFolder folder = ClipFolder.Scan(parsed.GetRequiredValue(clips).FullName);
                ComputeDevice.SetThreads(options.Threads);
                using VideoModel source = ModelFile.Load(
                    parsed.GetRequiredValue(model).FullName,
                    ComputeDevice.Parse(parsed.GetRequiredValue(device)),
                    parsed.GetValue(precision)
                );
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                using TaughtResult taught = Teacher.Teach(source, folder, options, progress, cancel);
                progress.Dispose();
                ModelFile.Save(path, taught.Model);
                if (parsed.GetValue(report) is { } reports)
                {
                    TeachText.Write(taught.Report, reports.FullName);
                }

                Console.Out.Write(
                    parsed.GetValue(json)
                        ? TeachText.ToJson(taught.Report) + "\n"
                        : $"{TeachText.ToText(taught.Report)}\nwritten: {path}\n"
                );
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
