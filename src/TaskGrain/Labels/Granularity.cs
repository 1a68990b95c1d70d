using System.Text.Json.Serialization;

namespace TaskGrain.Labels;

/// <summary>The four grains of language one video carries, coarse to fine (paper, Section 4).</summary>
[JsonConverter(typeof(GranularityJson))]
public enum Granularity
{
    /// <summary>Groups of related actions: 50 on Something-Something (the paper's "CG actions").</summary>
    ActionGroups,

    /// <summary>Action categories, which are caption templates: 174 on Something-Something ("FG actions").</summary>
    ActionCategories,

    /// <summary>Captions whose objects are cut to one noun ("SO captions").</summary>
    SimplifiedCaptions,

    /// <summary>Captions with the objects as they were described ("Captions").</summary>
    Captions,
}

/// <summary>The words for the grains on the command line and in files.</summary>
internal static class GranularityNames
{
    /// <summary>
    /// The grain's word: <c>action-groups</c>, <c>action-categories</c>, <c>simplified-captions</c> or <c>captions</c>.
    /// </summary>
    /// <param name="granularity">The grain.</param>
    /// <returns>The word.</returns>
    public static string Name(this Granularity granularity) =>
        granularity switch
        {
            Granularity.ActionGroups => "action-groups",
            Granularity.ActionCategories => "action-categories",
            Granularity.SimplifiedCaptions => "simplified-captions",
            Granularity.Captions => "captions",
            _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "not a grain"),
        };

    /// <summary>Whether targets at this grain are word sequences and not classes.</summary>
    /// <param name="granularity">The grain.</param>
    /// <returns>True for the two caption grains.</returns>
    public static bool IsCaption(this Granularity granularity) =>
        granularity is Granularity.SimplifiedCaptions or Granularity.Captions;

    /// <summary>Reads a grain's word.</summary>
    /// <param name="name">One of the four words; case does not matter.</param>
    /// <returns>The grain.</returns>
    /// <exception cref="TaskGrainException">No grain has that name.</exception>
    public static Granularity Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (Granularity granularity in Enum.GetValues<Granularity>())
        {
            if (name.Trim().Equals(granularity.Name(), StringComparison.OrdinalIgnoreCase))
            {
                return granularity;
            }
        }

        string known = string.Join(", ", Enum.GetValues<Granularity>().Select(Name));
        throw new TaskGrainException($"no granularity is called '{name}'; there are {known}.");
    }
}
