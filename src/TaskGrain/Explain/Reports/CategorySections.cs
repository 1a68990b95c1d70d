using System.Globalization;
using TaskGrain.Evaluation;

namespace TaskGrain.Explain.Reports;

/// <summary>The tables of categories, of their groups, and of the pairs that look alike.</summary>
internal static class CategorySections
{
    /// <summary>The categories recognised best and worst.</summary>
    /// <param name="matrix">Over categories.</param>
    /// <param name="shown">Categories in a list, at most.</param>
    public static ReportSection BestAndWorst(ConfusionMatrix matrix, int shown)
    {
        int[] ranked =
        [
            .. Enumerable
                .Range(0, matrix.Classes)
                .Where(c => matrix.SamplesOf(c) > 0)
                .OrderByDescending(c => (double)matrix[c, c] / matrix.SamplesOf(c))
                .ThenByDescending(matrix.SamplesOf),
        ];
        int half = Math.Min(shown, (ranked.Length + 1) / 2);
        return new ReportSection(
            "categories",
            "Best and worst categories",
            [
                Table("The best recognised", ranked.Take(half).Where(c => matrix[c, c] > 0)),
                Table("The worst recognised", ranked.Reverse().Take(Math.Min(shown, ranked.Length - half))),
            ]
        );

        DataTable Table(string caption, IEnumerable<int> classes) =>
            new(
                caption,
                [
                    new("category"),
                    new("clips", Number: true),
                    new("recall", Number: true),
                    new("precision", Number: true),
                    new("oftenest taken for"),
                ],
                [.. classes.Select(Row)]
            );

        IReadOnlyList<string> Row(int c)
        {
            int taken = Enumerable.Range(0, matrix.Classes).Sum(truth => matrix[truth, c]);
            int wrong = Enumerable
                .Range(0, matrix.Classes)
                .Where(p => p != c)
                .DefaultIfEmpty(c)
                .MaxBy(p => matrix[c, p]);
            return
            [
                matrix.Names[c],
                Number(matrix.SamplesOf(c)),
                Share(matrix[c, c], matrix.SamplesOf(c)),
                Share(matrix[c, c], taken),
                wrong != c && matrix[c, wrong] > 0 ? $"{matrix.Names[wrong]} ({matrix[c, wrong]})" : "",
            ];
        }
    }

    /// <summary>How the groups fared.</summary>
    /// <param name="rows">The groups.</param>
    public static ReportSection Groups(IReadOnlyList<GroupRow> rows) =>
        new(
            "groups",
            "By action group",
            [
                new Prose(
                    "How the categories of each group fared: the share whose category was recognised, and the share "
                        + "taken for some category of the group."
                ),
                new DataTable(
                    "Groups, the hardest first",
                    [
                        new("group"),
                        new("categories", Number: true),
                        new("clips", Number: true),
                        new("category right", Number: true),
                        new("group right", Number: true),
                    ],
                    [
                        .. rows.Select(row =>
                            (IReadOnlyList<string>)
                                [
                                    row.Name,
                                    Number(row.Categories),
                                    Number(row.Clips),
                                    Share(row.Right, row.Clips),
                                    Share(row.RightGroup, row.Clips),
                                ]
                        ),
                    ]
                ),
            ]
        );

    /// <summary>Actions against their pretences.</summary>
    /// <param name="pairs">The pairs, at least one.</param>
    public static ReportSection Contrasts(IReadOnlyList<ContrastPair> pairs) =>
        new(
            "contrasts",
            "An action or its pretence",
            [
                new Prose(
                    "Pairs that look alike and differ in what comes of it. A model that looks at objects alone takes "
                        + "one for the other as often as not."
                ),
                new DataTable(
                    "Pairs, those most often exchanged first",
                    [
                        new("action"),
                        new("its pretence or failure"),
                        new("action: right", Number: true),
                        new("taken for pretence", Number: true),
                        new("pretence: right", Number: true),
                        new("taken for action", Number: true),
                    ],
                    [
                        .. pairs.Select(pair =>
                            (IReadOnlyList<string>)
                                [
                                    pair.Action,
                                    pair.Pretence,
                                    $"{pair.ActionRight} of {pair.ActionClips}",
                                    $"{pair.TakenForPretence}",
                                    $"{pair.PretenceRight} of {pair.PretenceClips}",
                                    $"{pair.TakenForAction}",
                                ]
                        ),
                    ]
                ),
            ]
        );

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => whole == 0 ? "" : Percent.Of((double)part / whole);
}
