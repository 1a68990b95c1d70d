using System.Text.RegularExpressions;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Tests.Lab.Studies;

/// <summary>Every study from nothing to its page, with models that hardly learn.</summary>
public sealed class StudyTests : IDisposable
{
    private const string Command = "taskgrain reproduce this";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Captions_are_compared_over_seeds_and_a_second_call_measures_nothing_again()
    {
        StudyWorkspace workspace = Workspace(repeats: 2);
        string page = _folder.File("captions.md");

        CaptionStudy.Run(workspace, Command, page, CancellationToken.None);

        string text = Text(page);
        Assert.Equal(["so+fg-1", "so+fg-2", "so-1", "so-2"], Models());
        Assert.Contains($"- command: `{Command}`", text, StringComparison.Ordinal);

        Dictionary<string, DateTime> before = Times();
        File.Delete(page);
        CaptionStudy.Run(Workspace(repeats: 2), Command, page, CancellationToken.None);
        Assert.Equal(before, Times());
        Assert.Equal(WithoutTheEnd(text), WithoutTheEnd(Text(page)));

        CaptionStudy.Run(Workspace(repeats: 2, further: 1), Command, page, CancellationToken.None);
        Assert.NotEqual(WithoutTheEnd(text), WithoutTheEnd(Text(page)));
        Assert.Equal(["so+fg+1-1", "so+fg-1", "so+fg-2", "so-1", "so-2"], Models());
    }

