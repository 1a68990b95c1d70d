namespace TaskGrain.Labels;

/// <summary>
/// The annotations of a data set and what was wrong with it. Records with a fault that makes them useless are left
/// out; the rest is here, and <see cref="LeftOut"/> says how many were not.
/// </summary>
public sealed class DataSet
{
    /// <summary>Makes a data set.</summary>
    /// <param name="name">Its name: the folder's.</param>
    /// <param name="taxonomy">Its categories and groups.</param>
    /// <param name="annotations">The usable records; their ids differ.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <param name="leftOut">Number of records that were left out.</param>
    /// <param name="folder">
    /// The folder that <see cref="Annotation.Media"/> is relative to; null when there is none.
    /// </param>
    public DataSet(
        string name,
        Taxonomy taxonomy,
        IReadOnlyList<Annotation> annotations,
        IReadOnlyList<DataProblem>? problems = null,
        int leftOut = 0,
        string? folder = null
    )
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(taxonomy);
        ArgumentNullException.ThrowIfNull(annotations);
        Name = name;
        Taxonomy = taxonomy;
        Annotations = annotations;
        Problems = problems ?? [];
        LeftOut = leftOut;
        Folder = folder;
    }

    /// <summary>The data set's name: that of its folder.</summary>
    public string Name { get; }

    /// <summary>
    /// Absolute path of the folder that <see cref="Annotation.Media"/> is relative to; null when there is none.
    /// </summary>
    public string? Folder { get; }

    /// <summary>Categories and groups.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The usable records: training, validation, test; within a split in the order of the files.</summary>
    public IReadOnlyList<Annotation> Annotations { get; }

    /// <summary>Everything that is wrong, in the order it was found.</summary>
    public IReadOnlyList<DataProblem> Problems { get; }

    /// <summary>
    /// Number of records that were left out. <see cref="Problems"/> says why; a record may have several.
    /// </summary>
    public int LeftOut { get; }

    /// <summary>Whether any clip has a caption, that is a template whose brackets are all filled.</summary>
    public bool HasCaptions => Annotations.Any(annotation => annotation.Placeholders.Count > 0);

    /// <summary>
    /// Opens a data set in any supported form: Something-Something V2 (JSON and video files), V1 (CSV and folders of
    /// JPEG frames), or a folder of clips with one subfolder a class. The form is found out from the folder's content.
    /// </summary>
    /// <param name="folder">The data set's folder.</param>
    /// <returns>The usable records and the problems.</returns>
    /// <exception cref="TaskGrainException">
    /// The folder is missing or in no supported form, an annotation file is not of its format, or there is not one
    /// usable record; the message says what was looked for and what was found.
    /// </exception>
    public static DataSet Open(string folder) => Open(folder, new DataSetOptions());

    /// <inheritdoc cref="Open(string)"/>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static DataSet Open(string folder, DataSetOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return DataSetForms.Open(folder, options, cancellation);
    }

    /// <summary>Reads a data set back from the file that <see cref="Save"/> wrote.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="TaskGrainException">The file is missing or of another kind.</exception>
    public static DataSet Load(string file) => DataSetFile.Read(file);

    /// <summary>Writes everything into one JSON file: the copy that a frame store keeps beside its frames.</summary>
    /// <param name="file">The file; an existing one is replaced in one step.</param>
    public void Save(string file) => DataSetFile.Write(file, this);

    /// <summary>The records of one split, in order.</summary>
    /// <param name="split">The split.</param>
    /// <returns>The records.</returns>
    public IEnumerable<Annotation> Of(Split split) => Annotations.Where(annotation => annotation.Split == split);

    /// <summary>The absolute path of a clip's file or frame folder.</summary>
    /// <param name="annotation">One of this data set's records.</param>
    /// <returns>The path.</returns>
    /// <exception cref="TaskGrainException">
    /// The data set was opened without its videos, or the path leads out of its folder.
    /// </exception>
    public string MediaPath(Annotation annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        return Folder is not null && annotation.Media is not null
            ? RelativePath.Within(Folder, annotation.Media)
            : throw new TaskGrainException(
                $"clip {annotation.Id} of {Name} has no video file: the data set was opened without its videos."
            );
    }
}
