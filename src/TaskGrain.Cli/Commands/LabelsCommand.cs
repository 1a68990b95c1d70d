using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Labels;

namespace TaskGrain.Cli.Commands;

internal static class LabelsCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> data = Options.Data;
        Option<DirectoryInfo> store = Options.Store;
        Option<int> rare = Words.One(
            "--rare",
            "N",
            "Words that occur this often or less become [Something].",
            Read.Whole(0, Options.MostClips),
            new CaptionOptions().RareCount
        );
        Option<ObjectNoun> noun = Words.One(
            "--object-noun",
            "RULE",
            "The noun of a simplified object: own-phrase (glasses in 'two glasses of water'), last-noun (water) "
                + "or last-word.",
            Read.OneOf(
                ("own-phrase", ObjectNoun.OwnPhrase),
                ("last-noun", ObjectNoun.LastNoun),
                ("last-word", ObjectNoun.LastWord)
            ),
            ObjectNoun.OwnPhrase
        );
        Option<int> show = Words.One(
            "--show",
            "N",
            "Show this many training clips at all four grains.",
            Read.Whole(0, Options.MostClips),
            0
        );
        Option<string[]> ids = Words.Many("--id", "ID", "Show these clips at all four grains.", Read.Text);
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
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new CaptionOptions
                {
                    RareCount = parsed.GetValue(rare),
                    ObjectNoun = parsed.GetValue(noun),
                };
                DataSet set = Open(parsed.GetValue(data), parsed.GetValue(store), cancel);
                LabelStatistics statistics = LabelStatistics.Of(set, options);
                IReadOnlyList<LabelExample> examples = LabelExample.Choose(
                    set,
                    options,
                    parsed.GetValue(show),
                    parsed.GetValue(ids) ?? []
                );
                if (output.Json)
                {
                    output.Print(new { statistics, examples });
                }
                else
                {
                    LabelsText.Print(output, statistics, examples);
                }

                if (set.LeftOut > 0)
                {
                    output.Note(
                        $"{set.LeftOut} {(set.LeftOut == 1 ? "record is" : "records are")} left out; taskgrain "
                            + $"check lists {(set.LeftOut == 1 ? "it" : "them")} with reason and fix."
                    );
                }

                return 0;
            }
        );
    }

    private static DataSet Open(DirectoryInfo? data, DirectoryInfo? store, CancellationToken cancel) =>
        (data, store) switch
        {
            ({ } folder, null) => DataSet.Open(folder.FullName, new DataSetOptions { RequireMedia = false }, cancel),
            (null, { } folder) => LabelledStore.ReadAnnotations(folder.FullName),
            (null, null) => throw new UsageException("labels needs --data FOLDER or --store FOLDER."),
            _ => throw new UsageException("labels takes --data or --store, not both."),
        };
}
