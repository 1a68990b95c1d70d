using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Training;
using TaskGrain.Video;
using TorchSharp;
using static TaskGrain.Tests.Training.TrainingRuns;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

[Collection(nameof(TrainingCollection))]
public sealed class TrainerTests
{
    [Fact]
    public void A_classifier_learns_a_tiny_set_by_heart()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 16);

        ValidationReport learnt = TrainUntil(
            validation => validation.Top1 == 1,
            Micro(folder, "run", "training.epochs=200", "model.dropout=0")
        );

        Assert.True(learnt.OnTrainingClips);
        using VideoModel model = ModelFile.Load(folder.File("run/best.safetensors"), CPU, Precision.Auto);
        Assert.Null(model.Decoder);
        Assert.Equal(TinyWorld.Taxonomy.Categories, model.Description.Classes);
        TrainingOrigin origin = TrainingOrigin.Of(model.Description)!;
        Assert.Equal(("tiny", 16, 0), (origin.DataSet, origin.TrainingClips, origin.ValidationClips));
        Assert.Equal((origin.Epochs, learnt), (origin.BestEpoch, origin.BestValidation));
        Assert.Equal(1UL, origin.Configuration.Training.Seed);
    }

    [Fact]
    public void A_joint_model_learns_captions_of_a_tiny_set_word_for_word()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);

        // How soon depends on how a processor rounds; within 60 to 130 epochs on those tried, with any seed.
        ValidationReport learnt = TrainUntil(
            validation => validation is { Top1: 1, ExactMatch: 1 },
            Micro(
                folder,
                "run",
                "granularity=captions",
                "training.batchSize=8",
                "training.epochs=600",
                "training.learningRate=0.01",
                "model.dropout=0",
                "training.maskPadding=true",
                "training.lambda={\"start\":1,\"end\":0.1,\"fromEpoch\":2,\"length\":10}"
            )
        );

        Assert.True(learnt.OnTrainingClips);
        Assert.Equal(8, learnt.Clips);
        using VideoModel model = ModelFile.Load(folder.File("run/best.safetensors"), CPU, Precision.Auto);
        Assert.NotNull(model.Classifier);
        Assert.Contains("square", model.Description.Vocabulary!.Words);
    }

    [Fact]
    public void Frames_that_lie_on_the_device_train_the_same_weights_as_the_loader()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 10, validation: 4);
        string[] settings = ["training.epochs=2", "clip.flip=true"];

        Trainer.Run(Micro(folder, "loader", [.. settings, "machine.dataOnDevice=off"]));
        Trainer.Run(Micro(folder, "device", [.. settings, "machine.dataOnDevice=on"]));

        AssertSame(folder.File("loader"), folder.File("device"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_gives_others()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 10, validation: 4);

        Trainer.Run(Micro(folder, "a", "training.epochs=2", "clip.flip=true", "training.loaderThreads=1"));
        Trainer.Run(Micro(folder, "b", "training.epochs=2", "clip.flip=true", "training.loaderThreads=3"));
        Trainer.Run(Micro(folder, "c", "training.epochs=2", "clip.flip=true", "training.seed=2"));

        AssertSame(folder.File("a"), folder.File("b"));
        Assert.NotEqual(
            LastTensors(folder.File("a"))["encoder.projection.weight"],
            LastTensors(folder.File("c"))["encoder.projection.weight"]
        );
    }

    [Fact]
    public void No_standstill_counts_before_lambda_is_what_it_ends_with()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8, validation: 4);

        // A rate of nothing: no epoch is better than the first. λ is 0.5 from the end of epoch 3, so epochs 4 and 5 are
        // the two that count.
        TrainingResult result = Trainer.Run(
            Micro(
                folder,
                "run",
                "granularity=simplified-captions",
                "training.epochs=9",
                "training.learningRate=1e-12",
                "training.schedule.rule=plateau",
                "training.schedule.minimum=1e-30",
                "training.stopPatience=2",
                "training.lambda={\"shape\":\"linear\",\"start\":1,\"end\":0.5,\"fromEpoch\":2,\"length\":1}"
            )
        );

        Assert.InRange(result.Epochs, 5, 6);
        Assert.StartsWith("no better validation for 2 epochs", result.Ended, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        TrainingRequest request = Micro(folder, "run", "training.learningRate=1e30", "training.checkpointSteps=1");

        var fault = Assert.Throws<TaskGrainException>(() => Trainer.Run(request));

        Assert.Contains("so training stopped", fault.Message, StringComparison.Ordinal);
        Assert.Contains("training.learningRate (now 1e30)", fault.Message, StringComparison.Ordinal);
        using VideoModel model = ModelFile.Load(folder.File("run/last.safetensors"), CPU, Precision.Float32);
        using DisposeScope scope = NewDisposeScope();
        Assert.All(model.Parameters(), parameter => Assert.True(parameter.Parameter.isfinite().all().item<bool>()));
    }

    /// <summary>One step an epoch, so that the validation is the first to meet the weights it leaves.</summary>
    [Fact]
    public void A_validation_loss_that_is_no_number_ends_the_run_without_a_best_model()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 4, validation: 4);
        TrainingRequest request = Micro(
            folder,
            "run",
            "training.epochs=2",
            "training.batchSize=4",
            "training.learningRate=1e30"
        );

        var fault = Assert.Throws<TaskGrainException>(() => Trainer.Run(request));

        Assert.Contains("validation loss of epoch 1 is not a finite number", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("run/best.safetensors")));
        using VideoModel model = ModelFile.Load(folder.File("run/last.safetensors"), CPU, Precision.Float32);
        using DisposeScope scope = NewDisposeScope();
        Assert.All(model.Tensors().Values, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
    }

    [Theory]
    [InlineData("0", false, true)]
    [InlineData("1", true, false)]
    [InlineData("0.5", true, true)]
    public void A_head_that_no_loss_reaches_is_not_in_the_model(string lambda, bool classifier, bool decoder)
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        TrainingRequest request = Micro(folder, "run", "granularity=captions", "training.epochs=1");
        request.Configuration.WithLambda(LossSchedule.Parse(lambda), "test");

        TrainingResult result = Trainer.Run(request);

        ModelDescription description = ModelFile.LoadDescription(result.BestModel);
        Assert.Equal((classifier, decoder), (description.Classifier is not null, description.Decoder is not null));
        Assert.Equal(
            (classifier, decoder),
            (result.BestValidation.Top1 is not null, result.BestValidation.ExactMatch is not null)
        );
    }

    [Fact]
    public void Joint_training_starts_from_a_classifier()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8);
        TrainingResult first = Trainer.Run(Micro(folder, "first", "training.epochs=1", "model.architecture=M(24-8)"));
        var notes = new List<string>();
        string[] settings =
        [
            "training.epochs=1",
            "training.learningRate=1e-12",
            "training.schedule.minimum=0",
            "training.lambda={\"shape\":\"constant\",\"start\":0.1}",
        ];

        Trainer.Run(
            Micro(folder, "joint", ["granularity=captions", .. settings]) with
            {
                From = first.BestModel,
            },
            new TrainingObserver { Notes = new Immediate<string>(notes.Add) }
        );
        Trainer.Run(
            Micro(folder, "groups", "granularity=action-groups", "training.epochs=1") with
            {
                From = first.BestModel,
            },
            new TrainingObserver { Notes = new Immediate<string>(notes.Add) }
        );

        Assert.Contains(
            notes,
            note => note.EndsWith("encoder, classifier; decoder made anew", StringComparison.Ordinal)
        );
        Assert.Contains(notes, note => note.EndsWith("encoder; classifier made anew", StringComparison.Ordinal));
        Assert.Equal(
            Close(Tensors(first.BestModel), "encoder.projection.weight"),
            Close(LastTensors(folder.File("joint")), "encoder.projection.weight")
        );
        Assert.Equal(
            Path.GetFullPath(first.BestModel),
            TrainingOrigin.Of(ModelFile.LoadDescription(folder.File("joint/best.safetensors")))!.StartedFrom
        );
        Assert.Contains(
            "started from random weights, not from",
            Assert
                .Throws<TaskGrainException>(() =>
                    Trainer.Run(
                        new TrainingRequest
                        {
                            Out = folder.File("first"),
                            Resume = true,
                            From = "x",
                        }
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has another encoder: M(24-8) with",
            Assert
                .Throws<TaskGrainException>(() =>
                    Trainer.Run(Micro(folder, "other", "model.architecture=M(8-8)") with { From = first.BestModel })
                )
                .Message,
            StringComparison.Ordinal
        );

        static float[] Close(Dictionary<string, byte[]> tensors, string name) =>
            [
                .. System
                    .Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensors[name])
                    .ToArray()
                    .Select(value => MathF.Round(value, 6)),
            ];
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 40);
        var alive = new List<long>();
        var observer = new TrainingObserver
        {
            Steps = new Immediate<StepReport>(_ => alive.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)),
        };

        Trainer.Run(
            Micro(
                folder,
                "run",
                "granularity=captions",
                "training.epochs=4",
                "training.lambda={\"shape\":\"constant\",\"start\":0.5}"
            ),
            observer
        );

        Assert.Equal(alive[1], alive[^1]);
    }

    [Fact]
    public void A_hundred_steps_leave_no_native_memory_behind()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 40);
        int steps = 0;
        var used = new List<long>();
        var observer = new TrainingObserver
        {
            Steps = new Immediate<StepReport>(_ =>
            {
                if (++steps is 40 or 140)
                {
                    used.Add(NativeMemory.Used());
                }
            }),
        };

        Trainer.Run(Micro(folder, "run", "granularity=captions", "training.epochs=14"), observer);

        // A step of four clips computes with about 5 MB: one kept in ten would be 50 MB. The runtime itself sets some
        // 10 MB aside meanwhile, as it compiles anew what runs often.
        Assert.Equal(140, steps);
        Assert.InRange(used[1] - used[0], long.MinValue, 30 << 20);
    }

    [Fact]
    public void A_run_that_cannot_begin_leaves_no_folder_behind()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 4);

        Assert.Throws<TaskGrainException>(() =>
            Trainer.Run(Micro(folder, "run", "clip.cropSize=96", "model.finalPool=6"))
        );

        Assert.False(Directory.Exists(folder.File("run")));
    }

    [Fact]
    public void Every_file_of_a_run_is_there_and_tells_the_same()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 8, validation: 4);
        var epochs = new List<EpochReport>();
        var progress = new List<WorkProgress>();

        TrainingResult result = Trainer.Run(
            Micro(folder, "run", "granularity=captions", "training.epochs=3"),
            new TrainingObserver
            {
                Epochs = new Immediate<EpochReport>(epochs.Add),
                Progress = new Immediate<WorkProgress>(progress.Add),
            }
        );

        string[] csv = File.ReadAllLines(folder.File("run/metrics.csv"));
        Assert.Equal(1 + 3, csv.Length);
        Assert.All(csv, line => Assert.Equal(csv[0].Count(c => c == ','), line.Count(c => c == ',')));
        Assert.StartsWith(
            "epoch,steps,lambda,learning_rate,train_loss,train_class_loss",
            csv[0],
            StringComparison.Ordinal
        );
        Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(4, result.BestValidation.Clips);
        Assert.Equal((36, 36, "clips"), (progress[^1].Done, progress[^1].Total, progress[^1].Unit));
        Assert.Single(Directory.GetFiles(folder.File("run"), "events.out.tfevents.*"));
        RunConfiguration written = new ConfigurationLayers().WithFile(folder.File("run/config.json")).Build();
        Assert.Equal(
            (Granularity.Captions, 1, "cpu"),
            (written.Granularity, written.Machine.Threads, written.Machine.Device)
        );
        Assert.NotEqual(Precision.Auto, written.Machine.Precision);
    }

    [Fact]
    public void Real_clips_are_learned_by_heart()
    {
        string[] files =
        [
            TestData.Clip("166766.webm"),
            TestData.Clip("arm_wrestling.mp4"),
            TestData.Clip("part_0.mp4"),
            TestData.Clip("test.avi"),
        ];
        using var folder = new TemporaryFolder();
        using (
            FrameStoreWriter store = FrameStoreWriter.OpenOrCreate(
                folder.File("store"),
                TinyWorld.Format,
                FrameCompression.Raw
            )
        )
        {
            foreach (string file in files)
            {
                store.Append(Path.GetFileName(file), VideoReader.Read(file, TinyWorld.Format));
            }
        }

        var taxonomy = Taxonomy.Flat(["first", "second", "third", "fourth"]);
        new DataSet(
            "real",
            taxonomy,
            [
                .. files.Select(
                    (file, i) =>
                        new Annotation
                        {
                            Id = Path.GetFileName(file),
                            Split = Split.Train,
                            Category = i,
                        }
                ),
            ]
        ).Save(folder.File("store/dataset.json"));

        ValidationReport learnt = TrainUntil(
            validation => validation.Top1 == 1,
            Micro(folder, "run", "training.epochs=300", "training.learningRate=0.01", "model.dropout=0")
        );

        Assert.Equal((4, true), (learnt.Clips, learnt.OnTrainingClips));
    }
}
