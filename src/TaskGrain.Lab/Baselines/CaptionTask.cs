using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Training;

namespace TaskGrain.Lab.Baselines;

/// <summary>The captions of a data set as the baselines learn and are measured on them.</summary>
internal sealed class CaptionTask
{
    private readonly CaptionTargets _targets;
    private readonly TemplateBaseline _template;
    private readonly Granularity _grain;

    private CaptionTask(DataSet data, CaptionTargets targets, Granularity grain, int length)
    {
        _targets = targets;
        _grain = grain;
        _template = TemplateBaseline.Fit(data, targets, grain);
        Vocabulary = targets.BuildVocabulary(data, grain);
        Length = length;
    }

    /// <summary>The words.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Tokens of a caption.</summary>
    public int Length { get; }

    /// <summary>Makes the task.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="grain">The grain of the captions.</param>
    /// <param name="configuration">Rare words, choice of nouns, length.</param>
    /// <returns>The task; null where no training clip has a caption.</returns>
    public static CaptionTask? Of(DataSet data, Granularity grain, RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(configuration);
        var targets = new CaptionTargets(data.Taxonomy, configuration.Captions);
        return data.Of(Split.Train).Any(targets.HasCaption)
            ? new CaptionTask(data, targets, grain, configuration.Model.CaptionLength)
            : null;
    }

    /// <summary>A clip's caption in words and as tokens; nulls where it has none.</summary>
    public (string? Words, int[]? Tokens) Of(Annotation annotation)
    {
        if (!_targets.HasCaption(annotation))
        {
            return (null, null);
        }

        IReadOnlyList<string> words = _targets.Words(annotation, _grain);
        return (string.Join(' ', words), Vocabulary.Encode(words, Length));
    }

    /// <summary>The caption of a predicted category with its likeliest objects.</summary>
    public string Template(int category) => string.Join(' ', _template.Caption(category));

    /// <summary>Scores captions of clips; those of clips without one do not count.</summary>
    /// <returns>The scores; null where no clip has a caption.</returns>
    public CaptionScores? Score(
        IReadOnlyList<string> captions,
        IReadOnlyList<BaselineClip> clips,
        CancellationToken cancel
    )
    {
        int[] scored = [.. Enumerable.Range(0, clips.Count).Where(i => clips[i].Caption is not null)];
        return scored.Length == 0
            ? null
            : CaptionScores.Compute(
                [.. scored.Select(i => captions[i])],
                [.. scored.Select(i => clips[i].Caption!)],
                CaptionPart.Scoring(Vocabulary, Length),
                progress: null,
                cancel
            );
    }
}
