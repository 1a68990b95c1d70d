using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>
/// The captions one gets without a caption decoder (paper, Section 5.3.1): the predicted category with every
/// occurrence of <c>[something]</c> replaced by the object string that is most likely in that category. Brackets of
/// another wording, such as <c>[number of]</c>, get the most likely string of that wording. Exact match in the paper:
/// 3.15% with full descriptions, 5.69% with simplified ones.
/// </summary>
internal sealed class TemplateBaseline
{
    private readonly IReadOnlyList<string>[] _captions;

    private TemplateBaseline(IReadOnlyList<string>[] captions, IReadOnlyList<string>[] objects) =>
        (_captions, Objects) = (captions, objects);

    /// <summary>For each category, what its brackets are filled with, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Objects { get; }

    /// <summary>Counts the object strings of the training split.</summary>
    /// <param name="data">The data set; only its training split is looked at.</param>
    /// <param name="targets">How descriptions are cleaned and simplified.</param>
    /// <param name="granularity">
    /// <see cref="Granularity.SimplifiedCaptions"/> or <see cref="Granularity.Captions"/>.
    /// </param>
    /// <returns>
    /// The baseline. A category without training clips takes the string that is most likely over all.
    /// </returns>
    /// <exception cref="TaskGrainException">No clip of the training split has a caption.</exception>
    public static TemplateBaseline Fit(DataSet data, CaptionTargets targets, Granularity granularity)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        if (!granularity.IsCaption())
        {
            throw new ArgumentException($"{granularity.Name()} have no captions", nameof(granularity));
        }

        Taxonomy taxonomy = data.Taxonomy;
        var counts = new ObjectCounts();
        bool any = false;
        foreach (Annotation annotation in data.Of(Split.Train).Where(targets.HasCaption))
        {
            any = true;
            IReadOnlyList<string> brackets = taxonomy.Templates[annotation.Category].Brackets;
            for (int i = 0; i < brackets.Count; i++)
            {
                counts.Add(
                    annotation.Category,
                    brackets[i],
                    ObjectString(annotation.Placeholders[i], brackets[i], targets, granularity)
                );
            }
        }

        return any
            ? Build(taxonomy, targets, counts)
            : throw new TaskGrainException(
                $"{data.Name}: no clip of the training split has a caption, so there is no template baseline."
            );
    }

    /// <summary>The caption for a predicted category.</summary>
    /// <param name="category">Index into the taxonomy's categories.</param>
    /// <returns>The caption's words.</returns>
    public IReadOnlyList<string> Caption(int category) => _captions[category];

    private static string ObjectString(
        string placeholder,
        string bracket,
        CaptionTargets targets,
        Granularity granularity
    ) =>
        granularity == Granularity.Captions
            ? string.Join(' ', CaptionWords.Split(placeholder))
            : targets.Simplify(placeholder, bracket);

    private static TemplateBaseline Build(Taxonomy taxonomy, CaptionTargets targets, ObjectCounts counts)
    {
        var captions = new IReadOnlyList<string>[taxonomy.Categories.Count];
        var objects = new IReadOnlyList<string>[taxonomy.Categories.Count];
        var verbatim = new CaptionTargets(taxonomy, targets.Options);
        for (int category = 0; category < captions.Length; category++)
        {
            objects[category] =
            [
                .. taxonomy.Templates[category].Brackets.Select(bracket => counts.MostLikely(category, bracket)),
            ];
            captions[category] = verbatim.Full(
                new Annotation
                {
                    Id = "",
                    Split = Split.Train,
                    Category = category,
                    Placeholders = objects[category],
                }
            );
        }

        return new TemplateBaseline(captions, objects);
    }

    /// <summary>How often each string fills each wording of bracket, by category and over all.</summary>
    private sealed class ObjectCounts
    {
        private const int AllCategories = -1;

        private readonly Dictionary<(int Category, string Bracket), Dictionary<string, int>> _counts = [];

        public void Add(int category, string bracket, string text)
        {
            foreach ((int, string) key in new[] { (category, Wording(bracket)), (AllCategories, Wording(bracket)) })
            {
                if (!_counts.TryGetValue(key, out Dictionary<string, int>? counts))
                {
                    _counts[key] = counts = new Dictionary<string, int>(StringComparer.Ordinal);
                }

                counts[text] = counts.GetValueOrDefault(text) + 1;
            }
        }

        public string MostLikely(int category, string bracket) =>
            _counts.TryGetValue((category, Wording(bracket)), out Dictionary<string, int>? counts)
            || _counts.TryGetValue((AllCategories, Wording(bracket)), out counts)
                ? counts
                    .OrderByDescending(entry => entry.Value)
                    .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                    .First()
                    .Key
                : bracket;

        private static string Wording(string bracket) => bracket.ToLowerInvariant();
    }
}
