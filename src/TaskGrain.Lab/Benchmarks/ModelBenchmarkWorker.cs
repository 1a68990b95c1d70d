using System.Diagnostics;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Training;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// One measurement of the model benchmarks. It runs in a process of its own, so that one network's memory and malloc
/// settings are not another's; <see cref="ModelBenchmark"/> starts it.
/// </summary>
/// <param name="subject">The network.</param>
/// <param name="options">Its sizes.</param>
/// <param name="batch">Clips at once.</param>
/// <param name="frames">Frames of a clip.</param>
/// <param name="device">Where to compute.</param>
internal sealed class ModelBenchmarkWorker(
    ModelBenchmarkSubject subject,
    EncoderOptions options,
    int batch,
    int frames,
    Device device
)
{
    private const int Classes = 174;
    private const double PixelScale = 1.0 / 64;

    private const int StepsOnGpu = 20;

    private Precision Precision => subject == ModelBenchmarkSubject.BFloat16 ? Precision.BFloat16 : Precision.Float32;

    private bool IsPlain => subject is ModelBenchmarkSubject.Plain or ModelBenchmarkSubject.PlainKeepingMemory;

    /// <summary>Measures.</summary>
    /// <param name="task">What is done.</param>
    /// <param name="repeats">How often, after one time that does not count.</param>
    public ModelMeasurement Run(ModelBenchmarkTask task, int repeats)
    {
        using var scope = NewDisposeScope();
        if (device.type == DeviceType.CUDA && !IsPlain)
        {
            CudaTuning.Apply(benchmark: true, tf32: true);
        }

        double[] times = task switch
        {
            ModelBenchmarkTask.Training => Train(repeats),
            ModelBenchmarkTask.Inference => Infer(repeats),
            ModelBenchmarkTask.Streaming => Stream(repeats, encode: true),
            ModelBenchmarkTask.StreamingConvolutions => Stream(repeats, encode: false),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task, "no such task"),
        };
        using Process self = Process.GetCurrentProcess();
        return new ModelMeasurement(times, self.PeakWorkingSet64);
    }

    private double[] Train(int repeats)
    {
        nn.Module<Tensor, Tensor> encoder = IsPlain
            ? new PlainEncoder(options)
            : new TwoChannelEncoder(options) { Compute = Precision };
        using (encoder)
        using (var classifier = new ActionClassifier(options.FeatureSize, Classes))
        {
            encoder.to(device);
            classifier.to(device);
            Tensor clips = Clips(batch);
            Tensor labels = randint(0, Classes, [batch], ScalarType.Int64, device);
            Action backward = () =>
                nn.functional.cross_entropy(classifier.call(encoder.call(clips)), labels).backward();
            if (IsPlain)
            {
                using var plain = optim.Adam(encoder.parameters().Concat(classifier.parameters()));
                return Time(
                    repeats,
                    () =>
                    {
                        plain.zero_grad();
                        backward();
                        plain.step();
                    }
                );
            }

            using var adam = new AdamOptimiser(
                encoder.named_parameters().Concat(classifier.named_parameters()).Select(p => (p.name, p.parameter))
            );
            return Time(
                repeats,
                () =>
                {
                    adam.ZeroGradients();
                    backward();
                    adam.Step(0.001);
                }
            );
        }
    }

    // From the bytes of frames to features, as predicting does it.
    private double[] Infer(int repeats)
    {
        byte[] pixels = new byte[batch * frames * options.CropSize * options.CropSize * PixelTensor.Channels];
        new Random(1).NextBytes(pixels);
        if (IsPlain)
        {
            using var plain = new PlainEncoder(options);
            plain.to(device);
            plain.eval();
            using IDisposable noGradient = no_grad();
            return Time(repeats, () => plain.call(PlainClips(pixels)));
        }

        using VideoModel model = Model();
        using var session = new InferenceSession(model);
        return Time(repeats, () => session.Features(pixels, batch));
    }

    private double[] Stream(int repeats, bool encode)
    {
        using VideoModel model = Model();
        using var stream = new StreamPredictor(model, new StreamOptions { Every = encode ? 1 : int.MaxValue });
        byte[] frame = new byte[stream.Format.BytesPerFrame];
        new Random(1).NextBytes(frame);
        for (int i = 0; i < frames + stream.LookAhead; i++)
        {
            stream.Push(frame);
        }

        return Time(repeats, () => stream.Push(frame));
    }

    private VideoModel Model()
    {
        var model = new VideoModel(
            new ModelDescription
            {
                Encoder = options,
                Preprocessing = new Preprocessing
                {
                    Clip = new ClipSamplerOptions { Frames = frames, CropSize = options.CropSize },
                    PixelScale = PixelScale,
                },
                Granularity = Granularity.ActionCategories,
                Taxonomy = Taxonomy.SomethingSomething,
                Classifier = ClassifierPooling.MeanFeatures,
            }
        );
        model.Encoder.Compute = Precision;
        return model.To(device);
    }

    private Tensor PlainClips(byte[] pixels)
    {
        Tensor bytes = tensor(
            pixels,
            [batch, frames, options.CropSize, options.CropSize, PixelTensor.Channels],
            ScalarType.Byte,
            device
        );
        return (bytes.to_type(ScalarType.Float32) * PixelScale).permute(0, 4, 1, 2, 3).contiguous();
    }

    // The plain network gets the layout that plain code makes, ours the one that the loader's bytes have.
    private Tensor Clips(int count)
    {
        Tensor pixels = rand(
            [count, frames, options.CropSize, options.CropSize, PixelTensor.Channels],
            ScalarType.Float32,
            device
        );
        Tensor clips = pixels.permute(0, 4, 1, 2, 3);
        return IsPlain ? clips.contiguous() : clips;
    }

    /// <summary>
    /// Times a step. A GPU works behind the host's back: there a sample is a run of steps and one wait at its end, as
    /// in training, where nothing waits between steps.
    /// </summary>
    private double[] Time(int repeats, Action step)
    {
        bool behind = device.type == DeviceType.CUDA;
        int run = behind ? StepsOnGpu : 1;
        double[] times = new double[repeats];
        for (int i = -1; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int j = 0; j < run; j++)
            {
                using DisposeScope scope = NewDisposeScope();
                step();
            }

            if (behind)
            {
                cuda.synchronize(device);
            }

            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / run;
            }
        }

        return times;
    }
}
