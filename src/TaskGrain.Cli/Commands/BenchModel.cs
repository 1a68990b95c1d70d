using System.CommandLine;
using TaskGrain.Cli.Usage;
using Subject = TaskGrain.Lab.Benchmarks.ModelBenchmarkSubject;
using Work = TaskGrain.Lab.Benchmarks.ModelBenchmarkTask;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain bench model</c>: training steps and whole-clip inference beside the plain network.</summary>
internal static class BenchModel
{
    public static Command Create()
    {
        var shared = new ModelBenchmarkOptions();
        Option<int> batch = Words.One(
            "--batch",
            "N",
            "Clips of a training step.",
            Read.Whole(1, Options.MostBatch),
            4
        );
        Option<Subject[]> networks = Words.Many(
            "--network",
            "plain|plainKeepingMemory|float32|bfloat16",
            "Which networks; without it all four.",
            Read.NameOf<Subject>
        );
        var command = new Command(
            "model",
            "Training steps and inference of the encoder in float32 and bfloat16, beside the same network written "
                + "the plain way (float32, default layout, nothing folded).\n"
                + "The plain network runs with the C library's own malloc, as plain code does, and once more with "
                + "this program's settings of it. The table is Markdown.\n"
                + "Example: taskgrain bench model --batch 4 --rounds 3"
        )
        {
            batch,
            networks,
        };
        shared.AddTo(command);
        return command.Runs(
            (parsed, output, cancel) =>
            {
                int clips = parsed.GetValue(batch);
                Subject[] subjects = parsed.GetValue(networks) is { Length: > 0 } named
                    ? [.. named.Distinct().Order()]
                    : Enum.GetValues<Subject>();
                return shared.Run(
                    parsed,
                    output,
                    [
                        .. subjects.Select(subject => (subject, Work.Training, clips, 2)),
                        .. subjects.Select(subject => (subject, Work.Inference, 1, 5)),
                    ],
                    cancel
                );
            }
        );
    }
}
