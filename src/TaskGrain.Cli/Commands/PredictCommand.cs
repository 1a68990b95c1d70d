using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Runtime;

namespace TaskGrain.Cli.Commands;

internal static class PredictCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Argument<string[]> files = new("FILE") { Description = "Video files.", Arity = ArgumentArity.OneOrMore };
        Option<FileInfo> model = Options.Model;
        model.Required = true;
        Option<int> top = new("--top")
        {
            Description = "Classes to name; fewer where the model knows fewer.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        Option<string> clips = new("--clips")
        {
            Description =
                "centre looks at the middle of the video; a number of clips is spread over the whole video and "
                + "averaged. Taught classes are told from the whole video anyway.",
            HelpName = "centre|N",
            DefaultValueFactory = _ => "centre",
        };
        Option<int> beam = new("--beam")
        {
            Description = "Captions a beam search keeps; 1 takes the likeliest word at every step.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<string> device = Options.Device;
        Option<Precision> precision = Options.PrecisionMode;
        Option<int> threads = Options.Threads;
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
        var command = new Command(
            "predict",
            "Name the likeliest actions in video files, with a caption where the model can write one. A file that "
                + "cannot be read is reported, the others are done.\n"
                + "Example: taskgrain predict --model run/best.safetensors clip1.webm clip2.mp4"
        )
        {
            files,
            model,
            top,
            clips,
            beam,
            device,
            precision,
            threads,
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new PredictionOptions
                {
                    Top = parsed.GetValue(top),
                    Clips = ClipCount(parsed.GetRequiredValue(clips)),
                    BeamWidth = parsed.GetValue(beam),
                };
                UsageException.Check(options.Validate);
                ComputeDevice.SetThreads(parsed.GetValue(threads));
                using VideoModel loaded = ModelFile.Load(
                    parsed.GetRequiredValue(model).FullName,
                    ComputeDevice.Parse(parsed.GetRequiredValue(device)),
                    parsed.GetValue(precision)
                );
                using var predictor = new VideoPredictor(loaded);
                var results = new List<FilePrediction>();
                foreach (string file in parsed.GetRequiredValue(files))
                {
                    FilePrediction result = Predict(predictor, file, options, cancel);
                    results.Add(result);
                    if (result.Error is not null)
                    {
                        Console.Error.WriteLine($"taskgrain: {result.Error}");
                    }
                    else if (!parsed.GetValue(json))
                    {
                        Print(result, parsed.GetValue(quiet));
                    }
                }

                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(JsonSerializer.Serialize(results, Json));
                }

                return Task.FromResult(results.Any(r => r.Error is not null) ? 1 : 0);
            }
        );
        return command;
    }

    private static int ClipCount(string word) =>
        word is "centre" or "center" ? 1
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 ? count
        : throw new UsageException($"'{word}' is no number of clips; use centre, or 1 or more.");

    private static FilePrediction Predict(
        VideoPredictor predictor,
        string file,
        PredictionOptions options,
        CancellationToken cancel
    )
    {
        try
        {
            return new FilePrediction(file, predictor.Predict(file, options, cancel), null);
        }
        catch (Exception fault) when (fault is TaskGrainException or IOException or UnauthorizedAccessException)
        {
            return new FilePrediction(file, null, fault.Message);
        }
    }

    private static void Print(FilePrediction result, bool quiet)
    {
        Prediction prediction = result.Prediction!;
        if (prediction.Warning is { } warning && !quiet)
        {
            Console.Error.WriteLine($"taskgrain: {result.File}: {warning}");
        }

        string clips =
            prediction.Clips == 1
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $", mean of {prediction.Clips} clips");
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{result.File}  ({prediction.Seconds:0.0} s{clips})")
        );
        foreach (ClassProbability entry in prediction.Top)
        {
            Console.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {100 * entry.Probability, 5:0.0}%  {entry.Name}")
            );
        }

        if (prediction.Caption is { } caption)
        {
            Console.Out.WriteLine($"  caption: {(caption.Length == 0 ? "(no word)" : caption)}");
        }
    }

    /// <summary>A file's prediction, or why there is none.</summary>
    private sealed record FilePrediction(string File, Prediction? Prediction, string? Error);
}
