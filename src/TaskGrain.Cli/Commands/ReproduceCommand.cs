using System.CommandLine;
using TaskGrain.Lab.Demo;
using TaskGrain.Lab.Studies;
using TaskGrain.Synthesis;
using TaskGrain.Training;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain reproduce</c>: makes the pages of docs/results again.</summary>
internal static class ReproduceCommand
{
    public static Command Create() =>
        new(
            "reproduce",
            """
            Make the tables of docs/results again: generate, train, measure, and write the page. Goes on where it was stopped.

            Example: taskgrain reproduce captions --out studies --clips 4000 --repeats 3
            """
        )
        {
            Study(
                "generator",
                "What one frame, the objects' names, and the film tell of a generated clip's category.",
                "generator.md",
                MotionStudy.Run
            ),
            Study(
                "captions",
                "Joint training against captioning alone, and the template baseline (the paper's Table 7).",
                "captions.md",
                CaptionStudy.Run,
                FurtherEpochs()
            ),
            Study(
                "transfer",
                "Encoders trained at each grain, carried over to new classes from a few clips (the paper's Figure 5).",
                "transfer.md",
                GranularityTransferStudy.Run,
                TargetClips()
            ),
            Study(
                "precision",
                "Models trained in bfloat16 against the same models trained in float32.",
                "precision.md",
                PrecisionStudy.Run
            ),
        };

    private static OfOneStudy FurtherEpochs()
    {
        Option<int> option = new("--further-epochs")
        {
            Description = "Epochs for which the first joint model is trained on at λ = 0.1.",
            HelpName = "N",
        };
        return new(option, (options, parsed) => options with { FurtherEpochs = parsed.GetValue(option) });
    }

    private static OfOneStudy TargetClips()
    {
        Option<int> option = new("--target-clips")
        {
            Description = "Clips of the kitchenware set that features are carried over to.",
            HelpName = "N",
            DefaultValueFactory = _ => 1300,
        };
        return new(option, (options, parsed) => options with { TargetClips = parsed.GetValue(option) });
    }

    private static Command Study(
        string name,
        string description,
        string pageName,
        Action<StudyWorkspace, string, string, CancellationToken> run,
        OfOneStudy? own = null
    )
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Description =
            "Folder of the studies: sets, models and measurements. Studies share what they have in common.";
        folder.Required = true;
        Option<FileInfo> page = new("--page")
        {
            Description = $"The page to write; OUT/{pageName} by default.",
            HelpName = "FILE",
        };
        Option<int> clips = new("--clips")
        {
            Description = "Clips of the source set.",
            HelpName = "N",
            DefaultValueFactory = _ => 4000,
        };
        Option<bool> contrasts = new("--contrasts")
        {
            Description = "Only the categories that share objects and layouts and differ in motion.",
        };
        Option<bool> easy = new("--demo-categories")
        {
            Description = "Only the twelve categories of the demo, which are learned in minutes.",
        };
        Option<ulong> seed = Options.Seed;
        Option<int> repeats = new("--repeats")
        {
            Description = "Runs of every model.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        Option<string> preset = new("--preset")
        {
            Description = "The models' preset.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "study",
        };
        Option<string[]> set = new("--set")
        {
            Description = "A value over the preset, such as training.epochs=12; may be given several times.",
            HelpName = "KEY=VALUE",
        };
        Option<bool> quiet = Options.Quiet;
        var command = new Command(name, $"{description}\n\nExample: taskgrain reproduce {name} --out studies")
        {
            folder,
            page,
            clips,
            contrasts,
            easy,
            seed,
            repeats,
            preset,
            set,
            quiet,
        };
        if (own is not null)
        {
            command.Add(own.Option);
        }

        command.SetAction(
            async (parsed, cancel) =>
            {
                if (parsed.GetValue(easy) && parsed.GetValue(contrasts))
                {
                    throw new UsageException(
                        "--contrasts and --demo-categories each name the categories; give one of them."
                    );
                }

                var options = new StudyOptions
                {
                    Folder = parsed.GetRequiredValue(folder).FullName,
                    Clips = parsed.GetValue(clips),
                    Categories =
                        parsed.GetValue(easy) ? DemoCategories.All
                        : parsed.GetValue(contrasts) ? Contrasts.Categories
                        : [],
                    Seed = parsed.GetValue(seed),
                    Repeats = parsed.GetValue(repeats),
                    Preset = RunPresets.Parse(parsed.GetRequiredValue(preset)),
                    Settings = parsed.GetValue(set) ?? [],
                };
                options = own?.Apply(options, parsed) ?? options;
                options.Validate();
                string path = parsed.GetValue(page)?.FullName ?? Path.Combine(options.Folder, pageName);
                string line = $"taskgrain {string.Join(' ', parsed.Tokens.Select(token => token.Value))}";
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                var workspace = new StudyWorkspace(options, progress, new Notes(progress));
                await Task.Run(() => run(workspace, line, path, cancel), CancellationToken.None);
                progress.Dispose();
                Console.WriteLine(path);
                return 0;
            }
        );
        return command;
    }

    /// <summary>An option that one study has and the others have not.</summary>
    private sealed record OfOneStudy(Option Option, Func<StudyOptions, ParseResult, StudyOptions> Apply);

    private sealed class Notes(ProgressPrinter printer) : IProgress<string>
    {
        public void Report(string value) => printer.Note(value);
    }
}
