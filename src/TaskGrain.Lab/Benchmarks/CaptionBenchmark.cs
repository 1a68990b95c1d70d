using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>One metric's speed.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="CaptionsPerSecond">Median over the rounds.</param>
/// <param name="Lowest">The slowest round.</param>
/// <param name="Highest">The fastest round.</param>
/// <param name="PlainCaptionsPerSecond">Median of the plain version, measured between the rounds.</param>
/// <param name="Target">What is promised; null for nothing.</param>
internal sealed record CaptionBenchmarkResult(
    string Metric,
    double CaptionsPerSecond,
    double Lowest,
    double Highest,
    double PlainCaptionsPerSecond,
    double? Target
)
{
    /// <summary>How many times faster than the plain version.</summary>
    public double Ratio => CaptionsPerSecond / PlainCaptionsPerSecond;
}

/// <summary>Times metrics on the calling thread, round by round against their plain versions.</summary>
internal sealed class CaptionBenchmark(
    (string Hypothesis, string[] References)[] pairs,
    int plainPairs,
    int rounds,
    IProgress<WorkProgress> progress,
    CancellationToken cancel
)
{
    /// <summary>Times a metric that scores captions one by one.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="target">Captions a second that are promised.</param>
    /// <param name="makeScorer">Makes a new scorer.</param>
    /// <param name="plain">The plain version.</param>
    public CaptionBenchmarkResult Run(
        string metric,
        double? target,
        Func<Func<(string Hypothesis, string[] References), double>> makeScorer,
        Func<(string Hypothesis, string[] References), double> plain
    ) => Time(metric, target, count => Sum(makeScorer(), count), count => Sum(plain, count));

    /// <summary>Times a metric that scores a whole corpus.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="fast">Scores the first captions.</param>
    /// <param name="plain">The plain version.</param>
    public CaptionBenchmarkResult RunWhole(string metric, Func<int, double> fast, Func<int, double> plain) =>
        Time(metric, target: null, fast, plain);

    private double Sum(Func<(string Hypothesis, string[] References), double> score, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += score(pairs[i]);
        }

        return sum;
    }

    private CaptionBenchmarkResult Time(string metric, double? target, Func<int, double> fast, Func<int, double> plain)
    {
        // The runtime compiles hot code again in the background; two rounds and a pause let it finish.
        fast(pairs.Length);
        plain(plainPairs);
        Thread.Sleep(300);
        fast(pairs.Length);
        var rates = new List<double>();
        var plainRates = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            rates.Add(Rate(fast, pairs.Length));
            plainRates.Add(Rate(plain, plainPairs));
            progress.Report(new WorkProgress(metric, round + 1, rounds, "rounds", Rate: 0));
        }

        return new CaptionBenchmarkResult(
            metric,
            rates.Median(),
            rates.Min(),
            rates.Max(),
            plainRates.Median(),
            target
        );
    }

    private static double Rate(Func<int, double> score, int count)
    {
        long start = Stopwatch.GetTimestamp();
        double sum = score(count);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        // Using the sum keeps the work from being optimised away.
        return double.IsNaN(sum) ? 0 : count / seconds;
    }
}
