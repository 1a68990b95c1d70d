using MathNet.Numerics.Statistics;
using TaskGrain.Synthesis;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// Measures how rendering a set into a frame store scales: the same store is written on one thread and on several, in
/// turns, so that whatever else runs on the machine hits both.
/// </summary>
internal static class RenderBenchmark
{
    /// <summary>Clips written before anything is measured, so that code is compiled.</summary>
    private const int WarmClips = 8;

    /// <summary>Runs the benchmark in a temporary folder.</summary>
    /// <param name="options">What is rendered, on how many threads and how often.</param>
    /// <param name="progress">Told after every measurement, or null.</param>
    /// <param name="cancel">Stops the benchmark.</param>
    /// <returns>The medians.</returns>
    /// <exception cref="TaskGrainException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked to stop.</exception>
    public static RenderBenchmarkReport Run(
        RenderBenchmarkOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        string folder = Directory.CreateTempSubdirectory("taskgrain-bench-").FullName;
        try
        {
            var one = new List<double>();
            var several = new List<double>();
            Write(options with { Clips = WarmClips }, threads, folder, cancel);
            for (int round = 0; round < options.Rounds; round++)
            {
                one.Add(Write(options, 1, folder, cancel));
                progress?.Report(Measured(options, (2 * round) + 1, "one thread"));
                several.Add(Write(options, threads, folder, cancel));
                progress?.Report(Measured(options, (2 * round) + 2, $"{threads} threads"));
            }

            return new RenderBenchmarkReport(
                options.Clips,
                $"{options.Compression} of {options.Format}",
                Environment.ProcessorCount,
                options.Rounds,
                threads,
                Math.Round(options.Clips / one.Median(), 2),
                Math.Round(options.Clips / several.Median(), 2),
                Math.Round(one.Median() / several.Median(), 3)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes a store and deletes it.</summary>
    /// <returns>Seconds that the writing took.</returns>
    private static double Write(RenderBenchmarkOptions options, int threads, string folder, CancellationToken cancel)
    {
        string store = Path.Combine(folder, "store");
        var clock = ProcessorClock.Start();
        SyntheticSet.WriteStore(
            new SynthesisOptions
            {
                Clips = options.Clips,
                Seed = 5,
                Threads = threads,
            },
            store,
            options.Format,
            options.Compression,
            cancellation: cancel
        );
        double seconds = clock.Elapsed.TotalSeconds;
        Directory.Delete(store, recursive: true);
        return seconds;
    }

    private static WorkProgress Measured(RenderBenchmarkOptions options, int done, string what) =>
        new("measuring", done, 2 * options.Rounds, "measurements", 0, what);
}
