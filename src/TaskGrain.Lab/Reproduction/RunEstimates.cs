using TaskGrain.Lab.Benchmarks;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// How long runs take on the machine at hand: from what runs of the same kind took here, and before there are any from
/// a calibration, which times a few training steps of every architecture.
/// </summary>
internal sealed class RunEstimates
{
    /// <summary>What evaluation, validation and start cost beside training, before a run has shown it.</summary>
    private const double Beside = 1.3;

    /// <summary>What captions cost beside categories, before a run has shown it.</summary>
    private const double CaptionFactor = 1.4;

    /// <summary>Seconds of a transfer run before one has shown it.</summary>
    private const double TransferSeconds = 120;

    /// <summary>
    /// Seconds of a seed of the frame baselines before one has shown it; the first extracts features too.
    /// </summary>
    private const double FrameBaselineSeconds = 600;

    private const int Steps = 3;

    private readonly ComputeSite _site;
    private readonly Dictionary<EncoderArchitecture, double> _calibrated;
    private readonly long _clips;

    private RunEstimates(Calibration calibration)
    {
        _site = calibration.Site;
        _clips = calibration.Clips;
        _calibrated = calibration.SecondsPerClip.ToDictionary(
            pair => EncoderArchitecture.Parse(pair.Key),
            pair => pair.Value
        );
    }

    /// <summary>The calibration of another process of this slice.</summary>
    /// <param name="file">The file that <see cref="Calibrate"/> wrote.</param>
    /// <returns>The estimates.</returns>
    public static RunEstimates Read(string file) => new(JsonFile.Read<Calibration>(file, "a calibration"));

    /// <summary>Times the architectures of a plan, where they were not timed on this machine before.</summary>
    /// <param name="file">Keeps the times.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="configuration">Sizes, device and precision of its models.</param>
    /// <param name="site">This machine.</param>
    /// <param name="clips">Clips that a training run sees in all its epochs.</param>
    /// <returns>The estimates.</returns>
    public static RunEstimates Calibrate(
        string file,
        ReproductionPlan plan,
        RunConfiguration configuration,
        ComputeSite site,
        long clips
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(configuration);
        TorchSharp.torch.Device device = ComputeDevice.Parse(configuration.Machine.Device);
        ModelBenchmarkSubject subject =
            configuration.Machine.Precision.TypeOn(device) == TorchSharp.torch.ScalarType.BFloat16
                ? ModelBenchmarkSubject.BFloat16
                : ModelBenchmarkSubject.Float32;
        int batch = configuration.Training.BatchSize;
        EncoderArchitecture[] architectures =
        [
            .. clips == 0 ? [] : plan.Runs.OfType<TrainingRun>().Select(run => run.Architecture.Ours).Distinct(),
        ];
        Calibration? known = JsonFile.ReadKnown<Calibration>(file);
        if (
            known is not null
            && known.Site == site
            && known.Clips == clips
            && architectures.All(architecture => known.SecondsPerClip.ContainsKey(architecture.ToString()))
        )
        {
            return new RunEstimates(known);
        }

        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (EncoderArchitecture architecture in architectures)
        {
            EncoderOptions encoder = (configuration.Model with { Architecture = architecture }).Encoder(
                configuration.Clip.CropSize
            );
            double[] times = new ModelBenchmarkWorker(subject, encoder, batch, configuration.Clip.Frames, device)
                .Run(ModelBenchmarkTask.Training, Steps)
                .Milliseconds;
            seconds[architecture.ToString()] = times.Order().ElementAt(times.Length / 2) / 1000 / batch;
        }

        var calibration = new Calibration(site, clips, seconds);
        JsonFile.Write(file, calibration);
        return new RunEstimates(calibration);
    }

    /// <summary>How long a run will take.</summary>
    /// <param name="run">The run.</param>
    /// <param name="measured">What has been measured.</param>
    /// <returns>Seconds.</returns>
    public double Seconds(PlannedRun run, IReadOnlyDictionary<string, Measurement> measured)
    {
        double[] alike =
        [
            .. measured.Values.Where(one => one.Site == _site && Alike(run, one.Id)).Select(one => one.WholeSeconds),
        ];
        if (alike.Length > 0)
        {
            return alike.Max();
        }

        return run switch
        {
            TrainingRun training => _clips
                * _calibrated.GetValueOrDefault(training.Architecture.Ours)
                * (training.Task.Granularity.IsCaption() ? CaptionFactor : 1)
                * Beside,
            FrameBaselineRun => FrameBaselineSeconds,
            _ => TransferSeconds,
        };
    }

    // Runs that differ in their seed alone.
    private static bool Alike(PlannedRun run, string id)
    {
        int seed = id.LastIndexOf("_s", StringComparison.Ordinal);
        return seed > 0 && run.Id.StartsWith(id[..(seed + 2)], StringComparison.Ordinal);
    }

    /// <summary>What was timed, as it is kept.</summary>
    private sealed record Calibration(ComputeSite Site, long Clips, IReadOnlyDictionary<string, double> SecondsPerClip);
}
