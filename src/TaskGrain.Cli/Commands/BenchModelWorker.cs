using System.CommandLine;
using System.Text.Json;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using TaskGrain.Runtime;

namespace TaskGrain.Cli.Commands;

/// <summary>One <see cref="ModelBenchmarkWorker"/> as a command, hidden from users.</summary>
internal static class BenchModelWorker
{
    public static Command Create()
    {
        Argument<ModelBenchmarkSubject> subject = new("SUBJECT");
        Argument<ModelBenchmarkTask> task = new("TASK");
        Option<string> architecture = new("--architecture") { Required = true };
        Option<int> batch = new("--batch") { Required = true };
        Option<int> frames = new("--frames") { Required = true };
        Option<int> crop = new("--crop") { Required = true };
        Option<int> repeats = new("--repeats") { Required = true };
        Option<string> device = Options.Device;
        Option<int> threads = Options.Threads;
        var command = new Command(ModelBenchmark.WorkerCommand, "One measurement of bench model or bench stream.")
        {
            subject,
            task,
            architecture,
            batch,
            frames,
            crop,
            repeats,
            device,
            threads,
        };
        command.Hidden = true;
        command.SetAction(
            (parsed, _) =>
            {
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                var worker = new ModelBenchmarkWorker(
                    parsed.GetValue(subject),
                    EncoderOptions.ForCrop(
                        EncoderArchitecture.Parse(parsed.GetRequiredValue(architecture)),
                        parsed.GetValue(crop)
                    ),
                    parsed.GetValue(batch),
                    parsed.GetValue(frames),
                    ComputeDevice.Parse(parsed.GetRequiredValue(device))
                );
                ModelMeasurement measurement = worker.Run(parsed.GetValue(task), parsed.GetValue(repeats));
                Console.Out.WriteLine(JsonSerializer.Serialize(measurement, JsonLayout.Indented));
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
