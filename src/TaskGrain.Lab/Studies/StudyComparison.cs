using System.Globalization;
using TaskGrain.Evaluation;
using TaskGrain.Evaluation.Statistics;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Studies;

/// <summary>Two series of runs compared run by run.</summary>
/// <param name="Difference">Mean of first − second, in [−1, 1].</param>
/// <param name="Test">The paired test; null for a single run.</param>
internal sealed record StudyComparison(double Difference, PairedTest? Test)
{
    /// <summary>The headings over <see cref="Cells"/>.</summary>
    public static IReadOnlyList<TableColumn> Columns { get; } =
    ["comparison", Number("difference"), Number("95% interval"), Number("p (t test)")];

    /// <summary>Compares.</summary>
    /// <param name="first">One share a run.</param>
    /// <param name="second">The shares of the same runs.</param>
    public static StudyComparison Of(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] a = [.. first];
        double[] b = [.. second];
        PairedTest? test = a.Length > 1 ? PairedTest.Of(a, b) : null;
        return new StudyComparison(test?.Difference.Mean ?? a[0] - b[0], test);
    }

    /// <summary>The comparison as a row, in percentage points.</summary>
    /// <param name="name">What is compared.</param>
    public string[] Cells(string name) =>
        Test is null
            ? [name, Percent.Signed(Difference), "one run", ""]
            :
            [
                name,
                Percent.Signed(Difference),
                $"{Percent.Signed(Test.Difference.Low)} to {Percent.Signed(Test.Difference.High)}",
                Test.StudentP.ToString("0.0000", CultureInfo.InvariantCulture),
            ];
}
