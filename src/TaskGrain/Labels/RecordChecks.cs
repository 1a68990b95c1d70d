using System.Globalization;

namespace TaskGrain.Labels;

/// <summary>The checks that records of every Something-Something form share.</summary>
internal sealed class RecordChecks(DataSetBuilder builder, Taxonomy taxonomy, MediaIndex? media, string mediaHint)
{
    private readonly Dictionary<string, string> _suggestions = new(StringComparer.Ordinal);

    /// <summary>Whether an id can be a file's name.</summary>
    public bool IdIsSound(string id, RecordPlace place)
    {
        if (id.Length > 0 && id is not ("." or "..") && id.AsSpan().IndexOfAny("/\\\0\r\n") < 0)
        {
            return true;
        }

        builder.Report(
            DataProblemKind.BadRecord,
            place,
            id,
            $"the id '{id}' cannot be the name of a video.",
            "Write the video's name without its extension."
        );
        return false;
    }

    /// <summary>Finds a category, or reports it with the nearest one that exists.</summary>
    public bool TryCategory(string template, RecordPlace place, string id, out int category)
    {
        if (taxonomy.TryFindCategory(template, out category))
        {
            return true;
        }

        if (!_suggestions.TryGetValue(template, out string? fix))
        {
            fix = NearestName.Find(template, taxonomy.Categories) is { } near
                ? $"Perhaps '{near}' is meant."
                : "Use one of the data set's templates, or list this one in the labels file.";
            _suggestions[template] = fix;
        }

        builder.Report(DataProblemKind.UnknownTemplate, place, id, $"no category is called '{template}'.", fix);
        return false;
    }

    /// <summary>Gives each bracket its description; null, and reported, when that cannot be done.</summary>
    public IReadOnlyList<string>? Placeholders(int category, IReadOnlyList<string> given, RecordPlace place, string id)
    {
        IReadOnlyList<string> brackets = taxonomy.Templates[category].Brackets;
        given = RepeatedBrackets.Fill(brackets, given);
        if (given.Count != brackets.Count)
        {
            builder.Report(
                DataProblemKind.MissingPlaceholder,
                place,
                id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the template '{taxonomy.Categories[category]}' has {Brackets(brackets.Count)}, and there "
                        + $"{(given.Count == 1 ? "is 1 placeholder" : $"are {given.Count} placeholders")}."
                ),
                "Give one object description for each bracket, in their order."
            );
            return null;
        }

        for (int i = 0; i < given.Count; i++)
        {
            if (!given[i].Any(char.IsLetterOrDigit))
            {
                builder.Report(
                    DataProblemKind.MissingPlaceholder,
                    place,
                    id,
                    $"placeholder {i + 1} of {given.Count}, for [{brackets[i]}], is '{given[i]}' and holds no word.",
                    "Describe the object."
                );
                return null;
            }
        }

        return given;
    }

    /// <summary>Finds a record's video, or reports that it is missing, empty or unreadable.</summary>
    /// <returns>Whether the record may stay; <paramref name="path"/> is null where videos are not asked for.</returns>
    public bool TryMedia(string id, RecordPlace place, out string? path)
    {
        path = null;
        if (media is null)
        {
            return true;
        }

        if (!media.TryFind(id, out MediaEntry entry))
        {
            builder.Report(
                DataProblemKind.MissingMedia,
                place,
                id,
                $"there is no {mediaHint.Replace("<id>", id, StringComparison.Ordinal)}.",
                "Unpack or download the video again, or remove the record."
            );
            return false;
        }

        if (entry.Fault is { } fault)
        {
            builder.Report(
                DataProblemKind.UnreadableMedia,
                place,
                id,
                $"{entry.Path} {fault}.",
                "Make it readable or put the clip itself there, or remove the record."
            );
            return false;
        }

        if (entry.Bytes == 0)
        {
            builder.Report(
                DataProblemKind.EmptyMedia,
                place,
                id,
                $"{entry.Path} is empty.",
                "Download it again, or remove the record."
            );
            return false;
        }

        path = entry.Path;
        return true;
    }

    /// <summary>
    /// Reports a label that is not the template with its placeholders. The record stays: its targets come from the
    /// placeholders.
    /// </summary>
    public void CheckLabel(string label, int category, IReadOnlyList<string> placeholders, RecordPlace place, string id)
    {
        string filled = taxonomy.Templates[category].Fill(placeholders);
        if (!LabelComparison.SameWords(label, filled))
        {
            builder.Report(
                DataProblemKind.LabelMismatch,
                place,
                id,
                $"the label '{label}' is not the template with its placeholders, '{filled}'.",
                "Correct the label or the placeholders; the placeholders are used.",
                leavesOut: false
            );
        }
    }

    private static string Brackets(int count) => count == 1 ? "1 bracket" : $"{count} brackets";
}
