using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
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
        Option<int> count = Options.Clips("Number of clips; more than before extends the set.", clips);
        Option<ulong> seed = Options.Seed;
        Option<DirectoryInfo> videos = Options.Out;
        videos.Description = "Write videos and annotation files in the layout of Something-Something V2.";
        Option<DirectoryInfo> store = Options.Store;
        store.Description = "Render straight into a frame store, without videos.";
        Option<int> size = Options.FrameSize("Width and height of the store's frames.", FrameFormat.Paper.Width);
        Option<FrameRate> rate = Options.FrameRate("Frames a second in the store.", FrameFormat.Paper.FramesPerSecond);
        Option<int?> jpeg = Options.Jpeg;
        Option<string[]> categories = CategoryOption();
        Option<bool> contrasts = Words.Flag(
            "--contrasts",
            "Make only the 30 categories that share objects and layouts and differ in motion."
        );
        contrasts.Hidden = world == SyntheticWorld.Kitchenware;
        double share = world == SyntheticWorld.Kitchenware ? 1.0 / 3 : 0.1;
        Option<double> validation = Words.One(
            "--validation",
            "PART",
            "Part of the clips for validation.",
            Read.Share,
            share
        );
        Option<double> test = Words.One("--test", "PART", "Part of the clips for test.", Read.Share, share);
        Option<DomainRandomisation> variation = Options.Variation;
        Option<int> threads = Options.Threads;
        Option<StorePart?> shard = Options.Shard;
        var command = new Command(name, description)
        {
            count,
            seed,
            videos,
            store,
            size,
            rate,
            jpeg,
            categories,
            contrasts,
            validation,
            test,
            variation,
            threads,
            shard,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new SynthesisOptions
                {
                    World = world,
                    Clips = parsed.GetValue(count),
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(contrasts) ? Contrasts.Categories : parsed.GetValue(categories) ?? [],
                    ValidationShare = parsed.GetValue(validation),
                    TestShare = parsed.GetValue(test),
                    Variation = parsed.GetValue(variation)!,
                    Threads = parsed.GetValue(threads),
                };
                if ((parsed.GetValue(videos) is null) == (parsed.GetValue(store) is null))
                {
                    throw new UsageException("name one of --out (videos) and --store (frames).");
                }

                UsageException.Check(options.Validate);
                int pixels = parsed.GetValue(size);
                string folder = (parsed.GetValue(store) ?? parsed.GetValue(videos))!.FullName;
                DataSet data = parsed.GetValue(store) is null
                    ? SyntheticSet.WriteFolderPart(options, folder, parsed.GetValue(shard), output.Progress, cancel)
                    : SyntheticSet.WritePart(
                        options,
                        folder,
                        new FrameFormat(pixels, pixels, parsed.GetValue(rate)),
                        new FrameCompression(parsed.GetValue(jpeg)),
                        parsed.GetValue(shard),
                        output.Progress,
                        cancel
                    );
                Print(output, data, folder);
                return 0;
            }
        );
    }

    private static Option<string[]> CategoryOption() =>
        Words.Repeated("--category", "NAME", "Make only this category; may be given several times.", Read.Text);

    private static void Print(CommandOutput output, DataSet data, string folder)
    {
        int train = data.Of(Split.Train).Count(),
            validation = data.Of(Split.Validation).Count(),
            test = data.Of(Split.Test).Count();
        int categories = data.Annotations.Select(annotation => annotation.Category).Distinct().Count();
        if (output.Json)
        {
            output.Print(
                new
                {
                    folder,
                    clips = data.Annotations.Count,
                    categories,
                    train,
                    validation,
                    test,
                }
            );
        }
        else
        {
            output.Line(
                $"{folder}: {data.Annotations.Count} clips of {categories} categories: {train} training, "
                    + $"{validation} validation, {test} test"
            );
        }
    }

    private static Command GalleryOf()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<ulong> seed = Options.Seed;
        Option<int> each = Words.One("--each", "N", "Clips a category.", Read.Whole(1, 10_000), 2);
        Option<bool> kitchen = Words.Flag("--kitchenware", "Show the kitchenware world.");
        Option<string[]> categories = CategoryOption();
        Option<DomainRandomisation> variation = Options.Variation;
        Option<int> threads = Options.Threads;
        var command = new Command(
            "gallery",
            "An HTML page of moving clips of every category beside their captions, and contact sheets.\nExample: "
                + "taskgrain synth gallery --out gallery"
        )
        {
            folder,
            seed,
            each,
            kitchen,
            categories,
            variation,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new SynthesisOptions
                {
                    World = parsed.GetValue(kitchen) ? SyntheticWorld.Kitchenware : SyntheticWorld.Something,
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(categories) ?? [],
                    Variation = parsed.GetValue(variation)!,
                    Threads = parsed.GetValue(threads),
                };
                UsageException.Check(options.Validate);
                string page = Gallery.Write(
                    options,
                    parsed.GetRequiredValue(folder).FullName,
                    parsed.GetValue(each),
                    output.Progress,
                    cancel
                );
                output.Result(new { page }, page);
                return 0;
            }
        );
    }

    private static Command Categories()
    {
        Option<bool> kitchen = Words.Flag("--kitchenware", "Those of the kitchenware world.");
        var command = new Command(
            "categories",
            "List the categories that the generator can act out.\nExample: taskgrain synth categories"
        )
        {
            kitchen,
        };
        return command.Runs(
            (parsed, output, _) =>
            {
                SyntheticWorld world = parsed.GetValue(kitchen) ? SyntheticWorld.Kitchenware : SyntheticWorld.Something;
                Taxonomy taxonomy = WorldGenerator.TaxonomyOf(world);
                var categories = WorldGenerator
                    .CategoriesOf(world)
                    .Select(number =>
                        (
                            number,
                            category: taxonomy.Categories[number],
                            group: taxonomy.Groups[taxonomy.GroupOf(number)]
                        )
                    )
                    .ToArray();
                if (output.Json)
                {
                    output.Print(
                        categories.Select(entry => new
                        {
                            entry.number,
                            entry.category,
                            entry.group,
                        })
                    );
                }
                else
                {
                    foreach ((int number, string category, string group) in categories)
                    {
                        output.Line($"{number}\t{category}\t{group}");
                    }
                }

                return 0;
            }
        );
    }

    private static Command Study()
    {
        var defaults = new GeneratorStudyOptions();
        Option<int> count = Options.Clips("Clips in all; a fifth of them test.", defaults.Clips);
        Option<ulong> seed = Options.Seed;
        Option<int> size = Options.FrameSize("Width and height of the single frames.", defaults.FrameSize);
        Option<int> epochs = Options.Epochs("Passes over the training clips.", defaults.Epochs);
        Option<string[]> categories = CategoryOption();
        Option<bool> contrasts = Words.Flag(
            "--contrasts",
            "Only the 30 categories that share objects and layouts and differ in motion."
        );
        Option<FileInfo> page = Words.One("--out", "FILE", "Also write the report to this Markdown file.", Read.File);
        Option<int> threads = Options.Threads;
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
            page,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
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
                UsageException.Check(options.Validate);
                GeneratorStudyReport report = GeneratorStudy.Run(options, output.Progress, cancel);
                string markdown = report.ToMarkdown();
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    output.Text(markdown);
                }

                if (parsed.GetValue(page) is { } file)
                {
                    AtomicFile.WriteText(file.FullName, markdown);
                }

                return 0;
            }
        );
    }

    private static Command Speed()
    {
        Option<int> count = Options.Clips("Clips to render.", 60);
        Option<int?> size = Words.Optional(
            "--size",
            "PIXELS",
            "Width and height of the frames; without it the films' own 240 lines.",
            Read.Whole(1, FrameFormat.MostPixels)
        );
        var command = new Command(
            "speed",
            "Measure the rendering rate on one thread, without encoding.\nExample: taskgrain synth speed --clips 60"
        )
        {
            count,
            size,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                RenderSpeed speed = RenderSpeed.Measure(
                    parsed.GetValue(count),
                    parsed.GetValue(size) is { } pixels ? new FrameFormat(pixels, pixels, 12) : null,
                    cancel
                );
                output.Result(
                    new
                    {
                        frames = speed.Frames,
                        wallSeconds = speed.WallSeconds,
                        processorSeconds = speed.ProcessorSeconds,
                        framesPerSecond = speed.PerProcessorSecond,
                    },
                    $"{speed.Frames} frames: {speed.PerProcessorSecond:0} frames/s a core "
                        + $"({speed.Frames / speed.WallSeconds:0} by the clock)"
                );
                return 0;
            }
        );
    }
}
