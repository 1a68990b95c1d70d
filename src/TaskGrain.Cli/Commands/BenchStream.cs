using System.CommandLine;
using TaskGrain.Cli.Usage;
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
        var shared = new ModelBenchmarkOptions();
        var command = new Command(
            "stream",
            "A new frame in the streaming encoder, beside a whole clip in the plain network, which is what each new "
                + "prediction would cost without it.\n"
                + "Example: taskgrain bench stream --rounds 5"
        );
        shared.AddTo(command);
        return command.Runs(
            (parsed, output, cancel) =>
                shared.Run(
                    parsed,
                    output,
                    [
                        (Subject.Plain, Work.Inference, 1, 5),
                        (Subject.PlainKeepingMemory, Work.Inference, 1, 5),
                        (Subject.Float32, Work.Streaming, 1, 40),
                        (Subject.BFloat16, Work.Streaming, 1, 40),
                        (Subject.Float32, Work.StreamingConvolutions, 1, 40),
                        (Subject.BFloat16, Work.StreamingConvolutions, 1, 40),
                    ],
                    cancel
                )
        );
    }
}
