namespace TaskGrain.Labels;

/// <summary>
/// Makes captions from annotations, at the two caption grains (paper, Section 5.3 and Table 5): the template with
/// every bracket filled by its object description, or by one noun of it.
/// </summary>
internal sealed class CaptionTargets
{
    private readonly Taxonomy _taxonomy;
    private readonly CaptionOptions _options;
    private readonly string[][][] _texts;

    /// <summary>Makes captions for the annotations of a data set.</summary>
    /// <param name="taxonomy">The data set's taxonomy.</param>
    /// <param name="options">Rare words and the choice of nouns; the paper's when null.</param>
    /// <exception cref="TaskGrainException">An option cannot be.</exception>
    public CaptionTargets(Taxonomy taxonomy, CaptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(taxonomy);
        _taxonomy = taxonomy;
        _options = options ?? new CaptionOptions();
        _options.Validate();
        _texts =
        [
            .. taxonomy.Templates.Select(template =>
                template.Texts.Select(text => CaptionWords.Split(text).ToArray()).ToArray()
            ),
        ];
    }

    /// <summary>The options in use.</summary>
    public CaptionOptions Options => _options;

    /// <summary>
    /// Whether a clip has a caption: it has a category with brackets, and a description for each of them.
    /// </summary>
    /// <param name="annotation">The clip.</param>
    /// <returns>
    /// False for clips of a test split without answers, for V1, and for classes whose names have no brackets.
    /// </returns>
    public bool HasCaption(Annotation annotation)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        return annotation.Category >= 0
            && annotation.Placeholders.Count > 0
            && annotation.Placeholders.Count == _taxonomy.Templates[annotation.Category].Brackets.Count;
    }

    /// <summary>The words of a clip's caption at one of the two caption grains. Rare words are still there.</summary>
    /// <param name="annotation">The clip.</param>
    /// <param name="granularity">
    /// <see cref="Granularity.SimplifiedCaptions"/> or <see cref="Granularity.Captions"/>.
    /// </param>
    /// <returns>The words; more than 14 are possible.</returns>
    /// <exception cref="ArgumentException">The grain has no words.</exception>
    /// <exception cref="TaskGrainException">The clip has no caption.</exception>
    public IReadOnlyList<string> Words(Annotation annotation, Granularity granularity) =>
        granularity switch
        {
            Granularity.SimplifiedCaptions => Simplified(annotation),
            Granularity.Captions => Full(annotation),
            _ => throw new ArgumentException($"{granularity.Name()} are classes, not words", nameof(granularity)),
        };

    /// <summary>The caption with the objects as they were described.</summary>
    /// <param name="annotation">The clip.</param>
    /// <returns>The words, such as <c>holding a blue plastic cap in front of a men short sleeve shirt</c>.</returns>
    /// <exception cref="TaskGrainException">The clip has no caption.</exception>
    public IReadOnlyList<string> Full(Annotation annotation) =>
        Fill(annotation, (placeholder, _) => CaptionWords.Split(placeholder));

    /// <summary>The caption with one word for each object.</summary>
    /// <param name="annotation">The clip.</param>
    /// <returns>The words, such as <c>holding cap in front of shirt</c>.</returns>
    /// <exception cref="TaskGrainException">The clip has no caption.</exception>
    public IReadOnlyList<string> Simplified(Annotation annotation) =>
        Fill(
            annotation,
            (placeholder, bracket) =>
                ObjectNouns.Choose(CaptionWords.Split(placeholder), bracket, _options.ObjectNoun) is { } noun
                    ? [noun]
                    : []
        );

    /// <summary>The one word that stands for an object description.</summary>
    /// <param name="placeholder">The description, such as <c>a blue plastic cap</c>.</param>
    /// <param name="bracket">What its bracket holds; a <c>number of</c> is not an object.</param>
    /// <returns>The word, such as <c>cap</c>; empty when the description holds no word.</returns>
    public string Simplify(string placeholder, string bracket = "something") =>
        ObjectNouns.Choose(CaptionWords.Split(placeholder), bracket, _options.ObjectNoun) ?? "";

    /// <summary>
    /// The vocabulary of a data set at a caption grain. Only the training split is looked at, so that nothing is
    /// learned from the clips one is measured on.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="granularity">
    /// <see cref="Granularity.SimplifiedCaptions"/> or <see cref="Granularity.Captions"/>.
    /// </param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="TaskGrainException">No clip of the training split has a caption.</exception>
    public Vocabulary BuildVocabulary(DataSet data, Granularity granularity)
    {
        ArgumentNullException.ThrowIfNull(data);
        IReadOnlyList<string>[] captions =
        [
            .. data.Of(Split.Train).Where(HasCaption).Select(a => Words(a, granularity)),
        ];
        return captions.Length > 0
            ? Vocabulary.Build(captions, _options.RareCount)
            : throw new TaskGrainException(
                $"{data.Name}: no clip of the training split has a caption, so no caption model can be trained. "
                    + "Captions need templates with brackets and a placeholder for each, as in Something-Something V2."
            );
    }

    private List<string> Fill(Annotation annotation, Func<string, string, IReadOnlyList<string>> wordsOf)
    {
        if (!HasCaption(annotation))
        {
            throw new TaskGrainException(
                $"clip {annotation.Id} has no caption: its template's brackets are not filled."
            );
        }

        string[][] texts = _texts[annotation.Category];
        IReadOnlyList<string> brackets = _taxonomy.Templates[annotation.Category].Brackets;
        var words = new List<string>(texts[0]);
        for (int i = 0; i < brackets.Count; i++)
        {
            words.AddRange(wordsOf(annotation.Placeholders[i], brackets[i]));
            words.AddRange(texts[i + 1]);
        }

        return words;
    }
}