    [Fact]
    public void A_model_made_with_other_settings_or_other_clips_is_not_taken_for_this_one()
    {
        StudyWorkspace workspace = Workspace(repeats: 1);
        workspace.Train(SourceTask.Groups, 1, CancellationToken.None);

        string Fault(StudyOptions options) =>
            Assert
                .Throws<TaskGrainException>(() =>
                    new StudyWorkspace(options).Train(SourceTask.Groups, 1, CancellationToken.None)
                )
                .Message;

        Assert.Contains(
            "trained for 1 epochs, and 2 are asked for",
            Fault(workspace.Options with { Settings = ["training.epochs=2"] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "training.batchSize",
            Fault(workspace.Options with { Settings = ["training.epochs=1", "training.batchSize=3"] }),
            StringComparison.Ordinal
        );
        Assert.Contains("other clips", Fault(workspace.Options with { Clips = 110 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_was_moved_has_its_models_where_it_is_now()
    {
        StudyWorkspace workspace = Workspace(repeats: 1);
        TrainingResult trained = workspace.Train(SourceTask.Groups, 1, CancellationToken.None);
        string moved = _folder.File("moved");
        Directory.Move(workspace.Options.Folder, moved);

        TrainingResult there = new StudyWorkspace(workspace.Options with { Folder = moved }).Train(
            SourceTask.Groups,
            1,
            CancellationToken.None
        );

        Assert.Equal(trained.Seconds, there.Seconds);
        Assert.StartsWith(moved, there.BestModel, StringComparison.Ordinal);
        Assert.True(File.Exists(there.BestModel));
        Assert.True(File.Exists(there.LastModel));
    }

    [Fact]
    public void Precisions_have_models_of_their_own_on_the_same_clips()
    {
        StudyWorkspace workspace = Workspace(repeats: 2);
        string page = _folder.File("precision.md");

        PrecisionStudy.Run(workspace, Command, page, CancellationToken.None);

        Assert.Equal(["fg-bfloat16-1", "fg-bfloat16-2", "fg-float32-1", "fg-float32-2"], Models());
        Assert.Contains(
            "\"precision\": \"float32\"",
            File.ReadAllText(_folder.File("studies/models/fg-float32-1/config.json")),
            StringComparison.Ordinal
        );
        Assert.Contains($"- command: `{Command}`", Text(page), StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(_folder.File("studies"), "something"));
    }

    /// <summary>The other source reads frames of another size, which are drawn for it.</summary>
    [Fact]
    public void Transfer_compares_five_grains_an_untrained_encoder_and_other_sources()
    {
        string other = _folder.File("other.safetensors");
        using (var model = new VideoModel(OtherModel()))
        {
            model.Save(other);
        }

        StudyWorkspace workspace = Workspace(repeats: 1, others: [other]);
        string page = _folder.File("transfer.md");

        GranularityTransferStudy.Run(workspace, Command, page, CancellationToken.None);

        Assert.Equal(["captions+fg-1", "captions-1", "cg-1", "fg-1", "so+fg-1"], Models());
        string text = Text(page);
        foreach (
            string source in GranularityTransferStudy
                .Tasks.Select(task => task.Title)
                .Append("random")
                .Append("other.safetensors")
        )
        {
            Assert.Contains($"| {source} |", text, StringComparison.Ordinal);
        }

        Assert.Contains("(transfer-figure5.png)", text, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("transfer-figure5.png")));
        Assert.True(File.Exists(_folder.File("transfer-figure5.svg")));
    }

    [Fact]
    public void The_motion_study_sets_the_film_beside_frames_and_words()
    {
        string page = _folder.File("generator.md");

        MotionStudy.Run(Workspace(repeats: 1), Command, page, CancellationToken.None);

        Assert.Equal(["fg-1"], Models());
        string text = Text(page);
        foreach (string category in Contrasts.Categories.Take(3))
        {
            Assert.Contains($"| {category} |", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_studied_is_said_at_once()
    {
        var options = new StudyOptions
        {
            Folder = _folder.Path,
            Clips = 20,
            Repeats = 0,
            TargetClips = 13,
        };

        string message = Assert.Throws<TaskGrainException>(options.Validate).Message;

        Assert.Contains("a study on 20 clips decides nothing", message, StringComparison.Ordinal);
        Assert.Contains("at least once, not 0 times", message, StringComparison.Ordinal);
        Assert.Contains("13 clips of 13 kitchenware classes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_no_name_and_no_file_is_refused() =>
        Assert.Contains(
            "'imagnet' is no shipped model",
            Assert.Throws<TaskGrainException>(() => OtherSource.Of("imagnet")).Message,
            StringComparison.Ordinal
        );

    private static ModelDescription OtherModel() =>
        new()
        {
            Encoder = new EncoderOptions
            {
                Architecture = EncoderArchitecture.Parse("M(16-16)"),
                LstmHidden = 8,
                FeatureSize = 16,
                CropSize = 56,
                FinalPool = 1,
            },
            Preprocessing = new Preprocessing
            {
                Frames = new FrameFormat(60, 60, 4),
                Clip = new ClipSamplerOptions { Frames = 4, CropSize = 56 },
            },
            Granularity = Granularity.ActionCategories,
            Taxonomy = TinyWorld.Taxonomy,
            Classifier = ClassifierPooling.MeanFeatures,
        };

    private StudyWorkspace Workspace(int repeats, int further = 0, string[]? others = null) =>
        new(
            new StudyOptions
            {
                Folder = _folder.File("studies"),
                Clips = 100,
                Categories = [.. Contrasts.Categories.Take(3)],
                ValidationShare = 0.2,
                TestShare = 0.3,
                TargetClips = 65,
                TargetTestShare = 0.6,
                Draws = 2,
                Repeats = repeats,
                FurtherEpochs = further,
                OtherSources = others ?? [],
                Preset = RunPreset.Micro,
                Settings = ["training.epochs=1"],
            }
        );

    [Fact]
    public void A_measurement_in_the_form_of_another_version_is_made_again()
    {
        StudyWorkspace workspace = Workspace(repeats: 1);
        StudyMeasurement first = workspace.Measure(SourceTask.Groups, 1, CancellationToken.None);
        string known = _folder.File("studies/models/cg-1/study-measurement.json");
        string written = File.ReadAllText(known);
        File.WriteAllText(known, """{"clips": 30, "categories": 0.5, "trainingSeconds": 1}""");

        StudyMeasurement again = workspace.Measure(SourceTask.Groups, 1, CancellationToken.None);

        Assert.Equal(first.Probe, again.Probe);
        Assert.Equal(written, File.ReadAllText(known));
    }

    private string[] Models() =>
        [
            .. Directory
                .GetDirectories(_folder.File("studies/models"))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];

    private Dictionary<string, DateTime> Times() =>
        Directory
            .GetFiles(_folder.File("studies/models"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, File.GetLastWriteTimeUtc);

    /// <summary>A page without the spaces that line its tables up.</summary>
    private static string Text(string page) => Regex.Replace(File.ReadAllText(page), " +", " ");

    private static string WithoutTheEnd(string page) => page[..page.IndexOf("- finished:", StringComparison.Ordinal)];
}
