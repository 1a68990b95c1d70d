using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Video;
using TorchSharp;

namespace TaskGrain.Tests.Evaluation;

public sealed class EvaluatorTests
{
    [Fact]
    public void Accuracies_are_those_of_predicting_clip_by_clip()
    {
        using var world = new TinyWorld(validationPerCategory: 3);
        using VideoModel model = world.Model();
        using var predictor = new VideoPredictor(model);
        Annotation[] clips = [.. world.Data.Of(Split.Validation)];
        int[] predicted = [.. clips.Select(a => predictor.Predict(world.Frames(a.Id)).Top[0].Class)];
        int[] truth = [.. clips.Select(a => a.Category)];

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions { BatchSize = 4, Workers = 2 }
        );

        AccuracyRow own = report.Accuracies[0];
        Assert.Equal(ClassificationMetrics.Accuracy(predicted, truth), own.Top1);
        Assert.Equal((9, 3, 3), (report.Clips, own.Classes, own.TopCount));
        Assert.Equal(1, own.TopK);
        Assert.Equal(clips.Select(a => a.Id), report.Results.Select(r => r.Id));
        Assert.Equal(predicted.Select(c => TinyWorld.Taxonomy.Categories[c]), report.Results.Select(r => r.Predicted));
        Assert.Equal(9, report.Confusion!.Samples);
        Assert.Equal([0, 0, 1], report.GroupOf);
        Assert.Equal(3, report.PerClass!.Count);
    }

    [Fact]
    public void A_fine_model_is_also_tested_on_groups_beside_its_baselines()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions
            {
                LinearProbe = Granularity.ActionGroups,
                Probe = new LinearProbeOptions { L2 = [0.01] },
            }
        );

        Assert.Equal(
            [
                (Granularity.ActionCategories, AccuracyMethod.Classifier),
                (Granularity.ActionGroups, AccuracyMethod.SummedFromFiner),
                (Granularity.ActionCategories, AccuracyMethod.MostFrequentOfGroup),
                (Granularity.ActionGroups, AccuracyMethod.LinearProbe),
                (Granularity.ActionCategories, AccuracyMethod.CommonestClass),
                (Granularity.ActionCategories, AccuracyMethod.Chance),
                (Granularity.ActionGroups, AccuracyMethod.CommonestClass),
                (Granularity.ActionGroups, AccuracyMethod.Chance),
            ],
            report.Accuracies.Select(r => (r.TestedOn, r.Method))
        );
        Assert.Equal(12, report.Accuracies[3].TrainingClips);

        // Two thirds of the clips are in the first group; the commonest category has a third.
        Assert.Equal(2.0 / 3, report.Accuracies[6].Top1);
        Assert.Equal(1.0 / 3, report.Accuracies[4].Top1);
        Assert.Equal(1.0 / 2, report.Accuracies[7].Top1);
        Assert.Equal(1.0 / 3, report.Accuracies[5].Top1);
        Assert.All(
            report.Accuracies.Where(r => r.Method != AccuracyMethod.Chance),
            r => Assert.InRange(r.Top1, r.Interval!.Value.Low, r.Interval.Value.High)
        );
    }

    [Fact]
    public void A_coarse_model_chooses_between_groups()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.ActionGroups);

        EvaluationReport report = Evaluator.Run(model, world.Labelled);

        Assert.Equal((Granularity.ActionGroups, 2), (report.Accuracies[0].TestedOn, report.Accuracies[0].Classes));
        Assert.Equal(AccuracyMethod.MostFrequentOfGroup, report.Accuracies[1].Method);
        Assert.Equal(["Moving", "Growing"], report.Confusion!.Names);
        Assert.Null(report.GroupOf);
    }

    [Fact]
    public void Captions_are_scored_beside_their_baselines()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);

        EvaluationReport greedy = Evaluator.Run(model, world.Labelled);
        EvaluationReport beam = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions { BeamWidth = 3, NearestNeighbours = false }
        );

        Assert.Equal(
            [CaptionMethod.Decoder, CaptionMethod.Template, CaptionMethod.NearestClip],
            greedy.Captions.Select(r => r.Method)
        );
        Assert.Equal((1, 12), (greedy.Captions[0].BeamWidth, greedy.Captions[2].TrainingClips));
        Assert.Equal(3, beam.Captions[0].BeamWidth);
        Assert.Null(beam.Caption(CaptionMethod.NearestClip));
        Assert.All(greedy.Captions, r => Assert.Equal(6, r.Scores.Captions));
        Assert.All(greedy.Results, r => Assert.NotNull(r.Caption));
        string expected = string.Join(
            ' ',
            new CaptionTargets(TinyWorld.Taxonomy).Simplified(world.Data.Of(Split.Validation).First())
        );
        Assert.Equal(expected, greedy.Results[0].TrueCaption);
    }

    [Fact]
    public void The_training_split_is_measured_with_a_caution_and_lends_itself_no_captions()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);

        EvaluationReport report = Evaluator.Run(model, world.Labelled, new EvaluationOptions { Split = Split.Train });

        Assert.Contains("trained on", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Null(report.Caption(CaptionMethod.NearestClip));
    }

    [Fact]
    public void Without_labelled_training_clips_the_model_is_measured_and_nothing_is_made_up_beside_it()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);
        var heldOut = new DataSet("held out", TinyWorld.Taxonomy, [.. world.Data.Of(Split.Validation)]);

        EvaluationReport report = Evaluator.Run(model, world.Labelled.With(heldOut));

        Assert.Equal([CaptionMethod.Decoder], report.Captions.Select(r => r.Method));
        Assert.Null(report.Accuracy(AccuracyMethod.MostFrequentOfGroup));
        Assert.Null(report.Accuracy(AccuracyMethod.CommonestClass));
        Assert.NotNull(report.Accuracy(AccuracyMethod.Chance));
        Assert.Contains("no baselines to compare captions with", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_captions_alone_has_no_classifier_to_measure()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.Captions, classifier: false);

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled,
            new EvaluationOptions
            {
                LinearProbe = Granularity.ActionCategories,
                Probe = new LinearProbeOptions { L2 = [0.01] },
            }
        );

        Assert.Null(report.Confusion);
        Assert.Null(report.PerClass);
        Assert.Equal(AccuracyMethod.LinearProbe, report.Accuracies[0].Method);
        Assert.All(report.Results, r => Assert.Null(r.Predicted));
        Assert.NotEmpty(EvaluationText.Document(report));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_models_mode_comes_back_even_after_a_fault(bool training)
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        model.SetTraining(training);

        Evaluator.Run(model, world.Labelled);
        Assert.Equal(training, model.Encoder.training);
        Assert.Equal(training, model.Classifier!.training);

        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Run(model, world.Labelled, cancel: stop.Token));
        Assert.Equal(training, model.Encoder.training);
    }

    [Fact]
    public void Evaluating_leaves_no_tensor_behind_and_gradients_possible()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);
        var options = new EvaluationOptions { LinearProbe = Granularity.ActionCategories };
        Evaluator.Run(model, world.Labelled, options);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Evaluator.Run(model, world.Labelled, options);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using var scope = torch.NewDisposeScope();
        model.Encoder.call(torch.rand([1, 3, 4, 56, 56])).sum().backward();
        Assert.Contains(model.Encoder.parameters(), p => p.grad is not null);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named_not_counted_as_wrong()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        using (torch.no_grad())
        {
            model.Classifier!.parameters().First().fill_(float.NaN);
        }

        var fault = Assert.Throws<TaskGrainException>(() => Evaluator.Run(model, world.Labelled));
        Assert.Contains("not a number", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_without_label_or_frames_are_left_out_and_told()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        Annotation[] more =
        [
            .. world.Data.Annotations,
            new Annotation
            {
                Id = "nowhere",
                Split = Split.Validation,
                Category = 0,
                Placeholders = ["cup"],
            },
            new Annotation { Id = "unlabelled", Split = Split.Validation },
        ];

        EvaluationReport report = Evaluator.Run(
            model,
            world.Labelled.With(new DataSet("tiny", TinyWorld.Taxonomy, more))
        );

        Assert.Equal(6, report.Clips);
        Assert.Contains("1 clips of the validation split have no label", report.Notes[0], StringComparison.Ordinal);
        Assert.Contains(
            "1 clips of the validation split are not in the store",
            report.Notes[1],
            StringComparison.Ordinal
        );
        Assert.Contains(report.Notes[0], EvaluationText.Summary(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_without_labels_says_which_splits_have_some()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();

        var fault = Assert.Throws<TaskGrainException>(() =>
            Evaluator.Run(model, world.Labelled, new EvaluationOptions { Split = Split.Test })
        );

        Assert.Contains("train, validation", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_matched_by_name_and_an_unknown_one_is_named()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        var turned = new Taxonomy(
            ["growing something", "Moving [something] left", "Moving [something] right"],
            ["Moving", "Growing"],
            [1, 0, 0]
        );
        DataSet other = new(
            "turned",
            turned,
            [.. world.Data.Annotations.Select(a => a with { Category = 2 - a.Category })]
        );
        var unknown = new Taxonomy(["Moving [something] right", "Flying", "Growing [something]"], ["all"], [0, 0, 0]);

        EvaluationReport same = Evaluator.Run(model, world.Labelled);
        EvaluationReport again = Evaluator.Run(model, world.Labelled.With(other));
        var fault = Assert.Throws<TaskGrainException>(() =>
            Evaluator.Run(model, world.Labelled.With(new DataSet("other", unknown, world.Data.Annotations)))
        );

        Assert.Equal(same.Accuracies[0].Top1, again.Accuracies[0].Top1);
        Assert.Equal(same.Results.Select(r => r.Truth), again.Results.Select(r => r.Truth));
        Assert.Contains("'Flying'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_another_format_are_refused()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model();
        model.Description = model.Description with
        {
            Preprocessing = model.Description.Preprocessing with { Frames = new FrameFormat(72, 64, 12) },
        };

        var fault = Assert.Throws<TaskGrainException>(() => Evaluator.Run(model, world.Labelled));
        Assert.Contains("72×64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_the_options_is_listed()
    {
        var options = new EvaluationOptions
        {
            BatchSize = 0,
            Workers = 0,
            BeamWidth = 0,
            LinearProbe = Granularity.Captions,
        };

        var fault = Assert.Throws<TaskGrainException>(options.Validate);

        Assert.Contains("batch", fault.Message, StringComparison.Ordinal);
        Assert.Contains("thread", fault.Message, StringComparison.Ordinal);
        Assert.Contains("beam", fault.Message, StringComparison.Ordinal);
        Assert.Contains("not captions", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_hold_what_the_report_says()
    {
        using var world = new TinyWorld();
        using VideoModel model = world.Model(Granularity.SimplifiedCaptions);
        using var folder = new TemporaryFolder();
        EvaluationReport report = Evaluator.Run(model, world.Labelled);

        IReadOnlyList<string> files = EvaluationFiles.Write(report, folder.File("out"));

        Assert.Equal(
            ["report.json", "report.md", "predictions.csv", "confusion.csv", "confusion.png"],
            files.Select(Path.GetFileName)
        );
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(files[0]));
        Assert.Equal(
            report.Accuracies[0].Top1,
            json.RootElement.GetProperty("accuracies")[0].GetProperty("top1").GetDouble()
        );
        Assert.Equal("simplified-captions", json.RootElement.GetProperty("trainedOn").GetString());
        Assert.Equal("validation", json.RootElement.GetProperty("split").GetString());
        Assert.Equal(
            report.Captions[0].Scores.RougeL,
            json.RootElement.GetProperty("captions")[0].GetProperty("scores").GetProperty("rougeL").GetDouble()
        );
        Assert.Contains("## Captions", File.ReadAllText(files[1]), StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(files[2]).Length);
        Assert.Equal(4, File.ReadAllLines(files[3]).Length);
        Assert.True(new FileInfo(files[4]).Length > 1000);
    }
}
