using System.Text.Json.Serialization;

namespace TaskGrain.Labels;

/// <summary>
/// The action categories of a data set and the group each belongs to. An index into <see cref="Categories"/> or
/// <see cref="Groups"/> is a class number of the two coarser grains. Immutable; System.Text.Json reads and writes it.
/// </summary>
public sealed class Taxonomy
{
    private static readonly Lazy<Taxonomy> LazySomethingSomething = new(BuiltInTaxonomies.ReadSomethingSomething);
    private static readonly Lazy<Taxonomy> LazyKitchenware = new(BuiltInTaxonomies.ReadKitchenware);

    private static readonly Lazy<int[]> LazyTrainingCounts = new(() =>
        BuiltInTaxonomies.ReadTrainingCounts(SomethingSomething)
    );

    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byKey;
    private readonly int[][] _members;

    /// <summary>Makes a taxonomy.</summary>
    /// <param name="categories">The categories, in the order of their class numbers; any brackets kept.</param>
    /// <param name="groups">The groups, in the order of their class numbers.</param>
    /// <param name="categoryGroups">The group of each category.</param>
    /// <exception cref="ArgumentException">
    /// Sizes differ, a group does not exist, or two categories are the same.
    /// </exception>
    [JsonConstructor]
    public Taxonomy(IReadOnlyList<string> categories, IReadOnlyList<string> groups, IReadOnlyList<int> categoryGroups)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(categoryGroups);
        if (categories.Count != categoryGroups.Count)
        {
            throw new ArgumentException(
                $"{categories.Count} categories cannot have {categoryGroups.Count} group numbers"
            );
        }

        Categories = [.. categories];
        Groups = [.. groups];
        CategoryGroups = [.. categoryGroups];
        _byKey = new Dictionary<string, int>(categories.Count, StringComparer.Ordinal);
        for (int category = 0; category < categories.Count; category++)
        {
            if ((uint)categoryGroups[category] >= (uint)groups.Count)
            {
                throw new ArgumentException(
                    $"category '{categories[category]}' is in group {categoryGroups[category]} of {groups.Count}"
                );
            }

            _byName[categories[category]] = category;
            if (!_byKey.TryAdd(Key(categories[category]), category))
            {
                throw new ArgumentException($"category '{categories[category]}' is there twice");
            }
        }

        _members =
        [
            .. Enumerable
                .Range(0, groups.Count)
                .Select(group =>
                    Enumerable.Range(0, categories.Count).Where(c => categoryGroups[c] == group).ToArray()
                ),
        ];
        Templates = [.. Categories.Select(category => new CaptionTemplate(category))];
    }

    /// <summary>
    /// Something-Something: 174 templates by their official index, in 50 groups (the same for V1 and V2).
    /// </summary>
    public static Taxonomy SomethingSomething => LazySomethingSomething.Value;

    /// <summary>
    /// 20bn-kitchenware: 13 classes (paper, Table 9), grouped by the utensil; "Doing other things" is a group of its
    /// own.
    /// </summary>
    public static Taxonomy Kitchenware => LazyKitchenware.Value;

    /// <summary>
    /// Clips of each category of <see cref="SomethingSomething"/> in the official training split of V2; 168,913 in all.
    /// </summary>
    public static IReadOnlyList<int> SomethingSomethingTrainingCounts => LazyTrainingCounts.Value;

    /// <summary>The categories, with brackets where they are templates.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The groups' names.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The group of each category, in the order of <see cref="Categories"/>.</summary>
    public IReadOnlyList<int> CategoryGroups { get; }

    /// <summary>The categories taken apart at their brackets, in the order of <see cref="Categories"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<CaptionTemplate> Templates { get; }

    /// <summary>A taxonomy without groups: every class is a group of its own.</summary>
    /// <param name="classes">The classes, in the order of their class numbers.</param>
    /// <returns>The taxonomy.</returns>
    /// <exception cref="ArgumentException">Two classes are the same.</exception>
    public static Taxonomy Flat(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new Taxonomy(classes, classes, [.. Enumerable.Range(0, classes.Count)]);
    }

    /// <summary>
    /// A taxonomy of the given classes whose groups are those of <paramref name="known"/>; a class that is not known
    /// there becomes a group of its own.
    /// </summary>
    /// <param name="classes">The classes, in the order of their class numbers.</param>
    /// <param name="known">Where the groups come from.</param>
    /// <returns>The taxonomy, holding only groups that have a member.</returns>
    public static Taxonomy Grouped(IReadOnlyList<string> classes, Taxonomy known)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(known);
        string[] names =
        [
            .. classes.Select(c => known.TryFindCategory(c, out int at) ? known.Groups[known.GroupOf(at)] : c),
        ];
        string[] groups = [.. names.Distinct(StringComparer.Ordinal)];
        return new Taxonomy(classes, groups, [.. names.Select(name => Array.IndexOf(groups, name))]);
    }

    /// <summary>The group a category belongs to.</summary>
    /// <param name="category">Index into <see cref="Categories"/>.</param>
    /// <returns>Index into <see cref="Groups"/>.</returns>
    public int GroupOf(int category) => CategoryGroups[category];

    /// <summary>The categories of a group.</summary>
    /// <param name="group">Index into <see cref="Groups"/>.</param>
    /// <returns>Indices into <see cref="Categories"/>, ascending.</returns>
    public IReadOnlyList<int> CategoriesOf(int group) => _members[group];

    /// <summary>
    /// Finds a category by its name. Brackets, case, runs of spaces, spaces at the ends, a final full stop, the shape
    /// of apostrophes and whether accents are coded apart do not matter, so <c>holding something</c> finds
    /// <c>Holding [something]</c>.
    /// </summary>
    /// <param name="templateWithOrWithoutBrackets">The name.</param>
    /// <param name="category">Index into <see cref="Categories"/>; -1 when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFindCategory(string templateWithOrWithoutBrackets, out int category)
    {
        ArgumentNullException.ThrowIfNull(templateWithOrWithoutBrackets);
        if (
            _byName.TryGetValue(templateWithOrWithoutBrackets, out category)
            || _byKey.TryGetValue(Key(templateWithOrWithoutBrackets), out category)
        )
        {
            return true;
        }

        category = -1;
        return false;
    }

    /// <summary>The form under which names are compared.</summary>
    internal static string Key(string name)
    {
        name = ComposedLetters.Join(name);
        Span<char> key = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        int length = 0;
        foreach (char c in name.AsSpan().Trim())
        {
            switch (c)
            {
                case '[' or ']':
                    break;
                case '\u2018' or '\u2019' or '\u00B4' or '`':
                    key[length++] = '\'';
                    break;
                case var _ when char.IsWhiteSpace(c):
                    if (length > 0 && key[length - 1] != ' ')
                    {
                        key[length++] = ' ';
                    }

                    break;
                default:
                    key[length++] = char.ToLowerInvariant(c);
                    break;
            }
        }

        return key[..length].TrimEnd(" .").ToString();
    }
}
