using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Evaluation;

/// <summary>What an evaluation says about a model's classifier.</summary>
internal sealed record ClassificationPart(
    IReadOnlyList<AccuracyRow> Rows,
    IReadOnlyList<ClassResult> PerClass,
    ConfusionMatrix Confusion,
    IReadOnlyList<int>? GroupOf
)
{
    public static ClassificationPart Measure(
        ModelDescription description,
        DataSet data,
        LabelledClips clips,
        ScoreMatrix scores
    )
    {
        Taxonomy taxonomy = description.Taxonomy;
        bool coarse = description.Granularity == Granularity.ActionGroups;
        bool grouped = taxonomy.Groups.Count < taxonomy.Categories.Count;
        Granularity own = coarse ? Granularity.ActionGroups : Granularity.ActionCategories;
        int[] truth = clips.Targets(taxonomy, own);
        ClassificationMetrics metrics = ClassificationMetrics.Measure(scores, truth);
        var rows = new List<AccuracyRow>
        {
            AccuracyRow.Of(metrics, AccuracyMethod.Classifier, description.Granularity, own),
        };
        ScoreMatrix groups = scores;
        if (!coarse && grouped)
        {
            groups = CoarseFromFine.Sum(scores, taxonomy.CategoryGroups, taxonomy.Groups.Count);
            ClassificationMetrics coarseMetrics = ClassificationMetrics.Measure(
                groups,
                clips.Targets(taxonomy, Granularity.ActionGroups)
            );
            rows.Add(
                AccuracyRow.Of(
                    coarseMetrics,
                    AccuracyMethod.SummedFromFiner,
                    description.Granularity,
                    Granularity.ActionGroups
                )
            );
        }

        // Which category is most frequent, the training split says; where it has no labels, nobody does.
        if (grouped && data.Of(Split.Train).Any(annotation => annotation.Category >= 0))
        {
            MostFrequentOfGroup frequent = MostFrequentOfGroup.Fit(data);
            int[] guesses = [.. groups.Best().Select(frequent.Category)];
            rows.Add(
                AccuracyRow.Of(
                    guesses,
                    clips.Targets(taxonomy, Granularity.ActionCategories),
                    taxonomy.Categories.Count,
                    AccuracyMethod.MostFrequentOfGroup,
                    description.Granularity,
                    Granularity.ActionCategories
                )
            );
        }

        return new ClassificationPart(
            rows,
            [
                .. metrics.PerClass.Select(c => new ClassResult(
                    description.Classes[c.Class],
                    c.Samples,
                    c.Correct,
                    c.Predicted
                )),
            ],
            ConfusionMatrix.Count(description.Classes, scores.Best(), truth),
            !coarse && grouped ? taxonomy.CategoryGroups : null
        );
    }
}
