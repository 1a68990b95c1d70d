using System.CommandLine;
using TaskGrain.Data;
using TaskGrain.Labels;

namespace TaskGrain.Cli.Commands;

internal static class LabelsCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> data = Options.Data;
        Option<DirectoryInfo> store = Options.Store;
        Option<int> rare = new("--rare")
        {
            Description = "Words that occur this often or less become [Something].",
            HelpName = "N",
            DefaultValueFactory = _ => new CaptionOptions().RareCount,
        };
        Option<string> noun = new("--object-noun")
        {
            Description =
                "The noun of a simplified object: own-phrase (glasses in 'two glasses of water'), last-noun (water) "
                + "or last-word.",
            HelpName = "RULE",
            DefaultValueFactory = _ => "own-phrase",
        };
        Option<int> show = new("--show")
        {
            Description = "Show this many training clips at all four grains.",
            HelpName = "N",
        };
        Option<string[]> ids = new("--id")
        {
            Description = "Show these clips at all four grains.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "labels",
            "Count a data set at each grain: groups, categories, simplified captions, captions. Videos are not "
                + "needed.\n"
                + "Example: taskgrain labels --data something-something-v2 --show 3"
        )
        {
            data,
            store,
            rare,
            noun,
            show,
            ids,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new CaptionOptions
                {
                    RareCount = parsed.GetValue(rare),
                    ObjectNoun = Rule(parsed.GetRequiredValue(noun)),
                };
                options.Validate();
                DataSet set = Open(parsed.GetValue(data), parsed.GetValue(store), cancel);
                LabelStatistics statistics = LabelStatistics.Of(set, options);
                IReadOnlyList<LabelExample> examples = LabelExample.Choose(
                    set,
                    options,
                    parsed.GetValue(show),
                    parsed.GetValue(ids) ?? []
                );
                if (parsed.GetValue(json))
                {
                    JsonOutput.Print(new { statistics, examples });
                }
                else
                {
                    LabelsText.Print(Console.Out, statistics, examples);
                }

                if (set.LeftOut > 0 && !parsed.GetValue(quiet))
                {
                    Console.Error.WriteLine(
                        $"{set.LeftOut} {(set.LeftOut == 1 ? "record is" : "records are")} left out; taskgrain "
                            + $"check lists {(set.LeftOut == 1 ? "it" : "them")} with reason and fix."
                    );
                }

                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static DataSet Open(DirectoryInfo? data, DirectoryInfo? store, CancellationToken cancel) =>
        (data, store) switch
        {
            ({ } folder, null) => DataSet.Open(folder.FullName, new DataSetOptions { RequireMedia = false }, cancel),
            (null, { } folder) => LabelledStore.ReadAnnotations(folder.FullName),
            (null, null) => throw new UsageException("labels needs --data FOLDER or --store FOLDER."),
            _ => throw new UsageException("labels takes --data or --store, not both."),
        };

    private static ObjectNoun Rule(string word) =>
        word switch
        {
            "own-phrase" => ObjectNoun.OwnPhrase,
            "last-noun" => ObjectNoun.LastNoun,
            "last-word" => ObjectNoun.LastWord,
            _ => throw new UsageException(
                $"'{word}' is no rule for --object-noun; there are own-phrase, last-noun and last-word."
            ),
        };
}
