using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Explain;
using TaskGrain.Explain.Overlays;
using TaskGrain.Inference;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain explain</c>: why a model says what it says about a video.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> file = Words.Argument("FILE", "A video file.", Read.FileName);
        file.Arity = ArgumentArity.ZeroOrOne;
        Option<FileInfo> model = Options.ModelOrBase;
        Option<string[]> classes = Words.Repeated(
            "--class",
            "NAME",
            "A class to explain, or a part of its name that no other has; may be given several times. Without it the "
                + "likeliest class, and the caption where the model writes one.",
            Read.Text
        );
        Option<string> against = Words.One(
            "--against",
            "NAME",
            "Explain as well why each class and not this one.",
            Read.Text
        );
        Option<bool> words = Words.Flag("--words", "Explain every word of the caption.");
        Option<string> caption = Words.One(
            "--caption",
            "TEXT",
            "Explain the words of this caption instead of the model's own.",
            Read.Text
        );
        Option<string> layer = Words.One(
            "--layer",
            "NAME",
            "The layer whose maps are looked at; --layers lists them.",
            Read.Text
        );
        Option<bool> layers = Words.Flag("--layers", "List the model's layers; takes no file.");
        Option<MapWeights> weights = Words.One(
            "--weights",
            "WAY",
            "With what the layer's cells are weighted: cells (each by its own gradient), frames or clip (Grad-CAM's "
                + "means).",
            Read.NameOf<MapWeights>,
            MapWeights.Cells
        );
        Option<double> opacity = Words.One(
            "--opacity",
            "SHARE",
            "How much the most salient places are covered, 0 to 1.",
            Read.Number(0, 1),
            new OverlayOptions().Opacity
        );
        Option<OverlayColours> colours = Words.One(
            "--colours",
            "NAME",
            "inferno, magma or viridis; all perceptually uniform.",
            Read.NameOf<OverlayColours>,
            OverlayColours.Inferno
        );
        Option<string[]> outputs = Words.Repeated(
            "--out",
            "FILE",
            "What to write, by its ending: .png a strip, .mp4, .webm, .webp or .gif the moving video; may be given "
                + "several times. Without it a strip in the working folder, FILE-explained.png.",
            Read.FileName
        );
        var compute = new ComputeOptions();
        var command = new Command(
            "explain",
            "Show where and when a video speaks for an action or for a word of its caption (Grad-CAM).\n"
                + "Example: taskgrain explain clip.webm --out why.png --out why.mp4\n"
                + "Example: taskgrain explain clip.webm --class \"picking something up\" --against pretending"
        )
        {
            file,
            model,
            classes,
            against,
            words,
            caption,
            layer,
            layers,
            weights,
            outputs,
            opacity,
            colours,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string? video = parsed.GetValue(file);
                bool lists = parsed.GetValue(layers);
                if (video is null != lists)
                {
                    throw new UsageException(
                        lists ? "--layers takes no FILE." : "name a video FILE, or give --layers."
                    );
                }

                var look = new OverlayOptions
                {
                    Opacity = parsed.GetValue(opacity),
                    Colours = parsed.GetValue(colours),
                };
                using var explainer = VideoExplainer.Open(
                    parsed.GetRequiredValue(model).FullName,
                    compute.Begin(parsed),
                    parsed.GetValue(compute.Precision)
                );
                if (lists)
                {
                    PrintLayers(output, explainer);
                    return 0;
                }

                Explanation explanation = explainer.Explain(
                    video!,
                    new ExplainOptions
                    {
                        Classes = parsed.GetValue(classes) ?? [],
                        Against = parsed.GetValue(against),
                        Words = parsed.GetValue(words) ? true : null,
                        Caption = parsed.GetValue(caption),
                        Layer = parsed.GetValue(layer),
                        Weights = parsed.GetValue(weights),
                    },
                    cancel
                );
                string[] paths = parsed.GetValue(outputs) is { Length: > 0 } named
                    ? named
                    : [$"{Path.GetFileNameWithoutExtension(video)}-explained.png"];
                foreach (string path in paths)
                {
                    explanation.Save(path, look, cancel);
                }

                Print(output, explanation, video!, paths);
                return 0;
            }
        );
    }

    private static void PrintLayers(CommandOutput output, VideoExplainer explainer)
    {
        if (output.Json)
        {
            output.Print(explainer.Layers);
            return;
        }

        int longest = explainer.Layers.Max(layer => layer.Name.Length);
        foreach (ExplainableLayer layer in explainer.Layers)
        {
            string standard = layer.Name == explainer.DefaultLayer ? "  (default)" : "";
            output.Line(
                $"{layer.Name.PadRight(longest)} {layer.Height,3}×{layer.Width,-3}  {layer.Description}{standard}"
            );
        }
    }

    private static void Print(CommandOutput output, Explanation explanation, string file, string[] paths)
    {
        Prediction prediction = explanation.Prediction;
        if (prediction.Warning is { } warning)
        {
            output.Note($"taskgrain: {file}: {warning}");
        }

        if (output.Json)
        {
            output.Print(
                new
                {
                    file,
                    prediction,
                    explanation.Layer,
                    explanation.Times,
                    Seen = new[]
                    {
                        explanation.Seen.Left,
                        explanation.Seen.Top,
                        explanation.Seen.Right,
                        explanation.Seen.Bottom,
                    },
                    Maps = explanation.Maps.Select(map => new
                    {
                        map.Kind,
                        map.Label,
                        map.Probability,
                        map.Strength,
                        map.Profile,
                        Height = map.CellRows,
                        Width = map.CellColumns,
                        Cells = map.Cells.ToArray(),
                    }),
                    Written = paths,
                }
            );
            return;
        }

        output.Line($"{file}  ({prediction.Seconds:0.0} s, layer {explanation.Layer})");
        foreach (SaliencyMap map in explanation.Maps)
        {
            int peak = map.Profile.ToList().IndexOf(map.Profile.Max());
            string when = map.Strength > 0 ? $"most at {explanation.Times[peak]:0.0} s" : "nothing speaks for it";
            output.Line($"  {100 * map.Probability,5:0.0}%  {map.Label}  ({when})");
        }

        if (prediction.Caption is { } caption)
        {
            output.Line($"  caption: {(caption.Length == 0 ? "(no word)" : caption)}");
        }

        foreach (string path in paths)
        {
            output.Line($"  written: {Paths.Shown(path)}");
        }
    }
}
