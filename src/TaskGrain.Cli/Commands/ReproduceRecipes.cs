using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Studies.Recipes;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Synthesis;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Cli.Commands;

/// <summary>
/// <c>taskgrain reproduce recipes</c>: which variation of generated clips carries an encoder further to real ones.
/// </summary>
internal static class ReproduceRecipes
{
    public static Command Create()
    {
        var standard = new RecipeOptions { Data = "" };
        Option<DirectoryInfo> data = Words.One(
            "--data",
            "FOLDER",
            "Real clips to judge by: one subfolder for each class, or train with these; test is not looked at.",
            Read.Folder
        );
        data.Required = true;
        Option<ClipGroups?> groups = TeachCommand.Groups();
        Option<IReadOnlyList<DomainRandomisation>> recipes = Words.One(
            "--recipes",
            "LIST",
            "Recipes with commas between them, such as none,colours,colours:0.5+camera,all; of "
                + $"{string.Join(", ", DomainRandomisation.Words)}. By default each of these and all.",
            RecipeOptions.Parse
        );
        Option<int> seeds = Words.One("--seeds", "N", "Training seeds.", Read.Whole(1, 1000), standard.Seeds);
        Option<int> clips = Options.Clips(
            "Generated clips that a starting model learns from, and as many that a recipe goes on with.",
            standard.Clips
        );
        Option<ShotCount[]> shots = Words.Many(
            "--shots",
            "N",
            $"Real clips a class to learn from, or full; {string.Join(' ', standard.Shots)} by default.",
            ShotCount.Parse
        );
        Option<int> draws = Words.One("--draws", "N", "Draws of a few shots.", Read.Whole(1, 1000), standard.Draws);
        Option<ClassifierKind[]> classifiers = Words.Many(
            "--classifiers",
            "KIND",
            "Classifiers on the features, whose mean ranks the recipes: average, timeline, logistic, mlp, bilstm; "
                + $"{string.Join(", ", standard.Classifiers.Select(kind => kind.Word()))} by default; the BiLSTM takes "
                + "minutes a model.",
            ClassifierKinds.Parse
        );
        Option<string[]> set = Options.Set("A value over the study's own, such as training.epochs=3, for both parts.");
        Option<DirectoryInfo> folder = Options.Out;
        folder.Description = "Folder of measurements and models. Several processes may work in it.";
        folder.Required = true;
        Option<FileInfo> page = Words.One("--page", "FILE", "The page to write; OUT/recipes.md by default.", Read.File);
        Option<bool> pageOnly = Words.Flag("--page-only", "Make no run: write the page of the measurements there are.");
        var compute = new ComputeOptions();
        var command = new Command(
            "recipes",
            """
            Which variation of generated clips makes an encoder carry over further to real ones, by cross-validation.
            Goes on where it was stopped; a second process with the same words shares the work.

            Example: taskgrain reproduce recipes --data my-clips/train --groups rooms.csv --threads 1 --out recipes
            """
        )
        {
            data,
            groups,
            recipes,
            seeds,
            clips,
            shots,
            draws,
            classifiers,
            set,
            folder,
            page,
            pageOnly,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new RecipeOptions
                {
                    Data = parsed.GetRequiredValue(data).FullName,
                    Groups = parsed.GetValue(groups),
                    Recipes = parsed.GetValue(recipes) ?? RecipeOptions.Standard,
                    Seeds = parsed.GetValue(seeds),
                    Clips = parsed.GetValue(clips),
                    Shots = parsed.GetValue(shots) is { Length: > 0 } counts ? counts : standard.Shots,
                    Draws = parsed.GetValue(draws),
                    Classifiers = parsed.GetValue(classifiers) is { Length: > 0 } kinds ? kinds : standard.Classifiers,
                    Reference = ModelCatalog.DefaultName,
                    Settings = parsed.GetValue(set) ?? [],
                    Machine = compute.Settings(parsed),
                };
                UsageException.Check(options.Validate);
                string path = parsed.GetRequiredValue(folder).FullName;
                var study = new RecipeStudy(options, path, output.Progress, output.Notes);
                if (!parsed.GetValue(pageOnly))
                {
                    study.Run(cancel);
                }

                string written = parsed.GetValue(page)?.FullName ?? Path.Combine(path, "recipes.md");
                string line = string.Join(' ', parsed.Tokens.Select(token => WithoutFolders(token.Value)));
                IReadOnlyList<RecipeMeasurement> measured = study.Measurements;
                int missing = study.Runs.Count - measured.Count;
                if (measured.Count > 0)
                {
                    RecipePage
                        .Of(
                            measured,
                            options,
                            study.Real.Origin(
                                NameOf(parsed.GetRequiredValue(data)),
                                $"taskgrain {line}",
                                DateTime.UtcNow
                            )
                        )
                        .Write(written);
                }

                string rest = missing == 0 ? "" : $": {missing} of {study.Runs.Count} runs are not done yet";
                output.Result(
                    new
                    {
                        page = written,
                        missing,
                        comparisons = RecipeComparison.Of(measured),
                    },
                    written + rest
                );
                return 0;
            }
        );
    }

    /// <summary>What the clips are called: their folder's name, which says nothing where it is <c>train</c>.</summary>
    private static string NameOf(DirectoryInfo folder) =>
        folder is { Name: "train", Parent: { } set } ? set.Name : folder.Name;

    /// <summary>The page names no folder of the machine.</summary>
    private static string WithoutFolders(string word) =>
        Path.IsPathRooted(word) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(word)) : word;
}
