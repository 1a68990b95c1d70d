using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Tests.Lab.Studies;

public sealed class StudyMeasurementTests
{
    [Fact]
    public void Rows_are_found_by_what_they_are_in_any_order()
    {
        AccuracyRow own = Pages.Right(6, 10);
        AccuracyRow probe = Pages.Right(7, 10, AccuracyMethod.LinearProbe);
        CaptionRow decoder = Pages.Exact(1, 10);
        CaptionRow template = Pages.Exact(2, 10) with { Method = CaptionMethod.Template };
        CaptionRow nearest = Pages.Exact(3, 10) with { Method = CaptionMethod.NearestClip };

        StudyMeasurement measured = StudyMeasurement.Of(
            new EvaluationReport
            {
                Architecture = "M(1-1)",
                Parameters = 1,
                TrainedOn = Granularity.SimplifiedCaptions,
                Data = "made up",
                Split = Split.Test,
                Clips = 10,
                Notes = [],
                Accuracies =
                [
                    Pages.Right(1, 10, AccuracyMethod.CommonestClass),
                    probe with
                    {
                        TestedOn = Granularity.ActionGroups,
                    },
                    probe,
                    Pages.Right(5, 10, AccuracyMethod.MostFrequentOfGroup),
                    own,
                ],
                Captions = [nearest, template, decoder],
                Seconds = 1,
            },
            new TrainingResult
            {
                BestModel = "",
                LastModel = "",
                Epochs = 1,
                Steps = 1,
                Ended = "",
                BestEpoch = 1,
                BestValidation = new ValidationReport { Clips = 1 },
                TrainingClips = 1,
                LeftOut = new Dictionary<string, int>(),
                Seconds = 12,
                ClipsPerSecond = 1,
                WaitShare = 0,
            }
        );

        Assert.Equal(
            (own, probe, decoder, template, nearest, 12.0),
            (
                measured.Categories,
                measured.Probe,
                measured.Captions,
                measured.Template,
                measured.Nearest,
                measured.TrainingSeconds
            )
        );
    }
}
