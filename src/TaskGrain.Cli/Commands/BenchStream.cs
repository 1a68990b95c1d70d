using System.CommandLine;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary>
/// <c>taskgrain bench stream</c>: the cost of a new frame beside that of a whole clip in the plain network.
/// </summary>
internal static class BenchStream
{
    public static Command Create()
    {
        Option<string> architecture = ModelBenchmarkOptions.Architecture;
        Option<int> rounds = ModelBenchmarkOptions.Rounds;
        Option<int> frames = ModelBenchmarkOptions.Frames;
        Option<int> crop = ModelBenchmarkOptions.Crop;
        Option<string> device = Options.Device;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "stream",
            "A new frame in the streaming encoder, beside a whole clip in the plain network, which is what each new "
                + "prediction would cost without it.\n"
                + "Example: taskgrain bench stream --rounds 5"
        )
        {
            architecture,
            frames,
            crop,
            rounds,
            device,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var benchmark = new ModelBenchmark(
                    EncoderArchitecture.Parse(parsed.GetRequiredValue(architecture)).ToString(),
                    parsed.GetValue(frames),
                    parsed.GetValue(crop),
                    parsed.GetValue(rounds),
                    parsed.GetRequiredValue(device),
                    parsed.GetValue(threads)
                );
                ModelBenchmarkOptions.Check(benchmark, 1);
                ModelBenchmarkOptions.RunAndPrint(
                    benchmark,
                    [
                        (Subject.Plain, Work.Inference, 1, 5),
                        (Subject.PlainKeepingMemory, Work.Inference, 1, 5),
                        (Subject.Float32, Work.Streaming, 1, 40),
                        (Subject.BFloat16, Work.Streaming, 1, 40),
                        (Subject.Float32, Work.StreamingConvolutions, 1, 40),
                        (Subject.BFloat16, Work.StreamingConvolutions, 1, 40),
                    ],
                    parsed.GetValue(json),
                    parsed.GetValue(quiet),
                    cancel
                );
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
