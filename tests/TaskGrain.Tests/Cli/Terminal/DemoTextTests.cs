using TaskGrain.Cli.Terminal;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Lab.Demo;
using TaskGrain.Labels;
using TaskGrain.Tests.Lab.Studies;
using TaskGrain.Training;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Cli.Terminal;

public sealed class DemoTextTests
{
    [Fact]
    public void Clips_are_shown_with_truth_answer_and_what_spoke_for_it()
    {
        string text = DemoText.Of(
            new KnownChapter(
                "base",
                174,
                [
                    Said("Picking [something] up", "Picking [something] up", "picking a mug up"),
                    Said("Picking [something] up", "Holding [something]", "holding a mug"),
                    Said(null, "Holding [something]", "holding a mug"),
                ]
            )
        );

        Assert.Contains("Picking something up (61%, right)", text, StringComparison.Ordinal);
        Assert.Contains("Holding something (61%, wrong)", text, StringComparison.Ordinal);
        Assert.Contains("Holding something (61%)", text, StringComparison.Ordinal);
        Assert.Contains("most of all at 1.5 s", text, StringComparison.Ordinal);

        // Nobody has said what the user's file shows: it is in no count.
        Assert.Contains("1 of 2 actions are right", text, StringComparison.Ordinal);
        Fits(text);
    }

    [Fact]
    public void A_training_is_told_with_chance_and_the_captions_that_need_no_look_beside_it()
    {
        EvaluationReport evaluation = Evaluation(
            Pages.Right(30, 40, AccuracyMethod.Classifier, classes: 12),
            Pages.Exact(1, 40) with
            {
                Method = CaptionMethod.Template,
            },
            Pages.Exact(10, 40)
        );

        string text = DemoText.Of(
            new LearntChapter(
                "base",
                Training(seconds: 61),
                evaluation,
                [Said("Picking [something] up", "Picking [something] up", "picking mug up")]
            )
        );

        string words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Trained from base, 2 times through 1,440 clips, in 61 s.", words, StringComparison.Ordinal);
        Assert.Contains("right 75.0% of the time", words, StringComparison.Ordinal);
        Assert.Contains("guessing: 8.3%", words, StringComparison.Ordinal);
        Assert.Contains("Of its captions 25.0% are right word for word", words, StringComparison.Ordinal);
        Assert.Contains("without looking, does 2.5%", words, StringComparison.Ordinal);
        Assert.Contains("picking mug up", text, StringComparison.Ordinal);
        Fits(text);
    }

    [Fact]
    public void The_clips_and_the_model_of_the_beginning_are_told_together_where_it_reads_them()
    {
        EvaluationReport before = Evaluation(Pages.Right(31, 40, AccuracyMethod.Classifier, classes: 174));

        string with = DemoText.Of(new DrawnChapter(2000, before) { Seconds = 130 });
        string without = DemoText.Of(new DrawnChapter(2000, Before: null) { Seconds = 12 });

        Assert.Contains("2,000 clips", with, StringComparison.Ordinal);
        Assert.Contains("2 min 10 s", with, StringComparison.Ordinal);
        Assert.Contains("77.5%", with, StringComparison.Ordinal);
        Assert.DoesNotContain("%", without, StringComparison.Ordinal);
        Fits(with);
    }

    [Fact]
    public void A_teaching_is_told_by_the_clips_it_was_tested_on()
    {
        string text = DemoText.Of(
            new TaughtChapter(
                new TeachReport
                {
                    Classes = ["Using a knife", "Using tongs"],
                    ClipsPerClass = [6, 6],
                    Source = "base",
                    Classifier = "average",
                    Candidates = [],
                    ExpectedAccuracy = 0.75,
                    ExpectedInterval = Interval.Wilson(9, 12),
                    Folds = 5,
                    Confusion = [],
                    Doubtful = [],
                    Problems = [],
                    Test = new MeasuredClips(12, 9),
                    ExtractionSeconds = 1,
                    TrainingSeconds = 1,
                }
            )
        );

        Assert.Contains("using tongs", text, StringComparison.Ordinal);
        Assert.Contains("12 other clips", text, StringComparison.Ordinal);
        Assert.Contains(
            "9 times (75.0%; guessing: 50.0%)",
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        Fits(text);
    }

    private static void Fits(string text) => Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 96));

    private static DemoPrediction Said(string? truth, string category, string caption) =>
        new(
            new DemoClip("clips/1.webm", truth, truth is null ? null : "picking a red mug up"),
            new Prediction
            {
                Top = [new ClassProbability(category, 0, 0.61)],
                Caption = caption,
                Frames = 16,
                Seconds = 4,
                Clips = 1,
            },
            "clips/1-why.png",
            1.5
        );

    private static EvaluationReport Evaluation(AccuracyRow accuracy, params CaptionRow[] captions) =>
        new()
        {
            Architecture = "M(1-1)",
            Parameters = 1,
            TrainedOn = Granularity.SimplifiedCaptions,
            Data = "made up",
            Split = Split.Test,
            Clips = 40,
            Notes = [],
            Accuracies = [accuracy],
            Captions = captions,
            Seconds = 1,
        };

    private static TrainingResult Training(double seconds) =>
        new()
        {
            BestModel = "best",
            LastModel = "last",
            Epochs = 2,
            Steps = 184,
            Ended = "all epochs done",
            BestEpoch = 2,
            BestValidation = new ValidationReport { Clips = 40 },
            TrainingClips = 1440,
            LeftOut = new Dictionary<string, int>(),
            Seconds = seconds,
            ClipsPerSecond = 45,
            WaitShare = 0,
        };
}
