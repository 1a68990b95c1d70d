using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Studies;
using TaskGrain.Lab.Studies.Explaining;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain reproduce explain</c>: whether explanations are faithful, on generated clips.</summary>
internal static class ReproduceExplain
{
    public static Command Create()
    {
        var standard = new ExplainStudyOptions { Model = "", Name = "" };
        Option<FileInfo> model = Options.ModelOrBase;
        Option<FileInfo> page = Words.One("--page", "FILE", "The page to write.", Read.File);
        page.DefaultValueFactory = _ => new FileInfo("explain.md");
        Option<int> clips = Options.Clips("Clips whose maps are set beside the truth.", standard.Clips);
        Option<bool> contrasts = Words.Flag(
            "--contrasts",
            "Only the categories that share objects and layouts and differ in motion."
        );
        Option<ulong> seed = Options.Seed;
        seed.DefaultValueFactory = _ => standard.Seed;
        Option<int> compared = Words.One(
            "--compared-clips",
            "N",
            "Clips on which layers and weights are compared.",
            Read.Whole(2, Options.MostClips),
            standard.ComparedClips
        );
        Option<int> curves = Words.One(
            "--curve-clips",
            "N",
            "Clips on which deletion and insertion are measured.",
            Read.Whole(2, Options.MostClips),
            standard.CurveClips
        );
        Option<int> random = Words.One(
            "--random-models",
            "N",
            "Models of random weights beside the model.",
            Read.Whole(1, 100),
            standard.RandomModels
        );
        Option<int> rounds = Options.Rounds("Rounds in which times are measured.", standard.Rounds);
        Option<int> threads = Options.Threads;
        var command = new Command(
            "explain",
            "Whether the maps of explanations are faithful: where and when the action truly is, beside a centre prior "
                + "and models of random weights; deletion and insertion; what they cost.\n"
                + "Example: taskgrain reproduce explain --page docs/results/explain.md"
        )
        {
            model,
            page,
            clips,
            contrasts,
            seed,
            compared,
            curves,
            random,
            rounds,
            threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                FileInfo file = parsed.GetRequiredValue(model);
                var options = new ExplainStudyOptions
                {
                    Model = file.FullName,
                    Name =
                        file.Name == ShippedModel.WeightsFile
                            ? file.Directory!.Name
                            : Path.GetFileNameWithoutExtension(file.Name),
                    Clips = parsed.GetValue(clips),
                    Seed = parsed.GetValue(seed),
                    Categories = parsed.GetValue(contrasts) ? Contrasts.Categories : [],
                    RandomModels = parsed.GetValue(random),
                    ComparedClips = parsed.GetValue(compared),
                    CurveClips = parsed.GetValue(curves),
                    Rounds = parsed.GetValue(rounds),
                };
                UsageException.Check(options.Validate);
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                string line = $"taskgrain {string.Join(' ', parsed.Tokens.Select(token => token.Value))}";
                ExplainMeasurements measured = new ExplainStudy(options).Run(output.Progress, cancel);
                string path = parsed.GetRequiredValue(page).FullName;
                ExplainPage.Of(measured, line, StudyOrigin.ThisProgram, StudyOrigin.ThisMachine).Write(path);
                output.Result(new { page = path }, path);
                return 0;
            }
        );
    }
}
