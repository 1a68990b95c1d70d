using System.CommandLine;
using System.Text.Json.Serialization;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference;
using TaskGrain.Models;

namespace TaskGrain.Cli.Commands;

internal static class PredictCommand
{
    private const int MostClips = 1000;

    public static Command Create()
    {
        Argument<string[]> files = Words.Arguments("FILE", "Video files.", Read.FileName);
        Option<FileInfo> model = Options.ModelOrBase;
        Option<int> top = Options.Top("Classes to name; fewer where the model knows fewer.", 5);
        Option<int> clips = Words.One(
            "--clips",
            "centre|N",
            "centre looks at the middle of the video; a number of clips is spread over the whole video and averaged. "
                + "Taught classes are told from the whole video anyway.",
            ClipCount
        );
        Option<int> beam = Options.Beam;
        var compute = new ComputeOptions();
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
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                var options = new PredictionOptions
                {
                    Top = parsed.GetValue(top),
                    Clips = parsed.GetResult(clips) is null ? 1 : parsed.GetValue(clips),
                    BeamWidth = parsed.GetValue(beam),
                };
                UsageException.Check(options.Validate);
                using VideoModel loaded = compute.Load(parsed, parsed.GetRequiredValue(model).FullName);
                using var predictor = new VideoPredictor(loaded);
                var results = new List<FilePrediction>();
                foreach (string file in parsed.GetRequiredValue(files))
                {
                    FilePrediction result = Predict(predictor, file, options, cancel);
                    results.Add(result);
                    if (result.Error is not null)
                    {
                        output.Complain(result.Error);
                    }
                    else if (!output.Json)
                    {
                        Print(output, result);
                    }
                }

                if (output.Json)
                {
                    output.Print(results);
                }

                return results.Any(r => r.Error is not null) ? 1 : 0;
            }
        );
    }

    private static int ClipCount(string word) =>
        word is "centre" or "center" ? 1
        : int.TryParse(word, out _) ? Read.Whole(1, MostClips)(word)
        : throw new TaskGrainException($"use centre, or a number of clips from 1 to {MostClips}.");

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

    private static void Print(CommandOutput output, FilePrediction result)
    {
        Prediction prediction = result.Prediction!;
        if (prediction.Warning is { } warning)
        {
            output.Note($"taskgrain: {result.File}: {warning}");
        }

        string clips = prediction.Clips == 1 ? "" : $", mean of {prediction.Clips} clips";
        output.Line($"{result.File}  ({prediction.Seconds:0.0} s{clips})");
        foreach (ClassProbability entry in prediction.Top)
        {
            output.Line($"  {100 * entry.Probability,5:0.0}%  {entry.Name}");
        }

        if (prediction.Caption is { } caption)
        {
            output.Line($"  caption: {(caption.Length == 0 ? "(no word)" : caption)}");
        }
    }

    /// <summary>A file's prediction, or why there is none.</summary>
    private sealed record FilePrediction(
        string File,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Prediction? Prediction,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error
    );
}
