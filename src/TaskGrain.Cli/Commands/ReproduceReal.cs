using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Studies;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain reproduce real</c>: the page of anybody's folder of real clips.</summary>
internal static class ReproduceReal
{
    public static Command Create()
    {
        Option<DirectoryInfo> data = Words.One(
            "--data",
            "FOLDER",
            "A folder with one subfolder of clips for each class, or train and test with these.",
            Read.Folder
        );
        data.Required = true;
        Option<ClipGroups?> groups = TeachCommand.Groups();
        Option<string?> testGroup = Words.One<string?>(
            "--test-group",
            "NAME",
            "The group to test on; without it every group is held out in turn.",
            Read.Text
        );
        Option<string?> about = Words.One<string?>(
            "--about",
            "TEXT",
            "A sentence about the clips, for the page.",
            Read.Text
        );
        Option<FileInfo> page = Words.One("--page", "FILE", "The page to write.", Read.File);
        page.Required = true;
        Option<string> model = Words.One(
            "--model",
            "FILE|NAME",
            "The model whose encoder is one of the sources.",
            Read.FileName,
            ModelCatalog.DefaultName
        );
        Option<string[]> sources = TeachCommand.Sources();
        Option<ClassifierKind[]> classifiers = TeachCommand.Classifiers();
        Option<int> draws = Words.One("--draws", "N", "Draws of the shots.", Read.Whole(1, 1000), 10);
        Option<ulong> seed = Options.Seed;
        var compute = new ComputeOptions();
        var command = new Command(
            "real",
            "What is reached on real clips of your own from 1, 5 and all clips a class: every source and classifier, "
                + "what teach takes by itself, and what gives the classes away.\n\n"
                + "Example: taskgrain reproduce real --data my-clips --groups rooms.csv --page real.md"
        )
        {
            data,
            groups,
            testGroup,
            about,
            page,
            model,
            sources,
            classifiers,
            draws,
            seed,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string encoder = parsed.GetRequiredValue(model);
                var teaching = new TeachOptions
                {
                    EncoderName = encoder,
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(compute.Threads),
                    Sources = parsed.GetValue(sources) is { Length: > 0 } named ? named : null,
                };
                if (parsed.GetValue(classifiers) is { Length: > 0 } kinds)
                {
                    teaching = teaching with { Classifiers = kinds };
                }

                UsageException.Check(teaching.Validate);
                var options = new RealOptions
                {
                    Data = parsed.GetRequiredValue(data).FullName,
                    Groups = parsed.GetValue(groups),
                    TestGroup = parsed.GetValue(testGroup),
                    About = parsed.GetValue(about),
                    Draws = parsed.GetValue(draws),
                    Teaching = teaching,
                };
                using VideoModel loaded = compute.Load(parsed, Read.Model(encoder).FullName);
                RealResult result = RealStudy.Run(loaded, options, output.Progress, cancel);
                string path = parsed.GetRequiredValue(page).FullName;
                string words = string.Join(
                    ' ',
                    parsed
                        .Tokens.Select(token => token.Value)
                        .Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word)
                );
                RealPage
                    .Of(parsed.GetRequiredValue(data).Name, result, options, $"taskgrain {words}", DateTime.UtcNow)
                    .Write(path);
                output.Result(new { page = path, rows = result.Rows }, path);
                return 0;
            }
        );
    }
}
