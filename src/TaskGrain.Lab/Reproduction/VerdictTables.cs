using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Verdicts, and the comparisons that they rest on.</summary>
internal static class VerdictTables
{
    private static IReadOnlyList<TableColumn> VerdictColumns { get; } =
    ["", "claim", "from", "verdict", Number("p"), Number("seeds")];

    private static IReadOnlyList<TableColumn> ComparisonColumns { get; } =
    ["", "comparison", Number("difference"), Number("95% interval"), Number("seeds"), Number("seeds for 1 point")];

    /// <summary>Adds the verdicts on all claims, with what the words and numbers mean.</summary>
    public static void Add(StudyPage page, IReadOnlyList<Verdict> verdicts) =>
        page.Paragraph("## Verdicts")
            .Table(VerdictColumns, [.. verdicts.Select(Cells)])
            .Paragraph(
                "A claim *holds* when each of its comparisons, paired by training seed, is significantly as claimed, "
                    + "and *does not hold* when one is significantly the other way round: Student's t, one-sided at "
                    + "2.5%, after Holm's correction over the claims. p is that of the verdict, or for an undecided "
                    + $"claim the smaller of both. \"At least as good\" allows for {Percent.Of(PaperClaims.AsGood)} "
                    + "point less."
            )
            .Table(ComparisonColumns, [.. verdicts.SelectMany(Lines)])
            .Paragraph(
                "Percentage points. The last column is the power of the plan: the training seeds it would take to find "
                    + "a difference of one point with 80% probability, at the spread between seeds that was seen."
            );

    /// <summary>Adds the verdicts on the claims of Figure 5 for a target of its own.</summary>
    public static void Add(StudyPage page, IReadOnlyList<Verdict> verdicts, string target) =>
        page.Paragraph($"## Verdicts of Figure 5 on {target}")
            .Paragraph("The same sources, carried over to these clips; a family of claims of its own.")
            .Table(VerdictColumns, [.. verdicts.Select(Cells)])
            .Table(ComparisonColumns, [.. verdicts.SelectMany(Lines)]);

    private static string[] Cells(Verdict verdict) =>
        [
            verdict.Claim.Number.ToString(CultureInfo.InvariantCulture),
            verdict.Claim.Statement,
            verdict.Claim.Part.Title(),
            Words(verdict.Kind),
            verdict.Kind == VerdictKind.NotMeasured ? "" : P(verdict),
            verdict.Comparisons.Count == 0
                ? ""
                : verdict.Comparisons.Min(one => one.Differences.Count).ToString(CultureInfo.InvariantCulture),
        ];

    private static string P(Verdict verdict) =>
        (
            verdict.Kind switch
            {
                VerdictKind.Holds => verdict.HoldsP,
                VerdictKind.DoesNotHold => verdict.FailsP,
                _ => Math.Min(verdict.HoldsP, verdict.FailsP),
            }
        ).ToString("0.0000", CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Lines(Verdict verdict) =>
        verdict.Comparisons.Select(one =>
            new[]
            {
                verdict.Claim.Number.ToString(CultureInfo.InvariantCulture),
                one.Name,
                Percent.Signed(one.Interval.Mean),
                $"{Percent.Signed(one.Interval.Low)} to {Percent.Signed(one.Interval.High)}",
                one.Differences.Count.ToString(CultureInfo.InvariantCulture),
                one.SeedsToFind(Verdict.Smallest)?.ToString(CultureInfo.InvariantCulture) ?? "over 10000",
            }
        );

    private static string Words(VerdictKind kind) =>
        kind switch
        {
            VerdictKind.NotMeasured => "not measured",
            VerdictKind.Holds => "**holds**",
            VerdictKind.DoesNotHold => "**does not hold**",
            VerdictKind.Undecided => "undecided",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such verdict"),
        };
}
