using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

public sealed class ConfigurationLayersTests
{
    [Theory]
    [InlineData(RunPreset.Micro)]
    [InlineData(RunPreset.Demo)]
    [InlineData(RunPreset.Study)]
    [InlineData(RunPreset.Paper)]
    public void Every_preset_is_valid_for_its_own_frames(RunPreset preset)
    {
        RunConfiguration configuration = new ConfigurationLayers().WithPreset(preset).Build();

        configuration.Validate(RunPresets.Frames(preset));
        (configuration with { Granularity = Granularity.Captions }).Validate(RunPresets.Frames(preset));
    }

    [Fact]
    public void The_paper_preset_has_the_papers_sizes()
    {
        RunConfiguration paper = new ConfigurationLayers().Build();

        Assert.Equal(RunPreset.Paper, paper.Preset);
        Assert.Equal(new EncoderOptions { Architecture = new EncoderArchitecture(256, 256) }, paper.Model.Encoder(96));
        Assert.Equal(new CaptionDecoderOptions { Words = 9 }, paper.Model.Decoder(9));
        Assert.Equal(
            (48, 1, 96, false),
            (paper.Clip.Frames, paper.Clip.FrameStride, paper.Clip.CropSize, paper.Clip.Flip)
        );
        Assert.Equal(
            (0.001, 2, 0.1, 1e-4, 1e-8),
            (
                paper.Training.LearningRate,
                paper.Training.Schedule.Patience,
                paper.Training.Schedule.Factor,
                paper.Training.Schedule.Threshold,
                paper.Training.Schedule.Minimum
            )
        );
        Assert.InRange(paper.Training.BatchSize, 8, 16);
    }

    [Fact]
    public void Later_layers_win_and_leave_the_rest_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("run.json"),
            """
            {
              // comments are allowed
              "preset": "micro",
              "granularity": "captions",
              "training": { "epochs": 7, "batchSize": 2, },
              "model": { "architecture": "M(16-0)" }
            }
            """
        );

        RunConfiguration built = new ConfigurationLayers()
            .WithFile(folder.File("run.json"))
            .WithSetting("training.epochs=9")
            .WithSetting("model.architecture=M(0-24)")
            .WithSetting("machine.precision=BFloat16")
            .WithLambda(LossSchedule.Parse("1:0.2:cosine"), "--lambda")
            .Build();

        Assert.Equal(RunPreset.Micro, built.Preset);
        Assert.Equal(Granularity.Captions, built.Granularity);
        Assert.Equal((9, 2), (built.Training.Epochs, built.Training.BatchSize));
        Assert.Equal("M(0-24)", built.Model.Architecture.ToString());
        Assert.Equal(Precision.BFloat16, built.Machine.Precision);
        Assert.Equal(RunPresets.Create(RunPreset.Micro).Model.LstmHidden, built.Model.LstmHidden);
        Assert.Equal((LossScheduleShape.Cosine, 0.2), (built.Training.Lambda!.Shape, built.Training.Lambda.End));
        Assert.Equal(
            RunPreset.Demo,
            new ConfigurationLayers().WithFile(folder.File("run.json")).WithPreset(RunPreset.Demo).Build().Preset
        );
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        RunConfiguration configuration = (
            RunPresets.Create(RunPreset.Study) with
            {
                Granularity = Granularity.SimplifiedCaptions,
            }
        ).Resolve();

        ConfigurationLayers.Save(folder.File("config.json"), configuration);

        Assert.Equal(configuration, new ConfigurationLayers().WithFile(folder.File("config.json")).Build());
        Assert.DoesNotContain("usesClasses", File.ReadAllText(folder.File("config.json")), StringComparison.Ordinal);
        Assert.Contains(
            "\"architecture\": \"M(64-64)\"",
            File.ReadAllText(folder.File("config.json")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        """{ "training": { "epoch": 5 } }""",
        "unknown key 'training.epoch'; valid in 'training' are seed, epochs, batchSize"
    )]
    [InlineData("""{ "trainig": {} }""", "unknown key 'trainig'; valid are preset, granularity, model")]
    [InlineData(
        """{ "training": { "lambda": { "begin": 1 } } }""",
        "unknown key 'training.lambda.begin'; valid in 'training.lambda' are shape, start, end, fromEpoch, length."
    )]
    [InlineData(
        """{ "training": { "epochs": { "x": 1 } } }""",
        "'training.epochs' is a single value and has no key 'x'"
    )]
    [InlineData("""{ "training": { "epochs": "many" } }""", "'training.epochs' has a value that cannot be")]
    [InlineData(
        """{ "granularity": "verbs" }""",
        "there are action-groups, action-categories, simplified-captions, captions"
    )]
    [InlineData("""{ "model": { "architecture": "256" } }""", "write M(3D features-2D features)")]
    [InlineData("""{ "preset": "huge" }""", "there is no preset \"huge\"; there are micro, demo, study, paper")]
    [InlineData("""[1]""", "a configuration is a JSON object")]
    [InlineData("""{ "training": """, "no JSON")]
    public void A_wrong_file_is_refused_naming_the_key_and_what_would_be_right(string json, string reason)
    {
        var fault = Assert.Throws<TaskGrainException>(() =>
            new ConfigurationLayers().WithJson(json, "run.json").Build()
        );

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        RunConfiguration configuration = new ConfigurationLayers()
            .WithSetting("training.epochs=0")
            .WithSetting("training.batchSize=-1")
            .WithSetting("training.learningRate=0")
            .WithSetting("clip.frames=0")
            .WithSetting("model.dropout=1")
            .WithSetting("captions.rareCount=-1")
            .WithSetting("pixelScale=0")
            .WithSetting("training.lambda={\"start\":2}")
            .WithSetting("machine.threads=-1")
            .WithSetting("model.captionLength=0")
            .Build();

        var fault = Assert.Throws<TaskGrainException>(() => configuration.Validate());

        foreach (
            string part in new[]
            {
                "training.epochs is 0",
                "training.batchSize is -1",
                "training.learningRate is 0",
                "frames is 0",
                "Dropout is 1",
                "RareCount -1",
                "pixelScale is 0",
                "lambda goes from 2",
                "machine.threads is -1",
                "model.captionLength is 0",
            }
        )
        {
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Combinations_that_cannot_work_are_refused_with_the_reason()
    {
        RunConfiguration paper = RunPresets.Create(RunPreset.Paper);

        Assert.Contains(
            "a crop of 96×96 pixels (clip.cropSize) does not fit into the store's frames of 84×84",
            Message(paper, new(84, 84, 12)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "final 2×2 max pooling has to make exactly one position",
            Message(paper with { Model = paper.Model with { FinalPool = 2 } }, null),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "action-categories has no captions to weigh against",
            Message(paper with { Training = new() { Lambda = LossSchedule.Constant(0.1) } }, null),
            StringComparison.Ordinal
        );

        static string Message(RunConfiguration configuration, TaskGrain.Video.FrameFormat? frames) =>
            Assert.Throws<TaskGrainException>(() => configuration.Validate(frames)).Message;
    }
}
