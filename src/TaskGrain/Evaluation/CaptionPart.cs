using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Models;

namespace TaskGrain.Evaluation;

/// <summary>What an evaluation says about captions.</summary>
/// <param name="Rows">The model and the baselines.</param>
/// <param name="Truth">The true caption of each clip; null for one that has none.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record CaptionPart(
    IReadOnlyList<CaptionRow> Rows,
    IReadOnlyList<string?> Truth,
    IReadOnlyList<string> Notes
)
{
    public static CaptionPart? Measure(
        ModelDescription description,
        DataSet data,
        LabelledClips clips,
        ClipPass pass,
        TrainingFeatures training,
        EvaluationOptions options,
        CancellationToken cancel
    )
    {
        var targets = new CaptionTargets(data.Taxonomy, description.Captions);
        string? Caption(Annotation annotation) =>
            targets.HasCaption(annotation)
                ? string.Join(' ', targets.Words(annotation, description.Granularity))
                : null;
        string?[] truth = [.. clips.Annotations.Select(Caption)];
        int[] scored = [.. Enumerable.Range(0, clips.Count).Where(i => truth[i] is not null)];
        if (scored.Length == 0)
        {
            return new CaptionPart([], truth, ["No clip of this split has a caption, so captions were not measured."]);
        }

        string[] references = [.. scored.Select(i => truth[i]!)];
        CaptionScoreOptions scoring = Scoring(description.Vocabulary!, description.CaptionLength);
        CaptionRow Row(CaptionMethod method, IReadOnlyList<string> captions) =>
            new()
            {
                Method = method,
                Scores = CaptionScores.Compute(
                    [.. scored.Select(i => captions[i])],
                    references,
                    scoring,
                    progress: null,
                    cancel
                ),
            };

        var rows = new List<CaptionRow>
        {
            Row(CaptionMethod.Decoder, pass.Captions!) with
            {
                BeamWidth = options.BeamWidth,
            },
        };
        bool taught = data.Of(Split.Train).Any(targets.HasCaption);
        if (pass.Probabilities is { } probabilities && taught)
        {
            TemplateBaseline template = TemplateBaseline.Fit(data, targets, description.Granularity);
            rows.Add(
                Row(
                    CaptionMethod.Template,
                    [.. probabilities.Best().Select(c => string.Join(' ', template.Caption(c)))]
                )
            );
        }

        if (options.NearestNeighbours && options.Split != Split.Train && taught)
        {
            // A training clip without a caption has nothing to lend.
            int[] lenders =
            [
                .. Enumerable
                    .Range(0, training.Clips.Count)
                    .Where(i => Caption(training.Clips.Annotations[i]) is not null),
            ];
            if (lenders.Length > 0)
            {
                int[] nearest = NearestNeighbours.Find(pass.Features, training.Features.Select(lenders));
                rows.Add(
                    Row(
                        CaptionMethod.NearestClip,
                        [.. nearest.Select(n => Caption(training.Clips.Annotations[lenders[n]])!)]
                    ) with
                    {
                        TrainingClips = lenders.Length,
                    }
                );
            }
        }

        List<string> notes = [];
        if (scored.Length < clips.Count)
        {
            notes.Add(
                $"{clips.Count - scored.Length} clips have no caption; captions were measured on the other "
                    + $"{scored.Length}."
            );
        }

        if (!taught)
        {
            notes.Add("No training clip has a caption, so there are no baselines to compare captions with.");
        }

        return new CaptionPart(rows, truth, notes);
    }

    /// <summary>How captions of a model are scored.</summary>
    /// <param name="vocabulary">The words it can write.</param>
    /// <param name="length">Places of a caption.</param>
    internal static CaptionScoreOptions Scoring(Vocabulary vocabulary, int length) =>
        new()
        {
            Vocabulary = vocabulary
                .Words.Skip(Vocabulary.Marks)
                .Select(CaptionText.Clean)
                .ToHashSet(StringComparer.Ordinal),
            TokenPositions = length,
        };
}
