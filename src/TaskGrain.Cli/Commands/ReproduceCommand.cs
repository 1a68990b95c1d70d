using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference.Features;
using TaskGrain.Lab.Demo;
using TaskGrain.Lab.Studies;
using TaskGrain.Models;
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
            Make the tables of docs/results again: generate, train, measure, and write the page.
            Goes on where it was stopped.

            Example: taskgrain reproduce captions --out studies --clips 4000 --repeats 3
            """
        )
        {
            ReproduceAll.Create(),
            ReproduceAll.CreateWorker(),
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
                TargetClips(),
                OtherSources()
            ),
            Study(
                "precision",
                "Models trained in bfloat16 against the same models trained in float32.",
                "precision.md",
                PrecisionStudy.Run
            ),
            ReproduceReal.Create(),
            ReproduceExplain.Create(),
            ReproduceRecipes.Create(),
        };

    private static OfOneStudy FurtherEpochs()
    {
        Option<int> option = Words.One(
            "--further-epochs",
            "N",
            "Epochs for which the first joint model is trained on at λ = 0.1.",
            Read.Whole(0, Options.MostRounds),
            0
        );
        return new(option, (options, parsed) => options with { FurtherEpochs = parsed.GetValue(option) });
    }

    private static OfOneStudy TargetClips()
    {
        Option<int> option = Words.One(
            "--target-clips",
            "N",
            "Clips of the kitchenware set that features are carried over to.",
            Read.Whole(1, Options.MostClips),
            1300
        );
        return new(option, (options, parsed) => options with { TargetClips = parsed.GetValue(option) });
    }

    private static OfOneStudy OtherSources()
    {
        Option<string[]> option = Words.Many(
            "--others",
            "NAME|FILE",
            "Shipped models and networks trained elsewhere, measured beside the encoders that are trained; "
                + "imagenet-resnet18 and base by default.",
            Read.FileName
        );
        string[] standard = [ImageNetResNet18.Name, ModelCatalog.DefaultName];
        return new(
            option,
            (options, parsed) =>
                options with
                {
                    OtherSources = parsed.GetValue(option) is { Length: > 0 } named ? named : standard,
                }
        );
    }

    private static Command Study(
        string name,
        string description,
        string pageName,
        Action<StudyWorkspace, string, string, CancellationToken> run,
        params OfOneStudy[] own
    )
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Description =
            "Folder of the studies: sets, models and measurements. Studies share what they have in common.";
        folder.Required = true;
        Option<FileInfo> page = Words.One(
            "--page",
            "FILE",
            $"The page to write; OUT/{pageName} by default.",
            Read.File
        );
        Option<int> clips = Options.Clips("Clips of the source set.", 4000);
        Option<bool> contrasts = Words.Flag(
            "--contrasts",
            "Only the categories that share objects and layouts and differ in motion."
        );
        Option<bool> easy = Words.Flag(
            "--demo-categories",
            "Only the twelve categories of the demo, which are learned in minutes."
        );
        Option<ulong> seed = Options.Seed;
        Option<int> repeats = Words.One("--repeats", "N", "Runs of every model.", Read.Whole(1, 1000), 3);
        Option<RunPreset> preset = Options.Preset("The models' preset.", RunPreset.Study);
        Option<string[]> set = Options.Set(
            "A value over the preset, such as training.epochs=12; may be given several times."
        );
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
        };
        foreach (OfOneStudy one in own)
        {
            command.Add(one.Option);
        }

        return command.Runs(
            (parsed, output, cancel) =>
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
                        parsed.GetValue(easy) ? DemoWorld.Categories
                        : parsed.GetValue(contrasts) ? Contrasts.Categories
                        : [],
                    Seed = parsed.GetValue(seed),
                    Repeats = parsed.GetValue(repeats),
                    Preset = parsed.GetValue(preset),
                    Settings = parsed.GetValue(set) ?? [],
                };
                foreach (OfOneStudy one in own)
                {
                    options = one.Apply(options, parsed);
                }

                UsageException.Check(options.Validate);
                string path = parsed.GetValue(page)?.FullName ?? Path.Combine(options.Folder, pageName);
                string line = $"taskgrain {string.Join(' ', parsed.Tokens.Select(token => token.Value))}";
                var workspace = new StudyWorkspace(options, output.Progress, output.Notes);
                run(workspace, line, path, cancel);
                output.Result(new { page = path }, path);
                return 0;
            }
        );
    }

    /// <summary>An option that one study has and the others have not.</summary>
    private sealed record OfOneStudy(Option Option, Func<StudyOptions, ParseResult, StudyOptions> Apply);
}
