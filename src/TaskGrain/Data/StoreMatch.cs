using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Compares a data set that is to be packed with what a store was packed from. A clip is another one when its file is
/// another; where a store does not say what file it was, when its label is.
/// </summary>
internal sealed class StoreMatch
{
    private StoreMatch(IReadOnlyList<string> strangers) => Strangers = strangers;

    /// <summary>Ids of clips that the store holds with other frames.</summary>
    public IReadOnlyList<string> Strangers { get; }

    /// <summary>Compares.</summary>
    /// <param name="data">What is to be packed.</param>
    /// <param name="folder">The store's folder.</param>
    /// <param name="isPacked">Whether the store has frames under an id.</param>
    /// <param name="then">What the store was packed from.</param>
    /// <param name="now">The data set's files.</param>
    /// <exception cref="TaskGrainException">
    /// Most of the clips that both have differ, so that it is another data set.
    /// </exception>
    public static StoreMatch Compare(
        DataSet data,
        string folder,
        Func<string, bool> isPacked,
        PackedSources then,
        PackedSources now
    )
    {
        Annotation[] shared = [.. data.Annotations.Where(annotation => isPacked(annotation.Id))];
        string[] otherFiles = [.. shared.Where(a => then.Agrees(a.Id, now) == false).Select(a => a.Id)];
        int files = shared.Count(a => then.Agrees(a.Id, now) is not null);
        Refuse(folder, "files", otherFiles, files);

        // Labels are corrected and packed again; a data set most of whose labels are others is another one.
        Annotation[] unknown = [.. shared.Where(a => then.Agrees(a.Id, now) is null)];
        if (unknown.Length > 0 && LabelledStore.Exists(folder))
        {
            DataSet packed = LabelledStore.ReadAnnotations(folder);
            var labels = packed.Annotations.ToDictionary(a => a.Id, a => Label(packed, a), StringComparer.Ordinal);
            Annotation[] known = [.. unknown.Where(a => labels.ContainsKey(a.Id))];
            string[] others = [.. known.Where(a => labels[a.Id] != Label(data, a)).Select(a => a.Id)];
            Refuse(folder, "labels", others, known.Length);
        }

        return new StoreMatch(otherFiles);
    }

    /// <summary>The data set without the strangers, which would get labels that are not theirs.</summary>
    public DataSet Without(DataSet data)
    {
        HashSet<string> strangers = [.. Strangers];
        return strangers.Count == 0
            ? data
            : new DataSet(
                data.Name,
                data.Taxonomy,
                [.. data.Annotations.Where(annotation => !strangers.Contains(annotation.Id))],
                data.Problems,
                data.LeftOut + strangers.Count,
                data.Folder
            );
    }

    /// <summary>The strangers, for the packing's report.</summary>
    public IEnumerable<PackFailure> Failures(DataSet data) =>
        data
            .Annotations.Where(annotation => Strangers.Contains(annotation.Id))
            .Select(annotation => new PackFailure(
                annotation.Id,
                data.MediaPath(annotation),
                "the store holds the frames of another file under this name, and a store's frames are not replaced; "
                    + "the clip is left out. Give it another name, or pack into a new folder"
            ));

    private static void Refuse(string folder, string what, string[] others, int compared)
    {
        if (2 * others.Length > compared)
        {
            throw new TaskGrainException(
                $"{folder}: the store was packed from another data set: of {compared} clips that both have, "
                    + $"{others.Length} have other {what}, such as '{others[0]}'. Use another folder for this one."
            );
        }
    }

    private static string Label(DataSet data, Annotation annotation) =>
        (annotation.Category < 0 ? "" : Taxonomy.Key(data.Taxonomy.Categories[annotation.Category]))
        + string.Concat(annotation.Placeholders.Select(placeholder => "\n" + placeholder));
}
