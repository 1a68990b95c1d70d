using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;
using static TorchSharp.torch;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// The whole way from model files and a target to the benchmark's tables: extraction, then
/// <see cref="TransferBenchmark"/>.
/// </summary>
internal static class TransferStudy
{
    private const string FeaturesFolder = "features";

    /// <summary>Extracts what is missing and runs the benchmark.</summary>
    /// <param name="choices">The sources, from weak to strong where that is expected.</param>
    /// <param name="target">The target.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="folder">Receives features and results; what it has already is not made again.</param>
    /// <param name="device">Where the encoders compute.</param>
    /// <param name="precision">Number format of trained encoders; untrained ones compute in float32.</param>
    /// <param name="note">Told what a person should know, such as a clip that cannot be read; null for nobody.</param>
    /// <param name="progress">Told after every clip and run, or null.</param>
    /// <param name="cancel">Stops soon; what is done stays.</param>
    /// <returns>The results.</returns>
    /// <exception cref="TaskGrainException">A model, store or the target cannot be used.</exception>
    public static TransferResults Run(
        IReadOnlyList<SourceChoice> choices,
        TransferTarget target,
        TransferOptions options,
        string folder,
        Device device,
        Precision precision = Precision.Auto,
        Action<string>? note = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        TransferBenchmark.RequireNames([.. choices.Select(choice => choice.Name)]);
        RequireFiles(choices);
        RequireSizes(choices);
        List<TransferSource> sources = [];
        try
        {
            foreach (SourceChoice choice in choices)
            {
                string store =
                    choice.Path is { } path && FeatureStore.Exists(path)
                        ? path
                        : Extract(
                            choice,
                            choices,
                            target,
                            options,
                            Path.Combine(folder, FeaturesFolder, FolderName(choice.Name)),
                            device,
                            precision,
                            note,
                            progress,
                            cancel
                        );
                sources.Add(new TransferSource(choice.Name, FeatureStore.Open(store)));
            }

            return TransferBenchmark.Run(
                target.Name,
                target.Classes,
                sources,
                options,
                folder,
                progress,
                cancel,
                target.Clips
            );
        }
        finally
        {
            foreach (TransferSource source in sources)
            {
                source.Features.Dispose();
            }
        }
    }

    private static string Extract(
        SourceChoice choice,
        IReadOnlyList<SourceChoice> choices,
        TransferTarget target,
        TransferOptions options,
        string folder,
        Device device,
        Precision precision,
        Action<string>? note,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        using IFeatureSource source = Open(choice, choices, options.Seed, device, precision);
        var named = progress is null ? null : new NamedProgress(progress, choice.Name);
        ExtractionReport report = FeatureExtraction.Run(
            source,
            target,
            folder,
            new HashSet<Split> { Split.Train, Split.Test },
            FeatureType.Float32,
            named,
            cancel
        );
        foreach (ExtractionFault fault in report.Faults)
        {
            note?.Invoke($"{choice.Name}: clip {fault.Id} is left out: {fault.Reason}");
        }

        if (report.Extracted > 0)
        {
            note?.Invoke(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{choice.Name}: {report.Extracted} clips in {report.Seconds:0.0} s, "
                        + $"{report.ClipsPerSecond:0.0} clips/s"
                )
            );
        }

        return folder;
    }

    private static IFeatureSource Open(
        SourceChoice choice,
        IReadOnlyList<SourceChoice> choices,
        ulong seed,
        Device device,
        Precision precision
    )
    {
        if (!choice.Untrained)
        {
            return FeatureSources.Open(choice.Path!, device, precision);
        }

        string model = choice.Path is { } path ? ModelCatalog.Installed().Resolve(path) : FirstModel(choices)!;
        ModelDescription sizes = ModelFile.LoadDescription(model);
        return EncoderFeatureSource.Untrained(sizes.Encoder, sizes.Preprocessing, seed, device);
    }

    // Before the first extraction, which may take long.
    private static void RequireFiles(IReadOnlyList<SourceChoice> choices)
    {
        string[] missing =
        [
            .. choices
                .Where(choice => choice.Path is { } path && !FeatureSources.Exists(path) && !FeatureStore.Exists(path))
                .Select(choice => $"{choice.Path} ({choice.Name})"),
        ];
        if (missing.Length > 0)
        {
            throw new TaskGrainException(
                $"no source's name, model file or feature store: {string.Join(", ", missing)}."
            );
        }
    }

    private static void RequireSizes(IReadOnlyList<SourceChoice> choices)
    {
        if (choices.Any(choice => choice.Path is null) && FirstModel(choices) is null)
        {
            throw new TaskGrainException(
                "'random' takes its sizes from the first model among the sources, and there is none; write "
                    + "random=MODEL.safetensors."
            );
        }
    }

    private static string? FirstModel(IReadOnlyList<SourceChoice> choices) =>
        choices
            .Select(choice => choice.Path)
            .Where(path => path is not null && !FeatureStore.Exists(path))
            .Select(path => FeatureSources.EncoderOf(path!))
            .FirstOrDefault(path => path is not null);

    /// <summary>
    /// A source's name as a folder's: itself where that is plain, else with a hash, so that no two names share a
    /// folder.
    /// </summary>
    internal static string FolderName(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return plain == name && !name.Any(char.IsAsciiLetterUpper)
            ? name
            : $"{plain}-{Convert.ToHexStringLower(XxHash3.Hash(Encoding.UTF8.GetBytes(name)))[..8]}";
    }

    /// <summary>Says which source is being extracted.</summary>
    private sealed class NamedProgress(IProgress<WorkProgress> inner, string name) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => inner.Report(value with { Stage = $"{value.Stage} {name}" });
    }
}
