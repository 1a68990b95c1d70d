using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain synth</c>: sets of generated clips.</summary>
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
            SynthGallery.Create(),
            SynthCategories.Create(),
            SynthStudy.Create(),
            SynthSpeed.Create(),
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

    /// <summary>Only some categories.</summary>
    internal static Option<string[]> CategoryOption() =>
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
}
