using System.Globalization;

namespace TaskGrain.Evaluation;

/// <summary>Shares as the percentages of a table: one way of rounding for every report.</summary>
internal static class Percent
{
    /// <summary>A share with one decimal, such as <c>51.6</c>; nothing for one that was not measured.</summary>
    public static string Of(double share) => Format(share, "0.0");

    /// <summary>A share with two decimals, as in the paper's tables: <c>51.62</c>.</summary>
    public static string Fine(double share) => Format(share, "0.00");

    /// <summary>An interval with one decimal: <c>48.2 to 55.0</c>.</summary>
    public static string Of(Interval interval) => $"{Of(interval.Low)} to {Of(interval.High)}";

    /// <summary>An interval with two decimals.</summary>
    public static string Fine(Interval interval) => $"{Fine(interval.Low)} to {Fine(interval.High)}";

    /// <summary>
    /// A difference of shares in percentage points, with its sign: <c>+0.6</c>, <c>−0.6</c>, <c>0.0</c>.
    /// </summary>
    public static string Signed(double difference) => Format(difference, "+0.0;−0.0;0.0");

    private static string Format(double share, string form) =>
        double.IsNaN(share) ? "" : (100 * share).ToString(form, CultureInfo.InvariantCulture);
}
