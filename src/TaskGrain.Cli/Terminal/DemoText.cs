using System.Globalization;
using System.Text;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Demo;
using TaskGrain.Training;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Cli.Terminal;

/// <summary>The demo's story, part by part.</summary>
internal static class DemoText
{
    private const int Width = 96;
    private const string Indent = "   ";

    /// <summary>What is said before anything is done.</summary>
    public static string Beginning() =>
        Paragraph(
            "",
            "TaskGrain learns to tell what happens in a video and to say it in a sentence. Here it does so with drawn "
                + "clips, in a few minutes. If you stop it, the same command goes on from there."
        );

    /// <summary>What a part found.</summary>
    public static string Of(DemoChapter chapter) =>
        chapter switch
        {
            KnownChapter known => Known(known),
            DrawnChapter drawn => Drawn(drawn),
            LearntChapter learnt => Learnt(learnt),
            TaughtChapter taught => Taught(taught),
            _ => throw new InvalidOperationException($"no such chapter: {chapter.GetType().Name}"),
        };

    /// <summary>Where everything is, and what to do next.</summary>
    public static string Ending(DemoReport report) =>
        new StringBuilder()
            .Append("\n4. See for yourself\n")
            .Append(
                Paragraph(
                    Indent,
                    "Curves, tables, who was taken for whom, and moving clips with what spoke for each answer, on one "
                        + "page for your browser:"
                )
            )
            .Append(CultureInfo.InvariantCulture, $"\n{Indent}{Paths.Shown(report.Page)}\n\n")
            .Append(CultureInfo.InvariantCulture, $"{Indent}With clips of your own:\n")
            .Append(CultureInfo.InvariantCulture, $"{Indent}  ./taskgrain explain YOUR-CLIP.mp4\n")
            .Append(CultureInfo.InvariantCulture, $"{Indent}  ./taskgrain predict YOUR-CLIP.mp4 ")
            .Append(CultureInfo.InvariantCulture, $"--model {Paths.Shown(report.Model)}\n")
            .Append(CultureInfo.InvariantCulture, $"{Indent}  ./taskgrain teach --clips A-FOLDER-A-CLASS ")
            .Append("--out mine.safetensors\n\n")
            .Append(CultureInfo.InvariantCulture, $"{Indent}{Time(report.Seconds)} in all.\n")
            .ToString();

    private static string Known(KnownChapter chapter)
    {
        var text = new StringBuilder("\n1. What it knows already\n");
        text.Append(
            Paragraph(
                Indent,
                $"The model that comes with it, {chapter.Model}, has learnt {chapter.Classes} actions from drawn "
                    + $"clips. These are new to it:"
            )
        );
        foreach (DemoPrediction clip in chapter.Clips)
        {
            text.Append('\n');
            Row(text, "clip", Paths.Shown(clip.Clip.File));
            if (clip.Clip.TrueCaption is { } truth)
            {
                Row(text, "shows", truth);
            }

            double share = clip.Prediction.Top[0].Probability;
            string verdict = clip.Right switch
            {
                true => ", right",
                false => ", wrong",
                null => "",
            };
            Row(text, "action", $"{Plain(clip.Prediction.Top[0].Name)} ({100 * share:0}%{verdict})");
            if (clip.Prediction.Caption is { } caption)
            {
                Row(text, "caption", caption);
            }

            if (clip.Overlay is { } overlay)
            {
                Row(text, "why", $"{Paths.Shown(overlay)}, most of all at {clip.Peak:0.0} s");
            }
        }

        int known = chapter.Clips.Count(clip => clip.Right is not null);
        int right = chapter.Clips.Count(clip => clip.Right == true);
        text.Append('\n')
            .Append(
                Paragraph(
                    Indent,
                    $"{right} of {known} actions are right; the things in its captions are mostly guessed, so far. "
                        + "The pictures show where and when a clip spoke for the action and for every word."
                )
            );
        return text.ToString();
    }

