using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Demo;
using TaskGrain.Training;

namespace TaskGrain.Cli.Commands;

internal static class DemoCommand
{
    private const string DefaultFolder = "runs/demo";

    public static Command Create()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder);
        Option<FileInfo> clip = Words.One("--clip", "FILE", "A video file of yours to look at too.", Read.File);
        Option<bool> fromScratch = Words.Flag(
            "--from-scratch",
            "Train a small model from random weights, not the shipped one."
        );
        Option<int> clips = Options.Clips("Clips to generate.", 2000);
        Option<RunPreset> preset = Options.Preset(
            "demo, or micro for a quick look at whether everything runs.",
            RunPreset.Demo
        );
        Option<ulong> seed = Options.Seed;
        var compute = new ComputeOptions();
        var command = new Command(
            "demo",
            "See everything work with no data set, in minutes: what the shipped model says about new clips and why, "
                + "a training from there, classes taught from a few clips, and a report for a browser. Run again, it "
                + "goes on where it stopped.\n"
                + "Example: taskgrain demo --out runs/demo --clip my-clip.mp4"
        )
        {
            folder,
            clip,
            fromScratch,
            clips,
            preset,
            seed,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                void Tell(string text)
                {
                    if (!output.Json)
                    {
                        output.Text(text);
                    }
                }

                Tell(DemoText.Beginning());
                DemoReport report = DemoRun.Run(
                    new DemoOptions
                    {
                        Folder = parsed.GetRequiredValue(folder).FullName,
                        Clip = parsed.GetValue(clip)?.FullName,
                        FromScratch = parsed.GetValue(fromScratch),
                        Clips = parsed.GetValue(clips),
                        Seed = parsed.GetValue(seed),
                        Preset = parsed.GetValue(preset),
                        Machine = new MachineOptions
                        {
                            Device = parsed.GetRequiredValue(compute.Device),
                            Threads = parsed.GetValue(compute.Threads),
                            Precision = parsed.GetValue(compute.Precision),
                        },
                    },
                    output.Progress,
                    new Relay<DemoChapter>(chapter => Tell(DemoText.Of(chapter))),
                    cancel
                );
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    output.Text(DemoText.Ending(report));
                }

                return 0;
            }
        );
    }
}
