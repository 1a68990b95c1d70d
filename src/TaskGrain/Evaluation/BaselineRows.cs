using TaskGrain.Data;
using TaskGrain.Labels;

namespace TaskGrain.Evaluation;

/// <summary>What answers reach that look at no video.</summary>
internal static class BaselineRows
{
    /// <summary>Chance and the commonest training class, for each grain that was tested.</summary>
    public static IEnumerable<AccuracyRow> Of(DataSet data, LabelledClips clips, IReadOnlyList<Granularity> grains)
    {
        foreach (Granularity grain in grains)
        {
            bool coarse = grain == Granularity.ActionGroups;
            int classes = coarse ? data.Taxonomy.Groups.Count : data.Taxonomy.Categories.Count;
            int[] targets = clips.Targets(data.Taxonomy, grain);
            int[] counts = new int[classes];
            foreach (Annotation annotation in data.Of(Split.Train).Where(a => a.Category >= 0))
            {
                counts[coarse ? data.Taxonomy.GroupOf(annotation.Category) : annotation.Category]++;
            }

            if (counts.Max() > 0)
            {
                int commonest = Array.IndexOf(counts, counts.Max());
                int[] answers = [.. targets.Select(_ => commonest)];
                yield return AccuracyRow.Of(
                    answers,
                    targets,
                    classes,
                    AccuracyMethod.CommonestClass,
                    trainedOn: null,
                    grain
                ) with
                {
                    MeanClassAccuracy = null,
                };
            }

            yield return new AccuracyRow
            {
                Method = AccuracyMethod.Chance,
                TestedOn = grain,
                Classes = classes,
                Clips = targets.Length,
            };
        }
    }
}
