using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Studies.Generator;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain synth study</c>: what single frames and object names tell of the category.</summary>
internal static class SynthStudy
{
    public static Command Create()
    {
        var defaults = new GeneratorStudyOptions();
        Option<int> count = Options.Clips("Clips in all; a fifth of them test.", defaults.Clips);
        Option<ulong> seed = Options.Seed;
        Option<int> size = Options.FrameSize("Width and height of the single frames.", defaults.FrameSize);
        Option<int> epochs = Options.Epochs("Passes over the training clips.", defaults.Epochs);
        Option<string[]> categories = SynthCommand.CategoryOption();
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
}
