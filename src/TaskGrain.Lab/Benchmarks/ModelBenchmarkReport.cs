using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>The result of <c>bench model</c> or <c>bench stream</c> with the machine it was measured on.</summary>
/// <param name="Benchmark">What was measured how.</param>
/// <param name="Rows">The measurements.</param>
/// <param name="Peak">What the processor could do; null where the work was a GPU's.</param>
internal sealed record ModelBenchmarkReport(
    ModelBenchmark Benchmark,
    IReadOnlyList<ModelBenchmarkRow> Rows,
    ProcessorPeak? Peak
)
{
    private EncoderOptions Encoder =>
        EncoderOptions.ForCrop(EncoderArchitecture.Parse(Benchmark.Architecture), Benchmark.Crop);

    /// <summary>For programs.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                Machine = Machine(),
                Benchmark.Architecture,
                Benchmark.Frames,
                Benchmark.Crop,
                Benchmark.Rounds,
                Peak,
                Rows = Rows.Select(row => new
                {
                    Subject = row.Subject.ToString(),
                    Task = row.Task.ToString(),
                    row.Batch,
                    row.Milliseconds,
                    row.Fastest,
                    row.PeakBytes,
                    ClipsPerSecond = ClipsPerSecond(row),
                    TimesPlain = Ratio(row, ModelBenchmarkSubject.Plain),
                    TimesPlainKeepingMemory = Ratio(row, ModelBenchmarkSubject.PlainKeepingMemory),
                    ShareOfPeak = Share(row),
                }),
            },
            TaskGrainJson.Readable
        );

    /// <summary>For people: a table in Markdown, which is readable as it is.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(Machine()).AppendLine();
        text.AppendLine(
            "| task | network | clips | ms, median (fastest) | clips/s | × plain | × plain, malloc kept | share of "
                + "peak | memory, GiB |"
        );
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (ModelBenchmarkRow row in Rows)
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {Words(row.Task)} | {Words(row.Subject)} | {row.Batch} | {row.Milliseconds:0.0} "
                        + $"({row.Fastest:0.0}) | {ClipsPerSecond(row):0.00} | "
                        + $"{Number(Ratio(row, ModelBenchmarkSubject.Plain))} | "
                        + $"{Number(Ratio(row, ModelBenchmarkSubject.PlainKeepingMemory))} | "
                        + $"{(Share(row) is { } share ? $"{100 * share:0}%" : "")} | "
                        + $"{row.PeakBytes / 1073741824.0:0.00} |"
                )
            );
        }

        if (Peak is { } peak)
        {
            string bfloat16 = peak.BFloat16 is { } fast
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fast:0} in bfloat16{(ProcessorFeatures.Amx ? " (AMX: 1,024 operations a cycle and core)" : "")}"
                )
                : "no bfloat16 instructions";
            text.AppendLine()
                .AppendLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Peak: two 512-bit (or the widest there are) multiply-adds a cycle and core at the "
                            + $"measured {peak.Gigahertz:0.00} GHz: {peak.Float32:0} GFLOP/s in float32, "
                            + $"{bfloat16}. Large matrix products reach {peak.MatrixFloat32:0} and "
                            + $"{peak.MatrixBFloat16:0}. The share counts the convolutions' arithmetic "
                            + $"alone ({EncoderWork.Forward(Encoder, Benchmark.Frames) / 1e9:0.0} "
                            + $"thousand million multiply-adds a clip forward)."
                    )
                );
        }

        return text.ToString();
    }

    /// <summary>The time of one frame or clip as a part of the plain network's time for a whole clip.</summary>
    public double? Ratio(ModelBenchmarkRow row, ModelBenchmarkSubject plain)
    {
        ModelBenchmarkTask task = row.Task is ModelBenchmarkTask.Training ? row.Task : ModelBenchmarkTask.Inference;
        ModelBenchmarkRow? reference = Rows.FirstOrDefault(other =>
            other.Subject == plain && other.Task == task && other.Batch == row.Batch
        );
        return reference?.Milliseconds / row.Milliseconds;
    }

    private static double ClipsPerSecond(ModelBenchmarkRow row) => 1000 * row.Batch / row.Milliseconds;

    private static string Number(double? ratio) =>
        ratio is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "";

    private static string Words(ModelBenchmarkTask task) =>
        task switch
        {
            ModelBenchmarkTask.Training => "training step",
            ModelBenchmarkTask.Inference => "inference, whole clips",
            ModelBenchmarkTask.Streaming => "streaming, a frame",
            _ => "streaming, a frame, convolutions alone",
        };

    private static string Words(ModelBenchmarkSubject subject) =>
        subject switch
        {
            ModelBenchmarkSubject.Plain => "plain",
            ModelBenchmarkSubject.PlainKeepingMemory => "plain, malloc kept",
            ModelBenchmarkSubject.Float32 => "ours, float32",
            _ => "ours, bfloat16",
        };

    private double? Share(ModelBenchmarkRow row)
    {
        double? peak = row.Subject == ModelBenchmarkSubject.BFloat16 ? Peak?.BFloat16 : Peak?.Float32;
        double work = row.Task switch
        {
            ModelBenchmarkTask.Training => EncoderWork.Training(Encoder, Benchmark.Frames),
            ModelBenchmarkTask.Inference => EncoderWork.Forward(Encoder, Benchmark.Frames),
            _ => EncoderWork.Forward(Encoder, 1),
        };
        return 2 * work * row.Batch / (row.Milliseconds * 1e6) / peak;
    }

    private string Machine()
    {
        string processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(": ")[^1]
                ?? ""
            : "";
        int threads = Benchmark.Threads == 0 ? Environment.ProcessorCount : Benchmark.Threads;
        string bfloat16 =
            ProcessorFeatures.Amx ? "with AMX"
            : ProcessorFeatures.BFloat16 ? "with avx512_bf16"
            : "without bfloat16 instructions";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor} {RuntimeInformation.ProcessArchitecture}, {bfloat16}, {Environment.ProcessorCount} cores, "
                + $"{threads} threads, device {Benchmark.Device}; {RuntimeInformation.OSDescription}; "
                + $"{RuntimeInformation.FrameworkDescription}. {Benchmark.Architecture}, {Benchmark.Frames} "
                + $"frames of {Encoder.CropSize}×{Encoder.CropSize}; medians over {Benchmark.Rounds} rounds."
        );
    }
}
