using System.CommandLine;
using System.Runtime.InteropServices;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Lab.Benchmarks.Plain;
using TaskGrain.Metrics;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench metrics</c>: captions a second on one core.</summary>
internal static class BenchMetrics
{
    private const int Captions = 20_000;
    private const int PlainCaptions = 4_000;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<ulong> seed = Options.Seed;
        Option<int> rounds = Options.Rounds("Rounds; the median counts.", 7);
        var command = new Command(
            "metrics",
            $"""
            Captions a second on one core, median over the rounds.

            {Captions} made-up captions, one reference each, from raw text to score, the scorer new in each round, so
            that filling its memory of words is part of the time. The plain version is the one the tests compare with.

            Example: taskgrain bench metrics --rounds 9
            """
        )
        {
            rounds,
            seed,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                int count = parsed.GetValue(rounds);
                CaptionBenchmarkResult[] results = [.. Measure(count, parsed.GetValue(seed), output.Progress, cancel)];
                if (output.Json)
                {
                    output.Print(results);
                }
                else
                {
                    output.Text(ToText(results, count));
                }

                return 0;
            }
        );
    }

    private static IEnumerable<CaptionBenchmarkResult> Measure(
        int rounds,
        ulong seed,
        IProgress<WorkProgress> progress,
        CancellationToken cancel
    )
    {
        (string Hypothesis, string[] References)[] pairs = BenchmarkCaptions.Make(Captions, seed);
        string[] hypotheses = [.. pairs.Select(p => p.Hypothesis)];
        string[][] references = [.. pairs.Select(p => p.References)];
        var benchmark = new CaptionBenchmark(pairs, PlainCaptions, rounds, progress, cancel);
        yield return benchmark.Run(
            "BLEU-4",
            100_000,
            () =>
            {
                var bleu = new Bleu();
                return pair => bleu.Count(pair.Hypothesis, pair.References).Score(4);
            },
            pair => PlainBleu.Count(pair.Hypothesis, pair.References).Score(4)
        );
        yield return benchmark.Run(
            "ROUGE-L",
            100_000,
            () =>
            {
                var rouge = new RougeL();
                return pair => rouge.Score(pair.Hypothesis, pair.References);
            },
            pair => PlainRougeL.Score(pair.Hypothesis, pair.References)
        );
        yield return benchmark.Run(
            "METEOR",
            10_000,
            () =>
            {
                var meteor = new Meteor();
                return pair => meteor.Score(meteor.Count(pair.Hypothesis, pair.References)).Score;
            },
            PlainMeteorScore()
        );
        yield return benchmark.RunWhole(
            "CIDEr",
            count => Cider.Score(hypotheses[..count], references[..count]).Sum(),
            count => PlainCider.Score(hypotheses[..count], references[..count]).Sum()
        );
    }

    private static Func<(string Hypothesis, string[] References), double> PlainMeteorScore()
    {
        var plain = new PlainMeteor(new MeteorOptions());
        return pair => plain.Align(pair.Hypothesis, pair.References[0]).Count;
    }

    private static string ToText(CaptionBenchmarkResult[] results, int rounds)
    {
        var lines = new List<string>
        {
            $"{"metric", -10}{"captions/s", 12}{"lowest", 12}{"highest", 12}{"plain", 10}{"ratio", 9}{"target", 10}",
        };
        lines.AddRange(
            results.Select(r =>
                $"{r.Metric,-10}{r.CaptionsPerSecond,12:N0}{r.Lowest,12:N0}{r.Highest,12:N0}"
                + $"{r.PlainCaptionsPerSecond,10:N0}{r.Ratio,8:0.0}x"
                + $"{(r.Target is { } target ? $"{target:N0}" : ""),10}"
            )
        );
        lines.Add(
            $"one thread, median of {rounds} rounds, {Captions:N0} captions; "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, "
                + $"{Environment.ProcessorCount} cores"
        );
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }
}
