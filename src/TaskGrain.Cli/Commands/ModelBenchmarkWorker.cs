using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Cli.Commands;

/// <summary>
/// The part of the model benchmarks that runs in a process of its own, so that one network's memory and malloc settings
/// are not another's. Hidden from users; <see cref="ModelBenchmark"/> starts it.
/// </summary>
internal static class ModelBenchmarkWorker
{
    /// <summary>Name of the hidden command.</summary>
    public const string CommandName = "model-worker";

    private const int Classes = 174;

    public static Command Create()
    {
        Argument<ModelBenchmarkSubject> subject = new("SUBJECT");
        Argument<ModelBenchmarkTask> task = new("TASK");
        Option<string> architecture = new("--architecture") { Required = true };
        Option<int> batch = new("--batch") { Required = true };
        Option<int> frames = new("--frames") { Required = true };
        Option<int> repeats = new("--repeats") { Required = true };
        Option<string> device = Options.Device;
        Option<int> threads = Options.Threads;
        var command = new Command(CommandName, "One measurement of bench model or bench stream.")
        {
            subject, task, architecture, batch, frames, repeats, device, threads,
        };
        command.Hidden = true;
        command.SetAction((parsed, _) =>
        {
            ComputeDevice.SetThreads(parsed.GetValue(threads));
            var worker = new Worker(
                parsed.GetValue(subject),
                new EncoderOptions { Architecture = EncoderArchitecture.Parse(parsed.GetRequiredValue(architecture)) },
                parsed.GetValue(batch),
                parsed.GetValue(frames),
                ComputeDevice.Parse(parsed.GetRequiredValue(device)));
            ModelMeasurement measurement = worker.Run(parsed.GetValue(task), parsed.GetValue(repeats));
            Console.Out.WriteLine(JsonSerializer.Serialize(measurement, JsonLayout.Indented));
            return Task.FromResult(0);
        });
        return command;
    }

    private sealed class Worker(ModelBenchmarkSubject subject, EncoderOptions options, int batch, int frames, Device device)
    {
        private Precision Precision => subject == ModelBenchmarkSubject.BFloat16 ? Precision.BFloat16 : Precision.Float32;

        private bool IsPlain => subject is ModelBenchmarkSubject.Plain or ModelBenchmarkSubject.PlainKeepingMemory;

        public ModelMeasurement Run(ModelBenchmarkTask task, int repeats)
        {
            using var scope = NewDisposeScope();
            double[] times = task switch
            {
                ModelBenchmarkTask.Training => Train(repeats),
                ModelBenchmarkTask.Inference => Infer(repeats),
                ModelBenchmarkTask.Streaming => Stream(repeats, encode: true),
                ModelBenchmarkTask.StreamingConvolutions => Stream(repeats, encode: false),
                _ => throw new UsageException($"Unknown task {task}."),
            };
            using Process self = Process.GetCurrentProcess();
            return new ModelMeasurement(times, self.PeakWorkingSet64);
        }

        private double[] Train(int repeats)
        {
            nn.Module<Tensor, Tensor> encoder = IsPlain ? new PlainEncoder(options) : new TwoChannelEncoder(options) { Compute = Precision };
            using (encoder)
            using (var classifier = new ActionClassifier(options.FeatureSize, Classes))
            {
                encoder.to(device);
                classifier.to(device);
                using var adam = optim.Adam(encoder.parameters().Concat(classifier.parameters()));
                Tensor clips = Clips(batch);
                Tensor labels = randint(0, Classes, [batch], ScalarType.Int64, device);
                return Time(repeats, () =>
                {
                    adam.zero_grad();
                    nn.functional.cross_entropy(classifier.call(encoder.call(clips)), labels).backward();
                    adam.step();
                });
            }
        }

        private double[] Infer(int repeats)
        {
            Tensor clips = Clips(batch);
            if (IsPlain)
            {
                using var plain = new PlainEncoder(options);
                plain.to(device);
                plain.eval();
                using IDisposable noGradient = no_grad();
                return Time(repeats, () => plain.call(clips));
            }

            using var encoder = new TwoChannelEncoder(options);
            encoder.to(device);
            using var folded = new FoldedEncoder(encoder, Precision);
            return Time(repeats, () => folded.Encode(clips));
        }

        private double[] Stream(int repeats, bool encode)
        {
            using var encoder = new TwoChannelEncoder(options);
            encoder.to(device);
            using var folded = new FoldedEncoder(encoder, Precision);
            using var stream = new StreamingEncoder(folded, frames);
            Tensor frame = Clips(1).narrow(2, 0, 1);
            for (int i = 0; i < frames + stream.LookAhead; i++)
            {
                stream.Push(frame);
            }

            return Time(repeats, () =>
            {
                stream.Push(frame);
                if (encode)
                {
                    stream.Encode();
                }
            });
        }

        // The plain network gets the layout that plain code makes, ours the one that the loader's bytes have.
        private Tensor Clips(int count)
        {
            Tensor pixels = rand([count, frames, options.CropSize, options.CropSize, PixelTensor.Channels], ScalarType.Float32, device);
            Tensor clips = pixels.permute(0, 4, 1, 2, 3);
            return IsPlain ? clips.contiguous() : clips;
        }

        private double[] Time(int repeats, Action step)
        {
            double[] times = new double[repeats];
            for (int i = -1; i < repeats; i++)
            {
                long start = Stopwatch.GetTimestamp();
                using (NewDisposeScope())
                {
                    step();
                }

                if (device.type == DeviceType.CUDA)
                {
                    cuda.synchronize(device);
                }

                if (i >= 0)
                {
                    times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }

            return times;
        }
    }
}
