namespace TaskGrain.Labels;

/// <summary>A row <c>id;template without brackets</c> of a V1 annotation file or of the V2 test answers.</summary>
internal readonly record struct LabelRow(string Id, string? Template, RecordPlace Place)
{
    /// <summary>Reads a file of rows; reports those that are not of the form.</summary>
    /// <param name="path">The file.</param>
    /// <param name="relative">Its path in messages.</param>
    /// <param name="builder">Takes the problems.</param>
    /// <param name="needsTemplate">False for a test split, whose rows are ids alone.</param>
    /// <param name="countLeftOut">Whether a bad row is a clip that is left out.</param>
    /// <returns>The good rows.</returns>
    public static List<LabelRow> ReadAll(
        string path,
        string relative,
        DataSetBuilder builder,
        bool needsTemplate,
        bool countLeftOut
    )
    {
        var rows = new List<LabelRow>();
        int line = 0;
        int record = 0;
        foreach (string text in TextFile.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text) || (line == 1 && IsHeader(text)))
            {
                continue;
            }

            var place = new RecordPlace(relative, ++record, line);
            List<string> values = DelimitedText.Split(text, ';');
            string id = values[0].Trim();
            string? template = values.Count > 1 ? string.Join(';', values.Skip(1)).Trim() : null;
            if (Fault(text, id, template, needsTemplate) is var (reason, fix))
            {
                builder.Report(
                    DataProblemKind.BadRecord,
                    place,
                    id.Length > 0 && id.Length < 64 ? id : null,
                    reason,
                    fix,
                    countLeftOut
                );
                if (countLeftOut)
                {
                    builder.LeaveOut();
                }

                continue;
            }

            rows.Add(new LabelRow(id, string.IsNullOrEmpty(template) ? null : template, place));
        }

        return rows;
    }

    private static bool IsHeader(string text) => text.Split(';')[0].Trim().ToLowerInvariant() is "id" or "video_id";

    private static (string Reason, string Fix)? Fault(string text, string id, string? template, bool needsTemplate)
    {
        if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return ("the row holds text that is not UTF-8.", "Save the file as UTF-8.");
        }

        if (id.Length == 0)
        {
            return ("the row has no id.", "Write id;template.");
        }

        if (needsTemplate && string.IsNullOrEmpty(template))
        {
            bool comma = text.Contains(',', StringComparison.Ordinal) && template is null;
            return (
                "the row has no template after a semicolon.",
                comma ? "Separate id and template by a semicolon, not by a comma." : "Write id;template."
            );
        }

        return null;
    }
}
