using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Cli.Commands;

internal static class ExtractCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        Option<string> model = new("--model")
        {
            Description =
                "A model file (.safetensors), a network trained elsewhere (.safetensors of weights import, .onnx), or "
                + $"a name: {string.Join(", ", FeatureSources.Names)}.",
            HelpName = "FILE|NAME",
            Required = true,
        };
        Option<bool> untrained = new("--untrained")
        {
            Description = "Use only the model's sizes, with random weights drawn from --seed (computes in float32).",
        };
        Option<DirectoryInfo> data = Options.Data;
        Option<DirectoryInfo> store = Options.Store;
        Option<DirectoryInfo> output = Options.Out;
        output.Required = true;
        Option<string[]> splits = new("--splits")
        {
            Description = "Which clips: train, validation, test. All of them by default.",
            HelpName = "SPLIT",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<double> rate = new("--rate")
        {
            Description = "Vectors for a second of video.",
            HelpName = "N",
            DefaultValueFactory = _ => 12,
        };
        Option<double> overlap = new("--overlap")
        {
            Description = "Share of a window in common with the next, for videos longer than a window.",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 0.5,
        };
        Option<string> type = new("--type")
        {
            Description = "float32 (exact) or float16 (half the space).",
            HelpName = "TYPE",
            DefaultValueFactory = _ => "float32",
        };
        type.AcceptOnlyFromAmong("float32", "float16");
        Option<string[]> export = new("--export")
        {
            Description = "Also write npy and/or safetensors files into --out.",
            HelpName = "FORM",
            AllowMultipleArgumentsPerToken = true,
        };
        export.AcceptOnlyFromAmong("npy", "safetensors");
        Option<ulong> seed = Options.Seed;
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> resume = Options.Resume;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
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
            output,
            splits,
            rate,
            overlap,
            type,
            export,
            seed,
            device,
            precision,
            threads,
            resume,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                string folder = parsed.GetRequiredValue(output).FullName;
                RequireResume(folder, parsed.GetValue(resume));
                var features = new FeatureOptions
                {
                    VectorsPerSecond = parsed.GetValue(rate),
                    Overlap = parsed.GetValue(overlap),
                };
                features.Validate();
                HashSet<Split>? wanted = ReadSplits(parsed.GetValue(splits) ?? []);
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                TorchSharp.torch.Device on = ComputeDevice.Parse(parsed.GetRequiredValue(device));
                string path = parsed.GetRequiredValue(model);
                using var target = TransferTarget.Open(OneOf(parsed.GetValue(data), parsed.GetValue(store)));
                using IFeatureSource source = parsed.GetValue(untrained)
                    ? Untrained(ModelFile.LoadDescription(path), parsed.GetValue(seed), on, features)
                    : FeatureSources.Open(path, on, parsed.GetValue(precision), features);
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                ExtractionReport report = FeatureExtraction.Run(
                    source,
                    target,
                    folder,
                    wanted,
                    parsed.GetValue(type) == "float16" ? FeatureType.Float16 : FeatureType.Float32,
                    progress,
                    cancel
                );
                foreach (ExtractionFault fault in report.Faults)
                {
                    Console.Error.WriteLine($"taskgrain: clip {fault.Id}: {fault.Reason}");
                }

                Export(folder, parsed.GetValue(export) ?? []);
                Console.Out.WriteLine(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(
                            new
                            {
                                Store = folder,
                                Source = source.Info,
                                Report = report,
                            },
                            Json
                        )
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{folder}: {report.Extracted} clips extracted in {report.Seconds:0.0} s "
                                + $"({report.ClipsPerSecond:0.0} clips/s), {report.Present} were there before, "
                                + $"{report.Faults.Count} failed\n{source.Info.Description}"
                        )
                );
                return Task.FromResult(report.Faults.Count > 0 ? 1 : 0);
            }
        );
        return command;
    }

    private static EncoderFeatureSource Untrained(
        ModelDescription sizes,
        ulong seed,
        TorchSharp.torch.Device device,
        FeatureOptions features
    ) => EncoderFeatureSource.Untrained(sizes.Encoder, sizes.Preprocessing, seed, device, features);

    private static void RequireResume(string folder, bool resume)
    {
        if (!resume && FeatureStore.Exists(folder))
        {
            throw new UsageException(
                $"{folder} holds features already; add --resume to go on with them, or choose another --out."
            );
        }
    }

    private static string OneOf(DirectoryInfo? data, DirectoryInfo? store) =>
        (data, store) switch
        {
            ({ } folder, null) => folder.FullName,
            (null, { } folder) => folder.FullName,
            _ => throw new UsageException("give the clips with --data FOLDER or --store FOLDER, one of the two."),
        };

    private static HashSet<Split>? ReadSplits(string[] words)
    {
        HashSet<Split> splits = [];
        foreach (string word in words)
        {
            splits.Add(
                SplitNames.TryParse(word, out Split split)
                    ? split
                    : throw new UsageException($"'{word}' is not a split; use train, validation or test.")
            );
        }

        return splits.Count > 0 ? splits : null;
    }

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
