using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Lab.Studies.Generator;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

internal static class SynthCommand
{
    public static Command Create() =>
        new(
            "synth",
            "Make data sets with the built-in generator: short videos of hands acting on objects.\n"
                + "Example: taskgrain synth something --clips 2000 --seed 1 --store store"
        )
        {
            World(
                "something",
                SyntheticWorld.Something,
                1000,
                "Everyday objects, in categories of Something-Something.\nExample: taskgrain synth something "
                    + "--clips 500 --seed 1 --out data"
            ),
            World(
                "kitchenware",
                SyntheticWorld.Kitchenware,
                390,
                "The 13 classes of 20bn-kitchenware, in another style: 390 clips, 130 for training.\nExample: "
                    + "taskgrain synth kitchenware --out kitchen"
            ),
            GalleryOf(),
            Categories(),
            Study(),
            Speed(),
        };

    private static Command World(string name, SyntheticWorld world, int clips, string description)
    {
        Option<int> count = new("--clips")
        {
            Description = "Number of clips; more than before extends the set.",
            HelpName = "N",
            DefaultValueFactory = _ => clips,
        };
        Option<ulong> seed = Options.Seed;
        Option<DirectoryInfo> output = Options.Out;
        output.Description = "Write videos and annotation files in the layout of Something-Something V2.";
        Option<DirectoryInfo> store = Options.Store;
        store.Description = "Render straight into a frame store, without videos.";
        Option<int> size = new("--size")
        {
            Description = "Width and height of the store's frames.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => 128,
        };
        Option<FrameRate> rate = Options.Rate;
        rate.Description = "Frames a second in the store, such as 12 or 1/3.";
        Option<int> jpeg = new("--jpeg")
        {
            Description = "Keep the store's frames as JPEG of this quality; 0 keeps them raw.",
            HelpName = "QUALITY",
            DefaultValueFactory = _ => 0,
        };
        Option<string[]> categories = CategoryOption();
        Option<bool> contrasts = new("--contrasts")
        {
            Description = "Make only the 30 categories that share objects and layouts and differ in motion.",
            Hidden = world == SyntheticWorld.Kitchenware,
        };
        Option<double> validation = new("--validation")
        {
            Description = "Part of the clips for validation.",
            HelpName = "PART",
        };
        Option<double> test = new("--test") { Description = "Part of the clips for test.", HelpName = "PART" };
        double share = world == SyntheticWorld.Kitchenware ? 1.0 / 3 : 0.1;
        validation.DefaultValueFactory = test.DefaultValueFactory = _ => share;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(name, description)
        {
            count,
            seed,
            output,
            store,
            size,
            rate,
            jpeg,
            categories,
            contrasts,
            validation,
            test,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new SynthesisOptions
                {
                    World = world,
                    Clips = parsed.GetValue(count),
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(contrasts) ? Contrasts.Categories : parsed.GetValue(categories) ?? [],
                    ValidationShare = parsed.GetValue(validation),
                    TestShare = parsed.GetValue(test),
                    Threads = parsed.GetValue(threads),
                };
                if ((parsed.GetValue(output) is null) == (parsed.GetValue(store) is null))
                {
                    throw new UsageException("name one of --out (videos) and --store (frames).");
                }

                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                int pixels = parsed.GetValue(size),
                    quality = parsed.GetValue(jpeg);
                string folder = (parsed.GetValue(store) ?? parsed.GetValue(output))!.FullName;
                DataSet data = parsed.GetValue(store) is null
                    ? SyntheticSet.WriteFolder(options, folder, progress, cancel)
                    : SyntheticSet.WriteStore(
                        options,
                        folder,
                        new FrameFormat(pixels, pixels, parsed.GetValue(rate)),
                        quality > 0 ? FrameCompression.Jpeg(quality) : FrameCompression.Raw,
                        progress,
                        cancel
                    );
                progress.Dispose();
                Print(data, folder, parsed.GetValue(json));
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static Option<string[]> CategoryOption() =>
        new("--category") { Description = "Make only this category; may be given several times.", HelpName = "NAME" };

    private static void Print(DataSet data, string folder, bool json)
    {
        int train = data.Of(Split.Train).Count(),
            validation = data.Of(Split.Validation).Count(),
            test = data.Of(Split.Test).Count();
        int categories = data.Annotations.Select(annotation => annotation.Category).Distinct().Count();
        Console.Out.WriteLine(
            json
                ? JsonSerializer.Serialize(
                    new
                    {
                        folder,
                        clips = data.Annotations.Count,
                        categories,
                        train,
                        validation,
                        test,
                    }
                )
                : $"{folder}: {data.Annotations.Count} clips of {categories} categories: {train} training, "
                    + $"{validation} validation, {test} test"
        );
    }

    private static Command GalleryOf()
    {
        Option<DirectoryInfo> output = Options.Out;
        output.Required = true;
        Option<ulong> seed = Options.Seed;
        Option<int> each = new("--each")
        {
            Description = "Clips a category.",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
        };
        Option<bool> kitchen = new("--kitchenware") { Description = "Show the kitchenware world." };
        Option<string[]> categories = CategoryOption();
        Option<int> threads = Options.Threads;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "gallery",
            "An HTML page of moving clips of every category beside their captions, and contact sheets.\nExample: "
                + "taskgrain synth gallery --out gallery"
        )
        {
            output,
            seed,
            each,
            kitchen,
            categories,
            threads,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new SynthesisOptions
                {
                    World = parsed.GetValue(kitchen) ? SyntheticWorld.Kitchenware : SyntheticWorld.Something,
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(categories) ?? [],
                    Threads = parsed.GetValue(threads),
                };
                if (parsed.GetValue(each) < 1)
                {
                    throw new UsageException("--each must be at least 1.");
                }

                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                string page = Gallery.Write(
                    options,
                    parsed.GetRequiredValue(output).FullName,
                    parsed.GetValue(each),
                    progress,
                    cancel
                );
                progress.Dispose();
                Console.Out.WriteLine(page);
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static Command Categories()
    {
        Option<bool> kitchen = new("--kitchenware") { Description = "Those of the kitchenware world." };
        var command = new Command(
            "categories",
            "List the categories that the generator can act out.\nExample: taskgrain synth categories"
        )
        {
            kitchen,
        };
        command.SetAction(parsed =>
        {
            SyntheticWorld world = parsed.GetValue(kitchen) ? SyntheticWorld.Kitchenware : SyntheticWorld.Something;
            Taxonomy taxonomy = WorldGenerator.TaxonomyOf(world);
            foreach (int category in WorldGenerator.CategoriesOf(world))
            {
                Console.Out.WriteLine(
                    $"{category}\t{taxonomy.Categories[category]}\t{taxonomy.Groups[taxonomy.GroupOf(category)]}"
                );
            }
        });
        return command;
    }

    private static Command Study()
    {
        var defaults = new GeneratorStudyOptions();
        Option<int> count = new("--clips")
        {
            Description = "Clips in all; a fifth of them test.",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Clips,
        };
        Option<ulong> seed = Options.Seed;
        Option<int> size = new("--size")
        {
            Description = "Width and height of the single frames.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => defaults.FrameSize,
        };
        Option<int> epochs = new("--epochs")
        {
            Description = "Passes over the training clips.",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Epochs,
        };
        Option<string[]> categories = CategoryOption();
        Option<bool> contrasts = new("--contrasts")
        {
            Description = "Only the 30 categories that share objects and layouts and differ in motion.",
        };
        Option<FileInfo> output = new("--out")
        {
            Description = "Also write the report to this Markdown file.",
            HelpName = "FILE",
        };
        Option<int> threads = Options.Threads;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "study",
            "Measure what single frames and object names tell of the category.\nExample: taskgrain synth study "
                + "--clips 3000 --out study.md"
        )
        {
            count,
            seed,
            size,
            epochs,
            categories,
            contrasts,
            output,
            threads,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new GeneratorStudyOptions
                {
                    Clips = parsed.GetValue(count),
                    Seed = parsed.GetValue(seed),
                    FrameSize = parsed.GetValue(size),
                    Epochs = parsed.GetValue(epochs),
                    Categories = parsed.GetValue(contrasts) ? Contrasts.Categories : parsed.GetValue(categories) ?? [],
                    Threads = parsed.GetValue(threads),
                };
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                string report = GeneratorStudy.Run(options, progress, cancel).ToMarkdown();
                progress.Dispose();
                Console.Out.Write(report);
                if (parsed.GetValue(output) is { } file)
                {
                    AtomicFile.WriteText(file.FullName, report);
                }

                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static Command Speed()
    {
        Option<int> count = new("--clips")
        {
            Description = "Clips to render.",
            HelpName = "N",
            DefaultValueFactory = _ => 60,
        };
        Option<int> size = new("--size")
        {
            Description = "Width and height of the frames; 0 for the films' own 240 lines.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => 0,
        };
        Option<bool> json = Options.Json;
        var command = new Command(
            "speed",
            "Measure the rendering rate on one thread, without encoding.\nExample: taskgrain synth speed --clips 60"
        )
        {
            count,
            size,
            json,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                if (parsed.GetValue(count) < 1)
                {
                    throw new UsageException("--clips must be at least 1.");
                }

                int pixels = parsed.GetValue(size);
                RenderSpeed speed = RenderSpeed.Measure(
                    parsed.GetValue(count),
                    pixels > 0 ? new FrameFormat(pixels, pixels, 12) : null,
                    cancel
                );
                Console.Out.WriteLine(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(
                            new
                            {
                                frames = speed.Frames,
                                wallSeconds = speed.WallSeconds,
                                processorSeconds = speed.ProcessorSeconds,
                                framesPerSecond = speed.PerProcessorSecond,
                            }
                        )
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{speed.Frames} frames: {speed.PerProcessorSecond:0} frames/s a core "
                                + $"({speed.Frames / speed.WallSeconds:0} by the clock)"
                        )
                );
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