    private static string Drawn(DrawnChapter chapter)
    {
        string before = "";
        if (chapter.Before?.Accuracy(AccuracyMethod.Classifier) is { } row)
        {
            before =
                $" It never learns from {chapter.Before.Clips} of them. On these the model of the beginning is right "
                + $"{Share(row.Top1)} of the time, choosing among all its {row.Classes} actions.";
        }

        return "\n2. Learning twelve actions, and sentences that fit\n"
            + Paragraph(
                Indent,
                $"{chapter.Clips:#,0} clips of twelve actions with a dozen everyday things, drawn in "
                    + $"{Time(chapter.Seconds)}.{before}"
            );
    }

    private static string Learnt(LearntChapter chapter)
    {
        TrainingResult training = chapter.Training;
        AccuracyRow own = chapter.Evaluation.Accuracy(AccuracyMethod.Classifier)!;
        var text = new StringBuilder();
        text.Append('\n')
            .Append(
                Paragraph(
                    Indent,
                    $"Trained from {chapter.From ?? "scratch"}, {training.Epochs} times through "
                        + $"{training.TrainingClips:#,0} clips, in {Time(training.Seconds)}. Now it is right "
                        + $"{Share(own.Top1)} of the time ({Interval(own)}guessing: {Share(1.0 / own.Classes)})."
                )
            );
        if (chapter.Evaluation.Caption(CaptionMethod.Decoder) is { } captions)
        {
            string template = chapter.Evaluation.Caption(CaptionMethod.Template) is { } filled
                ? $" Putting the commonest things into the action's sentence, without looking, does "
                    + $"{Share(filled.Scores.ExactMatch)} and {filled.Scores.Cider:0.00}."
                : "";
            text.Append('\n')
                .Append(
                    Paragraph(
                        Indent,
                        $"Of its captions {Share(captions.Scores.ExactMatch)} are right word for word, CIDEr "
                            + $"{captions.Scores.Cider:0.00}.{template} The same clips again:"
                    )
                )
                .Append('\n');
        }

        foreach (DemoPrediction clip in chapter.Again)
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(clip.Clip.File));
            Row(text, name, clip.Prediction.Caption ?? Plain(clip.Prediction.Top[0].Name));
            if (clip.Clip.TrueCaption is { } truth)
            {
                Row(text, "", $"({truth})");
            }
        }

        return text.ToString();
    }

    private static string Taught(TaughtChapter chapter)
    {
        TeachReport teaching = chapter.Teaching;
        string measured = teaching.Test is { } test
            ? $" On {test.Clips} other clips it is right {test.Right} times ({Share(test.Accuracy)}; guessing: "
                + $"{Share(1.0 / teaching.Classes.Count)})."
            : "";
        return "\n3. Something new from a few clips\n"
            + Paragraph(
                Indent,
                $"{teaching.Classes.Count} actions in a kitchen, a place it has never been to, "
                    + $"{teaching.ClipsPerClass.Max()} clips of each, taught in {Time(chapter.Seconds)}:"
            )
            + string.Concat(teaching.Classes.Select(name => $"{Indent}  {name.ToLowerInvariant()}\n"))
            + Paragraph(
                Indent,
                $"It expected to be right {Share(teaching.ExpectedAccuracy)} of the time, judging by the clips it "
                    + $"had.{measured} You can do the same with clips of your own."
            );
    }

    private static string Plain(string category) =>
        category.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static string Share(double share) => $"{Percent.Of(share)}%";

    private static string Interval(AccuracyRow row) =>
        row.Interval is { } interval ? $"95% interval {Percent.Of(interval)}; " : "";

    private static string Time(double seconds) =>
        seconds < 99.5
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, seconds):0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s");

    private static void Row(StringBuilder text, string name, string what) =>
        text.Append(CultureInfo.InvariantCulture, $"{Indent}  {name.PadRight(9)} {what}\n");

    /// <summary>Text broken into lines.</summary>
    private static string Paragraph(string indent, string text)
    {
        var lines = new StringBuilder(indent);
        int column = indent.Length;
        foreach (string word in text.Split(' '))
        {
            if (column > indent.Length && column + 1 + word.Length > Width)
            {
                lines.Append('\n').Append(indent);
                column = indent.Length;
            }
            else if (column > indent.Length)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.Append('\n').ToString();
    }
}
