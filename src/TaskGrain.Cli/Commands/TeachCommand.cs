using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Teaching;
using static TorchSharp.torch;

namespace TaskGrain.Cli.Commands;

internal static class TeachCommand
{
    public static Command Create()
    {
        Option<string?> model = Words.One<string?>(
            "--model",
            "FILE|NAME",
            "The model whose encoder is one of the sources; the shipped one where none is named.",
            Read.FileName
        );
        Option<string[]> sources = Sources();
        Option<ClipGroups?> groups = Groups();
        Option<ClassifierKind[]> classifiers = Classifiers();
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
        var compute = new ComputeOptions();
        var command = new Command(
            "teach",
            "Make a classifier of your own classes from a handful of clips: checks the clips, extracts features, "
                + "chooses sources and a classifier and trains it, says how good to expect it to be, what else tells "
                + "the clips apart and which to look at again, and writes one model file.\n"
                + "Example: taskgrain teach --clips my-clips --groups rooms.csv --out my-model.safetensors\n"
                + "         taskgrain predict --model my-model.safetensors new-clip.mp4"
        )
        {
            model,
            sources,
            groups,
            classifiers,
            clips,
            file,
            report,
            shots,
            seed,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new TeachOptions
                {
                    Shots = parsed.GetValue(shots),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(compute.Threads),
                    Groups = parsed.GetValue(groups),
                    Sources = parsed.GetValue(sources) is { Length: > 0 } named ? named : null,
                };
                if (parsed.GetValue(classifiers) is { Length: > 0 } kinds)
                {
                    options = options with { Classifiers = kinds };
                }

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
                string? encoder = EncoderOf(parsed.GetValue(model), options.Sources);
                using VideoModel source = Open(
                    encoder,
                    folder,
                    compute.Begin(parsed),
                    parsed.GetValue(compute.Precision)
                );
                options = options with { EncoderName = encoder ?? options.EncoderName };
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

    /// <summary>The sources to choose from.</summary>
    public static Option<string[]> Sources() =>
        Words.Many(
            "--source",
            "SOURCE",
            "Sources of features to choose from by cross-validation, alone and together: model files, networks "
                + $"(.safetensors, .onnx) and names ({string.Join(", ", FeatureSources.Names)}); an encoder with @clip "
                + "behind it sees a clip as one window. By default the encoder in both ways, motion, and the ImageNet "
                + "network where it is there.",
            Read.FileName
        );

    /// <summary>Which clips belong together.</summary>
    public static Option<ClipGroups?> Groups() =>
        Words.One<ClipGroups?>(
            "--groups",
            "FILE.csv|PATTERN",
            "Which clips belong together, such as those of one room or person: a table with the columns file and group "
                + "(FILE.csv:COLUMN for another column), or a pattern of the clips' names such as */{group}-*. The "
                + "expected accuracy is then that of new rooms.",
            ClipGroups.Parse
        );

    /// <summary>The classifiers to choose from.</summary>
    public static Option<ClassifierKind[]> Classifiers() =>
        Words.Many(
            "--classifiers",
            "KIND",
            "Classifiers to choose from: average, timeline, logistic, mlp, bilstm; average and timeline by default, "
                + "the "
                + "others take minutes.",
            ClassifierKinds.Parse
        );

    /// <summary>The encoder that goes into the model's file: the one named, or the first among the sources.</summary>
    private static string? EncoderOf(string? model, IReadOnlyList<string>? sources)
    {
        if (model is not null || sources is null)
        {
            return model ?? ModelCatalog.DefaultName;
        }

        foreach (string source in sources)
        {
            if (!FeatureSources.Exists(source))
            {
                throw new TaskGrainException(
                    $"'{source}' is no file and no source's name; the names are "
                        + $"{string.Join(", ", FeatureSources.Names)}."
                );
            }
        }

        return sources
            .Where(source => FeatureSources.EncoderOf(source) is not null)
            .Select(source => FeatureSources.WithoutWhole(source) ?? source)
            .FirstOrDefault();
    }

    private static VideoModel Open(string? encoder, ClipFolder folder, Device device, Precision precision)
    {
        if (encoder is not null)
        {
            return ModelFile.Load(Read.Model(encoder).FullName, device, precision);
        }

        VideoModel model = Teacher.WithoutEncoder(folder.Classes).To(device);
        model.Encoder.Compute = precision;
        return model;
    }
}
