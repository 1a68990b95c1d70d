using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>
/// An action and its failing or pretended form, which look alike: how often each is taken for the other.
/// </summary>
/// <param name="Action">The action.</param>
/// <param name="Pretence">Its failing or pretended form.</param>
/// <param name="ActionClips">Clips of the action.</param>
/// <param name="ActionRight">Of those, recognised.</param>
/// <param name="TakenForPretence">Of those, taken for the pretence.</param>
/// <param name="PretenceClips">Clips of the pretence.</param>
/// <param name="PretenceRight">Of those, recognised.</param>
/// <param name="TakenForAction">Of those, taken for the action.</param>
internal sealed record ContrastPair(
    string Action,
    string Pretence,
    int ActionClips,
    int ActionRight,
    int TakenForPretence,
    int PretenceClips,
    int PretenceRight,
    int TakenForAction
)
{
    /// <summary>Share of the pair's clips that were taken for the other of the two, 0 to 1.</summary>
    public double Exchanged => (double)(TakenForPretence + TakenForAction) / (ActionClips + PretenceClips);

    /// <summary>Finds the pairs among a matrix's classes and counts them.</summary>
    /// <param name="matrix">Over categories.</param>
    /// <returns>The pairs that have clips, those most often exchanged first.</returns>
    public static IReadOnlyList<ContrastPair> Of(ConfusionMatrix matrix) =>
        [
            .. ContrastNames
                .Pairs(matrix.Names)
                .Select(pair => Of(matrix, pair.Action, pair.Pretence))
                .Where(pair => pair.ActionClips + pair.PretenceClips > 0)
                .OrderByDescending(pair => pair.Exchanged)
                .ThenBy(pair => pair.Action, StringComparer.Ordinal),
        ];

    private static ContrastPair Of(ConfusionMatrix matrix, int action, int pretence) =>
        new(
            matrix.Names[action],
            matrix.Names[pretence],
            matrix.SamplesOf(action),
            matrix[action, action],
            matrix[action, pretence],
            matrix.SamplesOf(pretence),
            matrix[pretence, pretence],
            matrix[pretence, action]
        );
}
