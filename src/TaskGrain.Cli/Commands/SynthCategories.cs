using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Labels;
using TaskGrain.Synthesis;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain synth categories</c>: what the generator can act out.</summary>
internal static class SynthCategories
{
    public static Command Create()
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
}
