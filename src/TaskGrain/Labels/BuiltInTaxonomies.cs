using System.Globalization;

namespace TaskGrain.Labels;

/// <summary>Reads the label lists that are built into the library.</summary>
internal static class BuiltInTaxonomies
{
    /// <summary>taxonomy.csv: index, template, group_index, group; rows in the order of the index.</summary>
    public static Taxonomy ReadSomethingSomething()
    {
        var categories = new List<string>();
        var groups = new SortedDictionary<int, string>();
        var categoryGroups = new List<int>();
        foreach (string line in Lines("taxonomy.csv").Skip(1))
        {
            List<string> row = DelimitedText.Split(line, ',');
            int group = int.Parse(row[2], CultureInfo.InvariantCulture);
            categories.Add(row[1]);
            categoryGroups.Add(group);
            groups[group] = row[3];
        }

        return new Taxonomy(categories, [.. groups.Values], categoryGroups);
    }

    /// <summary>kitchenware.txt: one class a line; the utensil it names is its group.</summary>
    public static Taxonomy ReadKitchenware()
    {
        string[] utensils = ["fork", "spoon", "knife", "tongs"];
        string[] groups = ["Fork", "Spoon", "Knife", "Tongs", "Other things"];
        string[] classes = [.. Lines("kitchenware.txt")];
        int GroupOf(string name) =>
            Array.FindIndex(utensils, u => name.Split(' ').Contains(u)) is var at and >= 0 ? at : utensils.Length;
        return new Taxonomy(classes, groups, [.. classes.Select(GroupOf)]);
    }

    /// <summary>
    /// train_counts.csv: clips of each category in the official training split of V2, by official index.
    /// </summary>
    public static int[] ReadTrainingCounts(Taxonomy taxonomy)
    {
        int[] counts = new int[taxonomy.Categories.Count];
        foreach (string line in Lines("train_counts.csv").Skip(1))
        {
            List<string> row = DelimitedText.Split(line, ',');
            if (!taxonomy.TryFindCategory(row[0], out int category))
            {
                throw new InvalidDataException($"train_counts.csv: unknown template '{row[0]}'");
            }

            counts[category] = int.Parse(row[1], CultureInfo.InvariantCulture);
        }

        return counts;
    }

    /// <summary>The lines of an embedded list that hold anything.</summary>
    public static IEnumerable<string> Lines(string resource)
    {
        using Stream stream =
            typeof(BuiltInTaxonomies).Assembly.GetManifestResourceStream($"TaskGrain.Labels.Resources.{resource}")
            ?? throw new InvalidOperationException($"the resource {resource} is not built in");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
