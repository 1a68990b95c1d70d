namespace TaskGrain.Metrics;

/// <summary>Captions to judge with their true captions.</summary>
/// <param name="Ids">The name of each: its image id, or its line number from 1.</param>
/// <param name="Hypotheses">One caption each.</param>
/// <param name="References">The true captions of each, at least one.</param>
public sealed record CaptionCorpus(
    IReadOnlyList<string> Ids,
    IReadOnlyList<string> Hypotheses,
    IReadOnlyList<IReadOnlyList<string>> References
)
{
    /// <summary>
    /// Reads a corpus from text files (one caption a line) or from COCO-caption JSON, told apart by the extension
    /// <c>.json</c>.
    /// </summary>
    /// <param name="referenceFiles">
    /// Text: one file or several with as many lines; a caption's references are those of all files, and within a line
    /// those between tabs. An empty line is an empty reference. JSON: one file or several,
    /// <c>{"annotations":[{"image_id":…,"caption":…}]}</c>; all annotations of an image are its references.
    /// </param>
    /// <param name="hypothesisFile">
    /// Text: one caption a line, as many lines. JSON: <c>[{"image_id":…,"caption":…}]</c>, one entry for each image of
    /// the references.
    /// </param>
    /// <exception cref="TaskGrainException">
    /// A file cannot be read or does not fit; the message names file and place.
    /// </exception>
    public static CaptionCorpus Read(IReadOnlyList<string> referenceFiles, string hypothesisFile)
    {
        ArgumentNullException.ThrowIfNull(referenceFiles);
        ArgumentNullException.ThrowIfNull(hypothesisFile);
        if (referenceFiles.Count == 0)
        {
            throw new ArgumentException("There is no file of references.", nameof(referenceFiles));
        }

        bool json = IsJson(hypothesisFile);
        if (referenceFiles.FirstOrDefault(file => IsJson(file) != json) is { } other)
        {
            throw new TaskGrainException(
                $"{other} and {hypothesisFile}: one is COCO JSON (.json), the other text; they must be of one kind."
            );
        }

        return json
            ? CocoCaptionFiles.Read(referenceFiles, hypothesisFile)
            : CaptionTextFiles.Read(referenceFiles, hypothesisFile);
    }

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
