namespace TaskGrain.Labels;

/// <summary>
/// Reads Something-Something V1: rows <c>id;template</c> and one folder of JPEG frames an id. V1 has no captions.
/// </summary>
internal sealed class SomethingSomethingV1Reader(string folder, AnnotationFiles files, DataSetOptions options)
{
    private static readonly string[] FrameFolders = ["", "20bn-something-something-v1", "frames"];

    private readonly DataSetBuilder _builder = new();

    public DataSet Read(CancellationToken cancellation)
    {
        Taxonomy taxonomy = new LabelList(folder, _builder).ReadLines(files);
        MediaIndex? media = options.RequireMedia ? MediaIndex.OfFrameFolders(folder, FrameFolders) : null;
        var checks = new RecordChecks(
            _builder,
            taxonomy,
            media,
            "folder of frames <id>/ in the folder, in 20bn-something-something-v1/ or in frames/"
        );
        foreach (Split split in Enum.GetValues<Split>())
        {
            if (files.Of(split) is { } path)
            {
                ReadSplit(path, split, checks, cancellation);
            }
            else if (split != Split.Test)
            {
                _builder.Report(
                    DataProblemKind.MissingSplit,
                    $"{files.Prefix}{split.Name()}.csv",
                    $"there is no {split.Name()} split.",
                    "Put the file beside the other one."
                );
            }
        }

        return _builder.Build(Path.GetFileName(folder), taxonomy, folder);
    }

    private void ReadSplit(string path, Split split, RecordChecks checks, CancellationToken cancellation)
    {
        string relative = RelativePath.Of(folder, path);
        List<LabelRow> rows = LabelRow.ReadAll(
            path,
            relative,
            _builder,
            needsTemplate: split != Split.Test,
            countLeftOut: true
        );
        foreach (LabelRow row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ReadRow(row, split, checks) is { } annotation)
            {
                _builder.Keep(annotation, row.Place);
            }
            else
            {
                _builder.LeaveOut();
            }
        }
    }

    private Annotation? ReadRow(LabelRow row, Split split, RecordChecks checks)
    {
        if (!checks.IdIsSound(row.Id, row.Place))
        {
            return null;
        }

        bool sound = _builder.IsNew(row.Id, row.Place, split);
        sound &= checks.TryMedia(row.Id, row.Place, out string? media);
        int category = -1;
        if (row.Template is not null)
        {
            sound &= checks.TryCategory(row.Template, row.Place, row.Id, out category);
        }

        return sound
            ? new Annotation
            {
                Id = row.Id,
                Split = split,
                Media = media,
                Category = category,
            }
            : null;
    }
}
