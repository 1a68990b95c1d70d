using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using TaskGrain.Training;

namespace TaskGrain.Cli.Commands;

internal static class TrainCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Option<DirectoryInfo> store = Options.Store;
        Option<DirectoryInfo> output = Options.Out;
        output.Required = true;
        Option<FileInfo> config = new("--config")
        {
            Description = "A JSON file of values over the preset's (comments allowed).",
            HelpName = "FILE",
        };
        Option<string> preset = new("--preset")
        {
            Description = "micro, demo, study or paper (the default).",
            HelpName = "NAME",
        };
        Option<string[]> set = new("--set")
        {
            Description =
                "Any value of the configuration, such as training.stopPatience=5; may be given several times.",
            HelpName = "KEY=VALUE",
        };
        Option<FileInfo> from = new("--from")
        {
            Description = "A model to start from, such as a classifier for joint training.",
            HelpName = "FILE",
        };
        Option<bool> resume = Options.Resume;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        Value[] values =
        [
            Text(
                "--granularity",
                "action-groups, action-categories, simplified-captions or captions.",
                "GRAIN",
                "granularity",
                word => GranularityNames.Parse(word).Name()
            ),
            Text(
                "--architecture",
                "Features of the 3D and the 2D channel, such as \"M(256-256)\".",
                "M(A-B)",
                "model.architecture",
                word => Models.EncoderArchitecture.Parse(word).ToString()
            ),
            Number<ulong>("--seed", "Fixes every random choice.", "training.seed"),
            Number<int>("--epochs", "Most passes over the training clips.", "training.epochs"),
            Number<int>("--batch", "Clips a step.", "training.batchSize"),
            Number<double>("--learning-rate", "Adam's learning rate.", "training.learningRate"),
            Number<double>(
                "--clip-gradients",
                "Largest norm of the gradients; 0 for no clipping.",
                "training.clipGradients"
            ),
            Lambda(),
            Text("--precision", "auto, float32 or bfloat16.", "MODE", "machine.precision", PrecisionWord),
            Text("--device", "cpu, cuda, cuda:1, or auto.", "DEVICE", "machine.device", word => word),
            Number<int>("--threads", "Threads of the computation; 0 for one a core.", "machine.threads"),
        ];
        var command = new Command(
            "train",
            "Train an encoder with its heads on a packed store. A run that was stopped or killed goes on with "
                + "--resume.\n"
                + "Example: taskgrain train --store store --granularity action-categories --preset demo --out run"
        )
        {
            store,
            output,
            preset,
            config,
            set,
            from,
            resume,
            json,
            quiet,
        };
        foreach (Value value in values)
        {
            command.Add(value.Option);
        }

        command.SetAction(
            async (parsed, cancel) =>
            {
                var layers = new ConfigurationLayers();
                if (parsed.GetValue(config) is { } file)
                {
                    layers.WithFile(file.FullName);
                }

                Usage(() =>
                {
                    if (parsed.GetValue(preset) is { } name)
                    {
                        layers.WithPreset(RunPresets.Parse(name));
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

                if (parsed.GetValue(store) is null && !parsed.GetValue(resume))
                {
                    throw new UsageException("A new run needs a store to train on: --store FOLDER.");
                }

                var request = new TrainingRequest
                {
                    Out = parsed.GetRequiredValue(output).FullName,
                    Store = parsed.GetValue(store)?.FullName,
                    Configuration = layers,
                    From = parsed.GetValue(from)?.FullName,
                    Resume = parsed.GetValue(resume),
                };
                using var progress = new ProgressPrinter(parsed.GetValue(quiet));
                var observer = new TrainingObserver
                {
                    Progress = progress,
                    Epochs = new Relay<EpochReport>(epoch => progress.Note(epoch.ToString())),
                    Notes = new Relay<string>(progress.Note),
                };
                try
                {
                    // On a thread of its own, so that Ctrl-C finds this one free.
                    TrainingResult result = await Task.Run(
                        () => Trainer.Run(request, observer, cancel),
                        CancellationToken.None
                    );
                    progress.Dispose();
                    Console.Out.WriteLine(
                        parsed.GetValue(json) ? JsonSerializer.Serialize(result, Json) : result.ToString()
                    );
                    return 0;
                }
                catch (OperationCanceledException)
                {
                    progress.Note(
                        $"stopped with a checkpoint; go on with: taskgrain train --out {request.Out} --resume"
                    );
                    throw;
                }
            }
        );
        return command;
    }

    private static Value Text(string name, string description, string help, string key, Func<string, string> check)
    {
        var option = new Option<string>(name) { Description = description, HelpName = help };
        return new Value(option, (parsed, layers) => layers.With(key, check(parsed.GetRequiredValue(option)), name));
    }

    private static Value Number<T>(string name, string description, string key)
        where T : struct
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N" };
        return new Value(option, (parsed, layers) => layers.With(key, JsonValue.Create(parsed.GetValue(option)), name));
    }

    private static Value Lambda()
    {
        var option = new Option<string>("--lambda")
        {
            Description =
                "Weight of classification against captioning: a number, or START:END[:SHAPE[:FROM[:LENGTH]]] with "
                + "shapes linear, cosine, steps and epochs, such as 1:0.1:linear:2:8.",
            HelpName = "L",
        };
        return new Value(
            option,
            (parsed, layers) => layers.WithLambda(LossSchedule.Parse(parsed.GetRequiredValue(option)), "--lambda")
        );
    }

    private static string PrecisionWord(string word) =>
        Enum.TryParse(word, ignoreCase: true, out Precision precision) && Enum.IsDefined(precision)
            ? precision.ToString().ToLowerInvariant()
            : throw new TaskGrainException($"'{word}' is no precision; use auto, float32 or bfloat16.");

    /// <summary>A word on the command line that cannot be meant is wrong usage, not a failure.</summary>
    private static void Usage(Action read)
    {
        try
        {
            read();
        }
        catch (TaskGrainException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    /// <summary>An option that sets one value of the configuration.</summary>
    private sealed record Value(Option Option, Action<ParseResult, ConfigurationLayers> Apply);
}
