using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Cli.Commands;

internal static class TeachCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = Options.ModelOrBase;
        Option<DirectoryInfo> clips = Words.One(
            "--clips",
            "FOLDER",
            "A folder with one subfolder of clips for each class, named after it; two clips a class are enough. "
                + "Where it has train, validation and test with these in them, test measures the result.",
            Read.Folder
        );
        clips.Required = true;
        Option<FileInfo> file = Words.One(
            "--out",
            "FILE",
            "The model file to write, for taskgrain predict.",
            Read.File
        );
        file.Required = true;
        Option<DirectoryInfo> report = Words.One(
            "--report",
            "FOLDER",
            "Also write the report as text and JSON, and the confusion matrix as CSV and PNG.",
            Read.Folder
        );
        Option<int?> shots = Words.Optional(
            "--shots",
            "K",
            "Clips a class to learn from; the others measure the result. All by default.",
            Read.Whole(ClipFolder.FewestClips, Options.MostClips)
        );
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
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
            file,
            report,
            shots,
            seed,
            device,
            precision,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new TeachOptions
                {
                    Shots = parsed.GetValue(shots),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                };
                UsageException.Check(options.Validate);
                string path = parsed.GetRequiredValue(file).FullName;
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
                using TaughtResult taught = Teacher.Teach(source, folder, options, output.Progress, cancel);
                ModelFile.Save(path, taught.Model);
                if (parsed.GetValue(report) is { } reports)
                {
                    TeachText.Write(taught.Report, reports.FullName);
                }

                if (output.Json)
                {
                    output.PrintJson(TeachText.ToJson(taught.Report));
                }
                else
                {
                    output.Text($"{TeachText.ToText(taught.Report)}\n");
                    output.Line($"written: {path}");
                }

                return 0;
            }
        );
    }
}
