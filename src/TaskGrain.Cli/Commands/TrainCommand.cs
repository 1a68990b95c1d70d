using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Ranks;
using TaskGrain.Synthesis;
using TaskGrain.Training;

namespace TaskGrain.Cli.Commands;

internal static class TrainCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> store = Options.Store;
        // The same kind of word as in other commands: a data set, which here is a generator's, by its name.
        Option<DirectoryInfo> data = Words.One(
            "--data",
            "synth:SEED",
            "Instead of a store: clips that the generator draws while the model trains, every one new. After commas "
                + "clips=N (an epoch), validation=N, contrasts, kitchenware, size=PIXELS, fps=RATE.",
            GeneratorName
        );
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<FileInfo> config = Words.One(
            "--config",
            "FILE",
            "A JSON file of values over the preset's (comments allowed).",
            Read.File
        );
        Option<RunPreset?> preset = Words.Optional(
            "--preset",
            "NAME",
            "micro, demo, study or paper (the default).",
            RunPresets.Parse
        );
        Option<string[]> set = Options.Set(
            "Any value of the configuration, such as training.stopPatience=5; may be given several times."
        );
        Option<string> from = Words.One(
            "--from",
            "FILE|NAME",
            "A model to start from, a file or a shipped one such as base: its encoder, and the classes and words of "
                + "its heads that the run has too.",
            Read.FileName
        );
        Option<bool> resume = Options.Resume;
        Value[] values =
        [
            Of(
                "--granularity",
                "GRAIN",
                "action-groups, action-categories, simplified-captions or captions.",
                GranularityNames.Parse,
                (layers, grain, name) => layers.With("granularity", grain.Name(), name)
            ),
            Of(
                "--architecture",
                "M(A-B)",
                "Features of the 3D and the 2D channel, such as \"M(256-256)\".",
                EncoderArchitecture.Parse,
                (layers, architecture, name) => layers.With("model.architecture", architecture.ToString(), name)
            ),
            Number("--seed", "Fixes every random choice.", "training.seed", Read.Seed),
            Number(
                "--epochs",
                "Most passes over the training clips.",
                "training.epochs",
                Read.Whole(1, Options.MostRounds)
            ),
            Number("--batch", "Clips a step.", "training.batchSize", Read.Whole(1, Options.MostBatch)),
            Number("--learning-rate", "Adam's learning rate.", "training.learningRate", Read.Positive()),
            Number(
                "--clip-gradients",
                "Largest norm of the gradients; 0 for no clipping.",
                "training.clipGradients",
                Read.Number(0, double.MaxValue)
            ),
            Of(
                "--lambda",
                "L",
                "Weight of classification against captioning: a number, or START:END[:SHAPE[:FROM[:LENGTH]]] with "
                    + "shapes linear, cosine, steps and epochs, such as 1:0.1:linear:2:8.",
                LossSchedule.Parse,
                (layers, schedule, name) => layers.WithLambda(schedule, name)
            ),
            Of(
                "--precision",
                "MODE",
                "auto, float32 or bfloat16.",
                Options.PrecisionWord,
                (layers, precision, name) =>
                    layers.With("machine.precision", precision.ToString().ToLowerInvariant(), name)
            ),
            Of(
                "--device",
                "DEVICE",
                "cpu, cuda, cuda:1, or auto.",
                Options.DeviceName,
                (layers, device, name) => layers.With("machine.device", device, name)
            ),
            Number(
                "--threads",
                "Threads of the computation; 0 for one a core.",
                "machine.threads",
                Read.Whole(0, ComputeDevice.MostThreads)
            ),
        ];
        var command = new Command(
            "train",
            "Train an encoder with its heads on a packed store. A run that was stopped or killed goes on with "
                + "--resume.\n"
                + "Example: taskgrain train --store store --granularity action-categories --preset demo --out run"
        )
        {
            store,
            data,
            folder,
            preset,
            config,
            set,
            from,
            resume,
        };
        foreach (Value value in values)
        {
            command.Add(value.Option);
        }

        return command.Runs(
            (parsed, output, cancel) =>
            {
                string run = parsed.GetRequiredValue(folder).FullName;
                if (RankPlace.Of(Environment.GetEnvironmentVariable)?.IsFirst ?? true)
                {
                    Resumption.Require(CheckpointStore.HoldsRun(run), run, parsed.GetValue(resume));
                }

                var layers = new ConfigurationLayers();
                if (parsed.GetValue(config) is { } file)
                {
                    layers.WithFile(file.FullName);
                }

                UsageException.Check(() =>
                {
                    if (parsed.GetValue(preset) is { } name)
                    {
                        layers.WithPreset(name);
                    }

                    foreach (string setting in parsed.GetValue(set) ?? [])
                    {
                        layers.WithSetting(setting);
                    }

                    foreach (Value value in values.Where(value => parsed.GetResult(value.Option) is not null))
                    {
                        value.Apply(parsed, layers);
                    }
                });

                string? source = parsed.GetValue(data)?.ToString() ?? parsed.GetValue(store)?.FullName;
                if (source is null && !parsed.GetValue(resume))
                {
                    throw new UsageException(
                        "A new run needs a store to train on: --store FOLDER; or the generator: --data synth:SEED."
                    );
                }

                if (parsed.GetValue(data) is not null && parsed.GetValue(store) is not null)
                {
                    throw new UsageException("name one of --store (packed clips) and --data (generated ones).");
                }

                var request = new TrainingRequest
                {
                    Out = run,
                    Store = source,
                    Generators = DrawnClips.Find,
                    Configuration = layers,
                    From = parsed.GetValue(from),
                    Resume = parsed.GetValue(resume),
                };
                return Train(request, output, cancel);
            }
        );
    }

    private static DirectoryInfo GeneratorName(string word) =>
        DrawnClipsName.IsOne(word)
            ? new DirectoryInfo(DrawnClipsName.Parse(word).ToString())
            : throw new TaskGrainException(
                "a data set is packed first (taskgrain pack --data FOLDER --store STORE) and trained on with --store; "
                    + "give synth:SEED for generated clips."
            );

    private static int Train(TrainingRequest request, CommandOutput output, CancellationToken cancel)
    {
        var observer = new TrainingObserver
        {
            Progress = output.Progress,
            Epochs = new Relay<EpochReport>(epoch => output.Note(epoch.ToString())),
            Notes = output.Notes,
        };
        using IRankGroup? ranks = RankGroups.FromEnvironment();
        bool first = ranks?.Place.IsFirst ?? true;
        if (first && ranks is not null)
        {
            output.Note($"{ranks.Place.Size} ranks, {ranks.Place.LocalSize} of them on this machine");
        }

        try
        {
            TrainingResult result = Trainer.Run(request, observer, ranks, cancel);
            ranks?.Leave();
            if (!first)
            {
                return 0;
            }

            if (output.Json)
            {
                output.Print(result);
            }
            else
            {
                output.Text($"{result}\n");
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            ranks?.Leave();
            if (!first)
            {
                throw;
            }

            output.Note($"stopped with a checkpoint; go on with: taskgrain train --out {request.Out} --resume");
            throw;
        }
    }

    private static Value Of<T>(
        string name,
        string help,
        string description,
        Func<string, T> read,
        Action<ConfigurationLayers, T, string> apply
    )
    {
        Option<T> option = Words.One(name, help, description, read);
        return new Value(option, (parsed, layers) => apply(layers, parsed.GetValue(option)!, name));
    }

    private static Value Number<T>(string name, string description, string key, Func<string, T> read) =>
        Of(
            name,
            "N",
            description,
            read,
            (layers, number, source) => layers.With(key, JsonValue.Create(number), source)
        );

    /// <summary>An option that sets one value of the configuration.</summary>
    private sealed record Value(Option Option, Action<ParseResult, ConfigurationLayers> Apply);
}
