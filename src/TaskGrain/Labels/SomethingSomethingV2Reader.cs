using System.Text.Json;

namespace TaskGrain.Labels;

/// <summary>Reads Something-Something V2: JSON annotation files and one video file an id.</summary>
internal sealed class SomethingSomethingV2Reader(string folder, AnnotationFiles files, DataSetOptions options)
{
    private static readonly string[] VideoFolders = ["", "20bn-something-something-v2", "videos"];

    private readonly DataSetBuilder _builder = new();

    public DataSet Read(CancellationToken cancellation)
    {
        Taxonomy taxonomy = new LabelList(folder, _builder).Read(files, cancellation);
        MediaIndex? media = options.RequireMedia ? MediaIndex.OfVideos(folder, VideoFolders) : null;
        if (media is { Count: 0 })
        {
            throw new TaskGrainException(
                $"{folder} has annotations and no videos: no file with one of the endings "
                    + $"{MediaNames.VideoExtensionList} was found in it, "
                    + "in 20bn-something-something-v2/ or in videos/. Unpack the videos into one of these."
            );
        }

        var checks = new RecordChecks(
            _builder,
            taxonomy,
            media,
            "video <id>.webm in the folder, in 20bn-something-something-v2/ or in videos/"
        );
        Dictionary<string, LabelRow> answers = TestAnswers();
        foreach (Split split in Enum.GetValues<Split>())
        {
            if (files.Of(split) is { } path)
            {
                ReadSplit(path, split, checks, answers, cancellation);
            }
            else if (split != Split.Test)
            {
                _builder.Report(
                    DataProblemKind.MissingSplit,
                    $"{files.Prefix}{split.Name()}.json",
                    $"there is no {split.Name()} split.",
                    $"Put the file beside "
                        + $"{Relative(files.Of(Split.Train) ?? files.Of(Split.Validation) ?? files.Of(Split.Test)!)}."
                );
            }
        }

        ReportUnusedAnswers(answers);
        return _builder.Build(Path.GetFileName(folder), taxonomy, folder);
    }

    private void ReadSplit(
        string path,
        Split split,
        RecordChecks checks,
        Dictionary<string, LabelRow> answers,
        CancellationToken cancellation
    )
    {
        string relative = Relative(path);
        void OnRecord(JsonElement element, int number, int line)
        {
            var place = new RecordPlace(relative, number, line);
            if (ReadRecord(element, place, split, checks, answers) is { } annotation)
            {
                _builder.Keep(annotation, place);
            }
            else
            {
                _builder.LeaveOut();
            }
        }

        int records = JsonRecords.Read(path, OnRecord, cancellation);
        if (records == 0)
        {
            _builder.Report(
                DataProblemKind.MissingSplit,
                relative,
                "the list holds no record.",
                "Fetch the file again."
            );
        }
    }

    private Annotation? ReadRecord(
        JsonElement element,
        RecordPlace place,
        Split split,
        RecordChecks checks,
        Dictionary<string, LabelRow> answers
    )
    {
        JsonRecord? record = JsonRecord.Read(element, place, _builder);
        if (record is null || !checks.IdIsSound(record.Id, place))
        {
            return null;
        }

        // All faults of a record are reported at once, so that one round of mending is enough.
        bool sound = _builder.IsNew(record.Id, place, split);
        sound &= checks.TryMedia(record.Id, place, out string? media);
        int category = -1;
        IReadOnlyList<string>? placeholders = [];
        if (record.Template is not null)
        {
            sound &= checks.TryCategory(record.Template, place, record.Id, out category);
            placeholders =
                category < 0 ? [] : checks.Placeholders(category, record.Placeholders ?? [], place, record.Id);
            sound &= placeholders is not null;
        }
        else if (split != Split.Test)
        {
            _builder.Report(
                DataProblemKind.BadRecord,
                place,
                record.Id,
                "the record has no \"template\".",
                "Only the test split may leave it out."
            );
            sound = false;
        }
        else if (answers.Remove(record.Id, out LabelRow answer))
        {
            sound &= checks.TryCategory(answer.Template ?? "", answer.Place, record.Id, out category);
        }

        if (!sound)
        {
            return null;
        }

        if (record.Label is not null && record.Template is not null)
        {
            checks.CheckLabel(record.Label, category, placeholders!, place, record.Id);
        }

        return new Annotation
        {
            Id = record.Id,
            Split = split,
            Media = media,
            Category = category,
            Label = record.Label,
            Placeholders = placeholders!,
        };
    }

    /// <summary>The test split's classes were published later, as <c>id;template without brackets</c>.</summary>
    private Dictionary<string, LabelRow> TestAnswers()
    {
        string? path = new[] { $"{files.Prefix}test-answers.csv", "test-answers.csv" }
            .Select(name => Path.Combine(files.Folder, name))
            .FirstOrDefault(File.Exists);
        return path is null
            ? []
            : LabelRow
                .ReadAll(path, Relative(path), _builder, needsTemplate: true, countLeftOut: false)
                .DistinctBy(row => row.Id)
                .ToDictionary(row => row.Id, StringComparer.Ordinal);
    }

    private void ReportUnusedAnswers(Dictionary<string, LabelRow> answers)
    {
        foreach ((string id, LabelRow row) in answers)
        {
            _builder.Report(
                DataProblemKind.BadRecord,
                row.Place,
                id,
                "the answer belongs to no unlabelled clip of the test split.",
                "Remove the row, or add the clip to the test split.",
                leavesOut: false
            );
        }
    }

    private string Relative(string path) => RelativePath.Of(folder, path);
}
