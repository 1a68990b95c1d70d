using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Cli.Commands;

internal static class ExtractCommand
{
    public static Command Create()
    {
        Option<string> model = Words.One(
            "--model",
            "FILE|NAME",
            "A model file (.safetensors), a network trained elsewhere (.safetensors of weights import, .onnx), or "
                + $"a name: {string.Join(", ", FeatureSources.Names)}; several joined by + stand side by side.",
            Read.FileName
        );
        model.Required = true;
        Option<bool> untrained = Words.Flag(
            "--untrained",
            "Use only the model's sizes, with random weights drawn from --seed (computes in float32)."
        );
        Option<DirectoryInfo> data = Options.Data;
        Option<DirectoryInfo> store = Options.Store;
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<Split[]> splits = Words.Many(
            "--splits",
            "SPLIT",
            "Which clips: train, validation, test. All of them by default.",
            Options.SplitWord
        );
        Option<double> rate = Words.One("--rate", "N", "Vectors for a second of video.", Read.Positive(240), 12);
        Option<double> overlap = Words.One(
            "--overlap",
            "SHARE",
            "Share of a window in common with the next, for videos longer than a window.",
            Read.Share,
            0.5
        );
        Option<FeatureType> type = Words.One(
            "--type",
            "TYPE",
            "float32 (exact) or float16 (half the space).",
            Read.OneOf(("float32", FeatureType.Float32), ("float16", FeatureType.Float16)),
            FeatureType.Float32
        );
        Option<string[]> export = Words.Many(
            "--export",
            "FORM",
            "Also write npy and/or safetensors files into --out.",
            Read.OneOf(("npy", "npy"), ("safetensors", "safetensors"))
        );
        Option<ulong> seed = Options.Seed;
        var compute = new ComputeOptions();
        Option<bool> resume = Options.Resume;
        Option<StorePart?> shard = Options.Shard;
        var command = new Command(
            "extract",
            "Turn videos of any length into feature vectors of a frozen network, 12 for a second, in a feature "
                + "store. Clips that cannot be read are named, the others are done.\n"
                + "Example: taskgrain extract --model run/best.safetensors --data kitchenware --out features "
                + "--export npy"
        )
        {
            model,
            untrained,
            data,
            store,
            folder,
            splits,
            rate,
            overlap,
            type,
            export,
            seed,
            compute.Device,
            compute.Precision,
            compute.Threads,
            resume,
            shard,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string path = parsed.GetRequiredValue(folder).FullName;
                Resumption.Require(FeatureStore.Exists(path), path, parsed.GetValue(resume));
                var features = new FeatureOptions
                {
                    VectorsPerSecond = parsed.GetValue(rate),
                    Overlap = parsed.GetValue(overlap),
                };
                UsageException.Check(features.Validate);
                string clips = OneOf(parsed.GetValue(data), parsed.GetValue(store));
                TorchSharp.torch.Device on = compute.Begin(parsed);
                string weights = parsed.GetRequiredValue(model);
                using var target = TransferTarget.Open(clips);
                using IFeatureSource source = parsed.GetValue(untrained)
                    ? Untrained(
                        ModelFile.LoadDescription(Read.Model(weights).FullName),
                        parsed.GetValue(seed),
                        on,
                        features
                    )
                    : FeatureSources.Open(weights, on, parsed.GetValue(compute.Precision), features);
                ExtractionReport report = FeatureExtraction.RunPart(
                    source,
                    target,
                    path,
                    parsed.GetValue(shard),
                    parsed.GetValue(splits) is { Length: > 0 } wanted ? wanted.ToHashSet() : null,
                    parsed.GetValue(type),
                    output.Progress,
                    cancel
                );
                foreach (ExtractionFault fault in report.Faults)
                {
                    output.Complain($"clip {fault.Id}: {fault.Reason}");
                }

                Export(path, parsed.GetValue(export) ?? []);
                if (output.Json)
                {
                    output.Print(
                        new
                        {
                            Store = path,
                            Source = source.Info,
                            Report = report,
                        }
                    );
                }
                else
                {
                    output.Line(
                        $"{path}: {report.Extracted} clips extracted in {report.Seconds:0.0} s "
                            + $"({report.ClipsPerSecond:0.0} clips/s), {report.Present} were there before, "
                            + $"{report.Faults.Count} failed"
                    );
                    output.Line(source.Info.Description);
                }

                return report.Faults.Count > 0 ? 1 : 0;
            }
        );
    }

    private static EncoderFeatureSource Untrained(
        ModelDescription sizes,
        ulong seed,
        TorchSharp.torch.Device device,
        FeatureOptions features
    ) => EncoderFeatureSource.Untrained(sizes.Encoder, sizes.Preprocessing, seed, device, features);

    private static string OneOf(DirectoryInfo? data, DirectoryInfo? store) =>
        (data, store) switch
        {
            ({ } folder, null) => folder.FullName,
            (null, { } folder) => folder.FullName,
            _ => throw new UsageException("give the clips with --data FOLDER or --store FOLDER, one of the two."),
        };

    private static void Export(string folder, string[] forms)
    {
        if (forms.Length == 0)
        {
            return;
        }

        using var features = FeatureStore.Open(folder);
        if (forms.Contains("npy", StringComparer.Ordinal))
        {
            FeatureExport.ToNumPy(features, folder);
        }

        if (forms.Contains("safetensors", StringComparer.Ordinal))
        {
            FeatureExport.ToSafetensors(features, Path.Combine(folder, "features.safetensors"));
        }
    }
}
