namespace TaskGrain.Labels;

/// <summary>Where a record stands in its file.</summary>
/// <param name="File">Relative path with forward slashes.</param>
/// <param name="Record">Number of the record, from 1.</param>
/// <param name="Line">Line on which it begins, from 1; null where lines mean nothing.</param>
internal readonly record struct RecordPlace(string File, int Record, int? Line)
{
    public override string ToString() =>
        Line is null ? $"{File}, record {Record}" : $"{File}, record {Record} (line {Line})";
}

/// <summary>Gathers the usable records and the problems of one data set while its files are read.</summary>
internal sealed class DataSetBuilder
{
    private readonly List<Annotation> _annotations = [];
    private readonly List<DataProblem> _problems = [];
    private readonly Dictionary<string, (RecordPlace Place, Split Split)> _seen = new(StringComparer.Ordinal);

    public int LeftOut { get; private set; }

    public int Kept => _annotations.Count;

    public IReadOnlyList<DataProblem> Problems => _problems;

    /// <summary>Reports a fault of a file that is no record's.</summary>
    public void Report(DataProblemKind kind, string file, string reason, string fix, bool leavesOut = false) =>
        _problems.Add(
            new DataProblem
            {
                Kind = kind,
                File = file,
                Reason = reason,
                Fix = fix,
                LeavesOut = leavesOut,
            }
        );

    /// <summary>Reports a fault of a record; the caller says at the end of the record whether it is left out.</summary>
    public void Report(
        DataProblemKind kind,
        RecordPlace place,
        string? id,
        string reason,
        string fix,
        bool leavesOut = true
    ) =>
        _problems.Add(
            new DataProblem
            {
                Kind = kind,
                File = place.File,
                Record = place.Record,
                Line = place.Line,
                Id = id,
                Reason = reason,
                Fix = fix,
                LeavesOut = leavesOut,
            }
        );

    /// <summary>Counts a record that is left out.</summary>
    public void LeaveOut() => LeftOut++;

    /// <summary>Keeps a record.</summary>
    public void Keep(Annotation annotation, RecordPlace place)
    {
        _annotations.Add(annotation);
        _seen.Add(annotation.Id, (place, annotation.Split));
    }

    /// <summary>
    /// Reports an id that a record kept before has. The first usable record of an id is the one that counts.
    /// </summary>
    /// <returns>Whether the id is new.</returns>
    public bool IsNew(string id, RecordPlace place, Split split)
    {
        if (!_seen.TryGetValue(id, out var kept))
        {
            return true;
        }

        (RecordPlace first, Split firstSplit) = kept;
        string reason =
            firstSplit == split
                ? $"the id '{id}' is already at {first}."
                : $"the id '{id}' is already in the {firstSplit.Name()} split, at {first}: a clip in two splits "
                    + $"makes the test meaningless.";
        Report(DataProblemKind.DuplicateId, place, id, reason, "Remove one of the two records; the first one is used.");
        return false;
    }

    public DataSet Build(string name, Taxonomy taxonomy, string folder)
    {
        var order = _annotations.OrderBy(annotation => annotation.Split); // stable
        return new DataSet(name, taxonomy, [.. order], _problems, LeftOut, folder);
    }
}
