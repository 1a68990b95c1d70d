using System.CommandLine;
using System.Text.Json;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Cli.Commands;

/// <summary>
/// One <see cref="ModelBenchmarkWorker"/> as a command, hidden from users. Its result goes to a file of its own: on
/// standard output a library may print whatever it likes.
/// </summary>
internal static class BenchModelWorker
{
    public static Command Create()
    {
        Argument<ModelBenchmarkSubject> subject = Words.Argument(
            "SUBJECT",
            "Which network.",
            Read.NameOf<ModelBenchmarkSubject>
        );
        Argument<ModelBenchmarkTask> task = Words.Argument("TASK", "What it does.", Read.NameOf<ModelBenchmarkTask>);
        var shared = new ModelBenchmarkOptions();
        Option<int> batch = Words.One("--batch", "N", "Clips at once.", Read.Whole(1, Options.MostBatch));
        batch.Required = true;
        Option<int> repeats = Words.One("--repeats", "N", "Times.", Read.Whole(1, Options.MostRounds));
        repeats.Required = true;
        Option<FileInfo> file = Words.One("--out", "FILE", "Where the measurement goes.", Read.File);
        file.Required = true;
        var command = new Command(
            ModelBenchmark.WorkerCommand,
            "One measurement of bench model or bench stream; they start it themselves.\n"
                + "Example: taskgrain bench model-worker Float32 Inference --batch 1 --repeats 5 --out time.json"
        )
        {
            subject,
            task,
            batch,
            repeats,
            file,
        };
        shared.AddTo(command);
        command.Hidden = true;
        return command.Runs(
            (parsed, _, _) =>
            {
                ModelBenchmark benchmark = shared.Of(parsed);
                ComputeDevice.SetThreads(benchmark.Threads);
                var worker = new ModelBenchmarkWorker(
                    parsed.GetValue(subject),
                    EncoderOptions.ForCrop(EncoderArchitecture.Parse(benchmark.Architecture), benchmark.Crop),
                    parsed.GetValue(batch),
                    benchmark.Frames,
                    ComputeDevice.Parse(benchmark.Device)
                );
                ModelMeasurement measurement = worker.Run(parsed.GetValue(task), parsed.GetValue(repeats));
                AtomicFile.WriteText(
                    parsed.GetRequiredValue(file).FullName,
                    JsonSerializer.Serialize(measurement, TaskGrainJson.Readable)
                );
                return 0;
            }
        );
    }
}
