using System.Globalization;
using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Evaluation;

/// <summary>How often samples of each true class (row) were taken for each class (column).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="names">The classes' names, at least one.</param>
    public ConfusionMatrix(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Count, nameof(names));
        Names = names;
        _counts = new int[names.Count, names.Count];
    }

    /// <summary>The classes' names, in class order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Names.Count;

    /// <summary>Samples counted.</summary>
    public int Samples { get; private set; }

    /// <summary>Samples on the diagonal.</summary>
    public int Correct => Enumerable.Range(0, Classes).Sum(c => _counts[c, c]);

    /// <summary>Samples of class <paramref name="truth"/> that were taken for <paramref name="predicted"/>.</summary>
    /// <param name="truth">True class.</param>
    /// <param name="predicted">Predicted class.</param>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Counts predictions against the truth.</summary>
    /// <param name="names">The classes' names.</param>
    /// <param name="predictions">One class a sample.</param>
    /// <param name="targets">The true class of each sample.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The counts differ, there is no sample, or a number is no class.</exception>
    public static ConfusionMatrix Count(
        IReadOnlyList<string> names,
        ReadOnlySpan<int> predictions,
        ReadOnlySpan<int> targets
    )
    {
        var matrix = new ConfusionMatrix(names);
        ClassificationMetrics.CheckTargets(targets, predictions.Length, matrix.Classes);
        for (int i = 0; i < targets.Length; i++)
        {
            matrix.Add(targets[i], predictions[i]);
        }

        return matrix;
    }

    /// <summary>Counts one sample.</summary>
    /// <param name="truth">True class.</param>
    /// <param name="predicted">Predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no class.</exception>
    public void Add(int truth, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(truth);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(truth, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        _counts[truth, predicted]++;
        Samples++;
    }

    /// <summary>Samples that are truly of a class.</summary>
    /// <param name="truth">True class.</param>
    /// <returns>The row's sum.</returns>
    public int SamplesOf(int truth) => Enumerable.Range(0, Classes).Sum(p => _counts[truth, p]);

    /// <summary>The commonest mistakes.</summary>
    /// <param name="count">How many to give.</param>
    /// <returns>
    /// True class, predicted class and count, most frequent first; pairs that never occurred are left out.
    /// </returns>
    public IReadOnlyList<(int Truth, int Predicted, int Count)> CommonestMistakes(int count) =>
        (
            from truth in Enumerable.Range(0, Classes)
            from predicted in Enumerable.Range(0, Classes)
            where truth != predicted && _counts[truth, predicted] > 0
            orderby _counts[truth, predicted] descending, truth, predicted
            select (truth, predicted, _counts[truth, predicted])
        )
            .Take(count)
            .ToList();

    /// <summary>The matrix as CSV (RFC 4180): a header with the predicted classes, then one row a true class.</summary>
    /// <returns>The whole file's text.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder("true \\ predicted");
        foreach (string name in Names)
        {
            text.Append(',').Append(Csv.Field(name));
        }

        text.Append('\n');
        for (int truth = 0; truth < Classes; truth++)
        {
            text.Append(Csv.Field(Names[truth]));
            for (int predicted = 0; predicted < Classes; predicted++)
            {
                text.Append(',').Append(_counts[truth, predicted].ToString(CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToCsv"/> gives.</summary>
    /// <param name="csv">The whole file's text.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="FormatException">It is no such file.</exception>
    internal static ConfusionMatrix FromCsv(string csv)
    {
        IReadOnlyList<IReadOnlyList<string>> rows = Csv.Read(csv);
        if (rows.Count < 2 || rows.Any(row => row.Count != rows.Count))
        {
            throw new FormatException("a confusion matrix has a row and a column for each class, and a heading");
        }

        var matrix = new ConfusionMatrix([.. rows[0].Skip(1)]);
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                int count = int.Parse(rows[truth + 1][predicted + 1], NumberStyles.None, CultureInfo.InvariantCulture);
                matrix._counts[truth, predicted] = count;
                matrix.Samples += count;
            }
        }

        return matrix;
    }

    /// <summary>Writes <see cref="ToCsv"/> to a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void WriteCsv(string path) => AtomicFile.WriteText(path, ToCsv());
}
