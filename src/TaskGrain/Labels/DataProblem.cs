using System.Text.Json.Serialization;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Labels;

/// <summary>What kind of thing is wrong with a data set.</summary>
[JsonConverter(typeof(HyphenatedWords<DataProblemKind>))]
public enum DataProblemKind
{
    /// <summary>The record is not of the form its file format asks for.</summary>
    BadRecord,

    /// <summary>The category is not in the taxonomy.</summary>
    UnknownTemplate,

    /// <summary>
    /// A bracket of the template has no object description, or there are more descriptions than brackets.
    /// </summary>
    MissingPlaceholder,

    /// <summary>The written label is not the template with its placeholders put in.</summary>
    LabelMismatch,

    /// <summary>The same id is there more than once, in one split or in two.</summary>
    DuplicateId,

    /// <summary>The clip's file or frame folder is not there.</summary>
    MissingMedia,

    /// <summary>The clip's file has no bytes or its frame folder no frames.</summary>
    EmptyMedia,

    /// <summary>The clip's file or frame folder is there and cannot be read or decoded.</summary>
    UnreadableMedia,

    /// <summary>The clip was decoded and something about it is odd.</summary>
    DoubtfulMedia,

    /// <summary>The same file content is in two splits, so that the test measures memory.</summary>
    SplitLeak,

    /// <summary>The same file content is there twice in one split.</summary>
    DuplicateContent,

    /// <summary>A file or folder whose purpose cannot be told.</summary>
    StrayFile,

    /// <summary>A folder that systems make, such as <c>@eaDir</c> or <c>lost+found</c>; nothing is wrong.</summary>
    SystemFolder,

    /// <summary>A folder that this user may not read.</summary>
    ClosedFolder,

    /// <summary>A file or folder whose name is not UTF-8.</summary>
    BadName,

    /// <summary>Class folders whose names differ in what nobody reads as a difference.</summary>
    ClassName,

    /// <summary>The label list of the data set differs from the official one.</summary>
    LabelList,

    /// <summary>A split is missing or empty.</summary>
    MissingSplit,

    /// <summary>A class has very few clips, or none where it needs some.</summary>
    ClassBalance,
}

/// <summary>One thing that is wrong with a data set: where, why, and what to do.</summary>
public sealed record DataProblem
{
    /// <summary>What kind of thing it is.</summary>
    public required DataProblemKind Kind { get; init; }

    /// <summary>The file or folder, relative to the data set's folder, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>
    /// The number of the record in its file, counted from 1; null for a fault that is not a record's.
    /// </summary>
    public int? Record { get; init; }

    /// <summary>The line on which the record begins, counted from 1; null for a fault that is not a line's.</summary>
    public int? Line { get; init; }

    /// <summary>The clip's id, where it is known.</summary>
    public string? Id { get; init; }

    /// <summary>What is wrong, with the value that is wrong.</summary>
    public required string Reason { get; init; }

    /// <summary>What would mend it.</summary>
    public required string Fix { get; init; }

    /// <summary>Whether the record was left out for it; false for a fault that the record survives.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>File and position, such as <c>labels/train.json, record 17 (line 103)</c>.</summary>
    [JsonIgnore]
    public string Position =>
        (Record, Line) switch
        {
            ({ } record, { } line) => $"{File}, record {record} (line {line})",
            ({ } record, null) => $"{File}, record {record}",
            (null, { } line) => $"{File}, line {line}",
            _ => File,
        };

    /// <summary>One line for people: position, id, reason, fix.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Position}{(Id is null ? "" : $", id {Id}")}: {Reason} {Fix}";
}
