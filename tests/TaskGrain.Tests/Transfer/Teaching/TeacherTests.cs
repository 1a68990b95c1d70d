using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Teaching;
using TorchSharp;

namespace TaskGrain.Tests.Transfer.Teaching;

public sealed class TeacherTests : IDisposable
{
    /// <summary>Without the ImageNet network, which takes a second a clip.</summary>
    private static readonly TeachOptions Quick = new() { Sources = ["encoder", "encoder@clip", "motion"] };

    private readonly TemporaryFolder _folder = new();
    private readonly VideoModel _model = TinyModels.Create();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_taught_model_predicts_its_classes_from_one_file()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), classes: 3, clips: 4);
        string fresh = ColouredClips.Clip(_folder.File("fresh.mp4"), colour: 1, seed: 999);

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(clips), Quick);
        ModelFile.Save(_folder.File("mine.safetensors"), taught.Model);
        using VideoModel mine = ModelFile.Load(_folder.File("mine.safetensors"), torch.CPU, Precision.Float32);
        using var predictor = new VideoPredictor(mine);
        using var before = new VideoPredictor(taught.Model);
        Prediction prediction = predictor.Predict(fresh);

        Assert.Equal("blue", prediction.Top[0].Name);
        Assert.Equal(1, prediction.Top.Sum(entry => entry.Probability), 1e-5);
        Assert.Equal(before.Predict(fresh).Top, prediction.Top);
        Assert.Equal(["blue", "green", "red"], mine.Description.Taught!.Classes);
        Assert.True(taught.Report.ExpectedAccuracy > 0.9);
        Assert.InRange(
            taught.Report.ExpectedAccuracy,
            taught.Report.ExpectedInterval.Low,
            taught.Report.ExpectedInterval.High
        );
        Assert.Equal([4, 4, 4], taught.Report.ClipsPerClass);
        Assert.Empty(taught.Report.Problems);
    }

    [Fact]
    public void Two_clips_a_class_are_enough()
    {
        using TaughtResult taught = Teacher.Teach(
            _model,
            ClipFolder.Scan(ColouredClips.Folder(_folder.File("clips"), 2, 2)),
            Quick
        );

        Assert.Equal(2, taught.Report.Folds);
        Assert.Equal(4, taught.Report.Confusion.Sum(row => row.Sum()));
    }

    [Fact]
    public void Clips_beyond_the_shots_measure_the_result()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), 2, 5);

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(clips), Quick with { Shots = 3 });

        Assert.Equal([3, 3], taught.Report.ClipsPerClass);
        Assert.Equal(4, taught.Report.LeftOver!.Clips);
        Assert.True(taught.Report.LeftOver.Accuracy >= 0.75);
        Assert.Null(taught.Report.Test);
    }

    [Fact]
    public void A_test_split_measures_the_result_and_is_not_learned_from()
    {
        ColouredClips.Folder(_folder.File("clips/train"), 2, 3);
        Directory.CreateDirectory(_folder.File("clips/test/red"));
        Directory.CreateDirectory(_folder.File("clips/test/blue"));
        ColouredClips.Clip(_folder.File("clips/test/red/9.mp4"), colour: 0, seed: 800);
        ColouredClips.Clip(_folder.File("clips/test/blue/9.mp4"), colour: 0, seed: 900); // a red clip called blue

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(_folder.File("clips")), Quick);

        Assert.Equal(["blue", "red"], taught.Report.Classes);
        Assert.Equal([3, 3], taught.Report.ClipsPerClass);
        Assert.Equal(new MeasuredClips(Clips: 2, Right: 1), taught.Report.Test);
        Assert.Contains(
            "accuracy on the 2 clips of the test split: 50",
            TeachText.ToText(taught.Report),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_clip_in_the_wrong_folder_is_doubted()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), 2, 6);
        ColouredClips.Clip(Path.Combine(clips, "red", "wrong.mp4"), colour: 1, seed: 500);

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(clips), Quick);

        DoubtfulClip doubtful = taught.Report.Doubtful[0];
        Assert.Equal(("red/wrong.mp4", "red", "blue"), (doubtful.Path, doubtful.Class, doubtful.LooksLike));
        Assert.Contains("red/wrong.mp4", TeachText.ToText(taught.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_short_and_repeated_clips_are_left_out_and_reported()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), 2, 3);
        File.WriteAllText(Path.Combine(clips, "red", "broken.mp4"), "this is no video");
        ColouredClips.Clip(Path.Combine(clips, "red", "short.mp4"), 0, seed: 77, seconds: 0.25);
        // The same pictures in another container: the files differ.
        TaskGrain.Tests.Video.FfmpegProgram.Run(
            "-i",
            Path.Combine(clips, "blue", "0.mp4"),
            "-c",
            "copy",
            Path.Combine(clips, "blue", "copy.mkv")
        );

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(clips), Quick);

        Assert.Equal([3, 3], taught.Report.ClipsPerClass);
        Assert.Equal(
            ["blue/copy.mkv", "red/broken.mp4", "red/short.mp4"],
            taught
                .Report.Problems.Where(problem => problem.LeftOut)
                .Select(problem => problem.Path)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_class_left_with_one_clip_stops_it_with_all_reasons()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), 2, 2);
        File.WriteAllText(Path.Combine(clips, "red", "1.mp4"), "this is no video");

        string message = Assert
            .Throws<TaskGrainException>(() => Teacher.Teach(_model, ClipFolder.Scan(clips), Quick))
            .Message;

        Assert.Contains("'red' has one usable clip", message, StringComparison.Ordinal);
        Assert.Contains("red/1.mp4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_clips_and_seed_teach_the_same_model()
    {
        var clips = ClipFolder.Scan(ColouredClips.Folder(_folder.File("clips"), 2, 3));
        TeachOptions options = Quick with
        {
            Sources = ["encoder"],
            Classifiers = [ClassifierKind.Mlp, ClassifierKind.Timeline],
        };

        using TaughtResult one = Teacher.Teach(_model, clips, options);
        using TaughtResult other = Teacher.Teach(_model, clips, options with { Threads = 1 });
        ModelFile.Save(_folder.File("one.safetensors"), one.Model);
        ModelFile.Save(_folder.File("other.safetensors"), other.Model);

        Assert.Equal(
            File.ReadAllBytes(_folder.File("one.safetensors")),
            File.ReadAllBytes(_folder.File("other.safetensors"))
        );
    }

    [Fact]
    public void Folds_of_groups_share_none_and_the_report_says_for_whom_its_accuracy_is()
    {
        ColouredClips.Folder(_folder.File("clips"), 2, 4);
        TeachOptions options = Quick with { Groups = ClipGroups.Parse(Table(clip => clip < 2 ? "hall" : "shed")) };

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(_folder.File("clips")), options);

        Assert.Equal((2, 2), (taught.Report.Groups, taught.Report.Folds));
        Assert.Equal(8, taught.Report.KnownGroups!.Clips);
        string text = TeachText.ToText(taught.Report);
        Assert.Contains("expected accuracy in new rooms: ", text, StringComparison.Ordinal);
        Assert.Contains("none of the 2 groups", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_of_a_single_group_are_refused()
    {
        ColouredClips.Folder(_folder.File("clips"), 2, 2);
        TeachOptions options = Quick with { Groups = ClipGroups.Parse(Table(_ => "hall")) };

        string message = Assert
            .Throws<TaskGrainException>(() => Teacher.Teach(_model, ClipFolder.Scan(_folder.File("clips")), options))
            .Message;

        Assert.Contains("'hall'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_that_their_colours_give_away_are_warned_of()
    {
        string clips = ColouredClips.Folder(_folder.File("clips"), 3, 5);

        using TaughtResult taught = Teacher.Teach(_model, ClipFolder.Scan(clips), Quick);

        Assert.True(taught.Report.Giveaways.Single(one => one.Name == Giveaway.OneFrame).Suspicious);
        string text = TeachText.ToText(taught.Report);
        Assert.Contains("WARNING: ", text, StringComparison.Ordinal);
        Assert.Contains("every source and classifier", text, StringComparison.Ordinal);

        // Each of three sources alone, in pairs and together, with two classifiers.
        Assert.Equal(7 * 2, taught.Report.Candidates.Count);
    }

    [Fact]
    public void A_model_may_be_taught_without_any_encoder()
    {
        var clips = ClipFolder.Scan(ColouredClips.Folder(_folder.File("clips"), 2, 3));
        using VideoModel none = Teacher.WithoutEncoder(clips.Classes);

        using TaughtResult taught = Teacher.Teach(none, clips, new TeachOptions { Sources = ["motion"] });
        ModelFile.Save(_folder.File("mine.safetensors"), taught.Model);
        using var predictor = VideoPredictor.Open(_folder.File("mine.safetensors"));

        Assert.Equal("motion", taught.Report.Source);
        Assert.False(taught.Model.Description.Taught!.ReadsEncoder);
        Assert.Equal(2, predictor.Predict(Path.Combine(clips.Folder, "red", "0.mp4")).Top.Count);
    }

    private string Table(Func<int, string> groupOf)
    {
        string path = _folder.File("groups.csv");
        File.WriteAllLines(
            path,
            [
                "file,group",
                .. new[] { "red", "blue" }.SelectMany(name =>
                    Enumerable.Range(0, 4).Select(clip => $"{name}/{clip}.mp4,{groupOf(clip)}")
                ),
            ]
        );
        return path;
    }
}
