using System.Globalization;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Lab.Baselines;

/// <summary>The page of the comparison, from its report alone.</summary>
internal static class BaselinePage
{
    /// <summary>Makes the page.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="options">What it was made with.</param>
    /// <param name="origin">How it came about.</param>
    public static StudyPage Of(BaselineReport report, BaselineStudyOptions options, StudyOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        BaselineOptions training = report.Training;
        origin = origin with { Options = origin.Options with { Store = options.Data } };
        int seeds = options.Seeds;
        string runs = $"{seeds} run{(seeds == 1 ? "" : "s")}";
        StudyPage page = new StudyPage(
            "Baselines: what frames alone tell",
            "The paper's Section 5.2: small networks are trained on the features that a frozen network of images gives "
                + "for every frame, and set beside the two-channel encoder, which sees the film. Paper, on real data: "
                + "single frame < averaged frames < LSTM < two-channel encoder."
        )
            .Paragraph("## Classification (Table 3)")
            .Table(BaselineText.AccuracyColumns, BaselineText.AccuracyRows(report))
            .Paragraph(BaselineText.Weights(report))
            .Paragraph(
                $"Percent of {report.Clips} {report.Split.Name()} clips of {report.Classes} categories; mean and 95% "
                    + "interval "
                    + $"of the mean (Student's t) over {runs}, which differ in weights and order of clips, and the "
                    + "Wilson interval of the mean over clips. The paper's figures are on Something-Something V2 and "
                    + "its "
                    + "174 categories: their order can be compared with ours, not their height."
            )
            .Paragraph("### Differences, seed by seed")
            .Table(StudyComparison.Columns, BaselineText.DifferenceRows(report))
            .Paragraph(BaselineText.Verdicts(report))
            .Paragraph("Percentage points; runs with the same seed are paired.");
        if (report.Captions.Count > 0)
        {
            page.Paragraph("## Captions (Table 4)")
                .Table(BaselineText.CaptionColumns, BaselineText.CaptionRows(report))
                .Paragraph(BaselineText.Weights(report))
                .Paragraph(
                    $"{Capital(BaselineText.Grain(report))}; percent but CIDEr, over the same runs. Captions are "
                        + "written with "
                        + "the previous prediction fed back; the paper's baseline rows look as if the true words were "
                        + "given (their overlap with the truth is above that of its better models while fewer of them "
                        + "match it). Classification is that of the LSTM classifier on the same weights, or the "
                        + "encoder's own. The template baseline is the predicted category with the likeliest objects."
                );
        }

        foreach (string note in report.Notes)
        {
            page.Paragraph(note);
        }

        return page.Paragraph("## How it was made")
            .Paragraph(
                origin.ToMarkdown(
                    report.Split,
                    [Method(report, training), Seconds(report), .. Encoders(report, origin)]
                )
            );
    }

    private static string Method(BaselineReport report, BaselineOptions training) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"- baselines: {training.Frames} frames at {training.FramesPerSecond:0.###} a second (a random start in "
                + $"training, the middle in the test; shorter clips padded by their ends), features standardised on "
                + $"the {report.TrainingClips} training clips; Adam {training.LearningRate} on a cosine, batches of "
                + $"{training.BatchSize}, dropout {training.Dropout} before "
                + $"the last layer, at most {training.Epochs} epochs, ended after "
                + $"{training.Patience} without a better validation, the epoch of the best validation kept (captions: "
                + $"of the lowest loss)"
        );

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Seconds(BaselineReport report) =>
        "- training time of all baselines on this page: "
        + $"{TimeSpan.FromSeconds(report.Runs.Sum(run => run.Seconds)):h\\:mm\\:ss}";

    private static IEnumerable<string> Encoders(BaselineReport report, StudyOrigin origin)
    {
        BaselineModelRun[] trained = [.. report.Models.SelectMany(model => model.Runs).Where(run => run.Seconds > 0)];
        if (trained.Length == 0)
        {
            return [];
        }

        RunConfiguration run = origin.Configuration;
        string settings =
            origin.Options.Settings.Count == 0
                ? ""
                : $"; set over the preset: {string.Join(", ", origin.Options.Settings)}";
        return
        [
            $"- {run.Model.Architecture}, trained here: {trained.Length} run{(trained.Length == 1 ? "" : "s")}, "
                + $"{run.Clip.Frames} frames (every {run.Clip.FrameStride}.) of {run.Clip.CropSize}×"
                + $"{run.Clip.CropSize}, {run.Training.Epochs} epochs of batches of {run.Training.BatchSize}"
                + $"{settings}; "
                + $"{TimeSpan.FromSeconds(trained.Sum(one => one.Seconds)):h\\:mm\\:ss} of training",
        ];
    }
}
