using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MathNet.Numerics.Statistics;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>Which network is measured.</summary>
internal enum ModelBenchmarkSubject
{
    /// <summary>
    /// The plain network with the C library's own malloc: what plain TorchSharp or PyTorch code does.
    /// </summary>
    Plain,

    /// <summary>The plain network with this program's malloc settings.</summary>
    PlainKeepingMemory,

    /// <summary>Ours in float32.</summary>
    Float32,

    /// <summary>Ours in bfloat16.</summary>
    BFloat16,
}

/// <summary>What it does.</summary>
internal enum ModelBenchmarkTask
{
    /// <summary>A training step: forward, cross-entropy, backward, Adam.</summary>
    Training,

    /// <summary>Features of whole clips, from their pixels' bytes.</summary>
    Inference,

    /// <summary>A frame of a stream, and the prediction for the last clip's length.</summary>
    Streaming,

    /// <summary>A frame of a stream through the convolutions alone.</summary>
    StreamingConvolutions,
}

/// <summary>What a worker measured.</summary>
/// <param name="Milliseconds">Time of each repeat.</param>
/// <param name="PeakBytes">Largest resident memory of the process.</param>
internal sealed record ModelMeasurement(double[] Milliseconds, long PeakBytes);

/// <summary>A row of the result.</summary>
/// <param name="Subject">The network.</param>
/// <param name="Task">What it did.</param>
/// <param name="Batch">Clips at once.</param>
/// <param name="Milliseconds">Median time.</param>
/// <param name="Fastest">Shortest time.</param>
/// <param name="PeakBytes">Largest resident memory of its process.</param>
internal sealed record ModelBenchmarkRow(
    ModelBenchmarkSubject Subject,
    ModelBenchmarkTask Task,
    int Batch,
    double Milliseconds,
    double Fastest,
    long PeakBytes
);

/// <summary>
/// Measures networks side by side, each in a process of its own, in rounds: whatever else the machine does hits all.
/// </summary>
/// <param name="Architecture">Such as <c>M(256-256)</c>.</param>
/// <param name="Frames">Frames of a clip.</param>
/// <param name="Crop">Side of the frames in pixels.</param>
/// <param name="Rounds">Rounds.</param>
/// <param name="Device">Where to compute.</param>
/// <param name="Threads">Threads; 0 for one a core.</param>
internal sealed record ModelBenchmark(string Architecture, int Frames, int Crop, int Rounds, string Device, int Threads)
{
    /// <summary>
    /// Name of the hidden command that runs a <see cref="ModelBenchmarkWorker"/> in a process of its own.
    /// </summary>
    public const string WorkerCommand = "model-worker";

    /// <summary>Measures.</summary>
    /// <param name="jobs">What, with the number of clips and of repeats in a round.</param>
    /// <param name="progress">Told after each measurement.</param>
    /// <param name="cancel">Stops between measurements.</param>
    /// <returns>A row a job, in their order.</returns>
    public IReadOnlyList<ModelBenchmarkRow> Run(
        IReadOnlyList<(ModelBenchmarkSubject Subject, ModelBenchmarkTask Task, int Batch, int Repeats)> jobs,
        IProgress<WorkProgress> progress,
        CancellationToken cancel
    )
    {
        var times = jobs.Select(_ => new List<double>()).ToArray();
        long[] peaks = new long[jobs.Count];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < jobs.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                string subject = $"{jobs[i].Subject} {jobs[i].Task}";
                progress.Report(
                    new WorkProgress("measuring", (round * jobs.Count) + i, Rounds * jobs.Count, "runs", 0, subject)
                );
                ModelMeasurement measured = Measure(jobs[i], cancel);
                times[i].AddRange(measured.Milliseconds);
                peaks[i] = Math.Max(peaks[i], measured.PeakBytes);
            }
        }

        progress.Report(new WorkProgress("measuring", Rounds * jobs.Count, Rounds * jobs.Count, "runs", 0));
        return
        [
            .. jobs.Select(
                (job, i) =>
                    new ModelBenchmarkRow(job.Subject, job.Task, job.Batch, times[i].Median(), times[i].Min(), peaks[i])
            ),
        ];
    }

    private ModelMeasurement Measure(
        (ModelBenchmarkSubject Subject, ModelBenchmarkTask Task, int Batch, int Repeats) job,
        CancellationToken cancel
    )
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        string program =
            Environment.ProcessPath
            ?? throw new TaskGrainException("The program cannot find itself, to start a second time.");
        string result = Path.Combine(Path.GetTempPath(), $"taskgrain-bench-{Guid.NewGuid():N}.json");
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        foreach (
            string word in new[]
            {
                "bench",
                WorkerCommand,
                job.Subject.ToString(),
                job.Task.ToString(),
                "--architecture",
                Architecture,
                "--batch",
                Text(job.Batch),
                "--frames",
                Text(Frames),
                "--crop",
                Text(Crop),
                "--repeats",
                Text(job.Repeats),
                "--out",
                result,
                "--device",
                Device,
                "--threads",
                Text(Threads),
            }
        )
        {
            start.ArgumentList.Add(word);
        }

        if (job.Subject == ModelBenchmarkSubject.Plain)
        {
            start.Environment[MallocTuning.Variable] = "default";
            start.Environment[OpenMpWaiting.SpinVariable] = OpenMpWaiting.LibraryDefault;
        }

        using Process worker = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancel.Register(() => worker.Kill(entireProcessTree: true));
        Task<string> errors = worker.StandardError.ReadToEndAsync(CancellationToken.None);
        Task<string> chatter = worker.StandardOutput.ReadToEndAsync(CancellationToken.None);
        worker.WaitForExit();
        try
        {
            cancel.ThrowIfCancellationRequested();
            return worker.ExitCode == 0
                ? JsonFile.Read<ModelMeasurement>(result, "a measurement of the benchmark")
                : throw new TaskGrainException(
                    $"Measuring {job.Subject} {job.Task} failed: {(errors.Result + chatter.Result).Trim()}"
                );
        }
        finally
        {
            File.Delete(result);
        }
    }
}
