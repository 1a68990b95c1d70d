namespace TaskGrain.Metrics;

/// <summary>METEOR's score and its parts, under the names METEOR prints.</summary>
/// <param name="Score">The score, 0 to 1; 0 where a part is not a number.</param>
/// <param name="Precision">Weighted share of matched words of the hypothesis; NaN for an empty one.</param>
/// <param name="Recall">Weighted share of matched words of the reference; NaN for an empty one.</param>
/// <param name="F1">Their harmonic mean; not part of the score.</param>
/// <param name="FMean">Their mean weighted by alpha.</param>
/// <param name="FragmentationPenalty">0 to gamma; NaN without a match.</param>
internal readonly record struct MeteorScore(
    double Score,
    double Precision,
    double Recall,
    double F1,
    double FMean,
    double FragmentationPenalty
)
{
    /// <summary>Computes the score.</summary>
    /// <param name="counts">Counts of one segment or sums over segments.</param>
    /// <param name="options">The parameters.</param>
    internal static MeteorScore From(MeteorCounts counts, MeteorOptions options)
    {
        double[] weights = options.Weights;
        double content = options.Delta;
        double function = 1.0 - options.Delta;
        double hypothesisLength =
            (content * (counts.HypothesisWords - counts.HypothesisFunctionWords))
            + (function * counts.HypothesisFunctionWords);
        double referenceLength =
            (content * (counts.ReferenceWords - counts.ReferenceFunctionWords))
            + (function * counts.ReferenceFunctionWords);
        double hypothesis = 0;
        double reference = 0;
        for (int m = 0; m < weights.Length; m++)
        {
            hypothesis += counts.Matches[m].ContentHypothesis * weights[m] * content;
            reference += counts.Matches[m].ContentReference * weights[m] * content;
        }

        for (int m = 0; m < weights.Length; m++)
        {
            hypothesis += counts.Matches[m].FunctionHypothesis * weights[m] * function;
            reference += counts.Matches[m].FunctionReference * weights[m] * function;
        }

        // 0/0 is meant to be NaN here and to become a score of 0 at the end.
        double precision = hypothesis / hypothesisLength;
        double recall = reference / referenceLength;
        double f1 = 2 * precision * recall / (precision + recall);
        double fMean = 1.0 / (((1.0 - options.Alpha) / precision) + (options.Alpha / recall));
        double fragmentation = counts.IsComplete
            ? 0
            : counts.Chunks / ((double)(counts.HypothesisMatches + counts.ReferenceMatches) / 2);
        double penalty = options.Gamma * Math.Pow(fragmentation, options.Beta);
        double score = fMean * (1.0 - penalty);
        return new MeteorScore(double.IsNaN(score) ? 0 : Math.Max(score, 0), precision, recall, f1, fMean, penalty);
    }
}
