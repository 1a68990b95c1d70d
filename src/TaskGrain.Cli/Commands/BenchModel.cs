using System.CommandLine;
using TaskGrain.Lab.Benchmarks;
using TaskGrain.Models;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench model</c>: training steps and whole-clip inference beside the plain network.</summary>
internal static class BenchModel
{
    public static Command Create()
    {
        Option<string> architecture = ModelBenchmarkOptions.Architecture;
        Option<int> rounds = ModelBenchmarkOptions.Rounds;
        Option<int> frames = ModelBenchmarkOptions.Frames;
        Option<int> crop = ModelBenchmarkOptions.Crop;
        Option<int> batch = new("--batch")
        {
            Description = "Clips of a training step.",
            HelpName = "N",
            DefaultValueFactory = _ => 4,
        };
        Option<Subject[]> networks = new("--network")
        {
            Description = "Which networks; without it all four.",
            HelpName = "plain|plainKeepingMemory|float32|bfloat16",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [Subject.Plain, Subject.PlainKeepingMemory, Subject.Float32, Subject.BFloat16],
        };
        Option<string> device = Options.Device;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "model",
            "Training steps and inference of the encoder in float32 and bfloat16, beside the same network written "
                + "the plain way (float32, default layout, nothing folded).\n"
                + "The plain network runs with the C library's own malloc, as plain code does, and once more with "
                + "this program's settings of it. The table is Markdown.\n"
                + "Example: taskgrain bench model --batch 4 --rounds 3"
        )
        {
            architecture,
            batch,
            frames,
            crop,
            rounds,
            networks,
            device,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                int clips = parsed.GetValue(batch);
                var benchmark = new ModelBenchmark(
                    EncoderArchitecture.Parse(parsed.GetRequiredValue(architecture)).ToString(),
                    parsed.GetValue(frames),
                    parsed.GetValue(crop),
                    parsed.GetValue(rounds),
                    parsed.GetRequiredValue(device),
                    parsed.GetValue(threads)
                );
                ModelBenchmarkOptions.Check(benchmark, clips);
                Subject[] subjects = [.. parsed.GetRequiredValue(networks).Distinct().Order()];
                ModelBenchmarkOptions.RunAndPrint(
                    benchmark,
                    [
                        .. subjects.Select(subject => (subject, Work.Training, clips, 2)),
                        .. subjects.Select(subject => (subject, Work.Inference, 1, 5)),
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
