using TaskGrain.Models;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Runtime.Ranks;
using TaskGrain.Tests.Transfer;
using TaskGrain.Training;
using TorchSharp;
using static TaskGrain.Tests.Training.TrainingRuns;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

/// <summary>Training as several ranks, which are threads here, beside training alone.</summary>
[Collection(nameof(TrainingCollection))]
public sealed class RankTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Batches of 4 for three ranks are 2, 1 and 1 clips; the last batch of 9 clips has one, so that two ranks compute
    /// on a clip that does not count. Captions of different lengths with the padding left out: every rank's words
    /// weigh as much as they do in the whole batch.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Several_ranks_with_a_part_of_each_batch_learn_what_one_learns_with_all_of_it(int size)
    {
        TinyWorld.Write(_folder.File("store"), training: 9, validation: 5);
        string[] settings =
        [
            "granularity=captions",
            "training.maskPadding=true",
            "training.lambda={\"shape\":\"constant\",\"start\":0.5}",
            "training.epochs=2",
            "training.clipGradients=1",
            "model.dropout=0",
            "machine.precision=float32",
        ];
        Trainer.Run(Micro(_folder, "alone", settings));

        TrainAs(size, Micro(_folder, "ranks", settings));
        TrainAs(size, Micro(_folder, "apart", [.. settings, "training.synchroniseStatistics=false"]));

        // Six steps of Adam at 0.003. Rounding in another order changes what is small; statistics of a part of the
        // batch change everything, and are what the bound tells apart.
        double together = LargestDifference("alone", "ranks");
        double apart = LargestDifference("alone", "apart");
        Assert.True(together < 0.02, $"{together} (apart: {apart})");
        Assert.True(apart > 5 * together, $"apart {apart}, together {together}");
        EpochReport alone = HistoryFiles.Read(_folder.File("alone"))[^1];
        EpochReport ranks = HistoryFiles.Read(_folder.File("ranks"))[^1];
        Assert.Equal(alone.Loss, ranks.Loss, 1e-3);
        Assert.Equal(alone.ClassLoss!.Value, ranks.ClassLoss!.Value, 1e-3);
        Assert.Equal(alone.CaptionLoss!.Value, ranks.CaptionLoss!.Value, 1e-3);
        Assert.Equal(alone.WordAccuracy!.Value, ranks.WordAccuracy!.Value, 0.03);
        Assert.Equal(alone.Validation.CaptionLoss!.Value, ranks.Validation.CaptionLoss!.Value, 1e-2);
        Assert.Equal((alone.Steps, 5), (ranks.Steps, ranks.Validation.Clips));
    }

    [Fact]
    public void A_run_goes_on_with_another_number_of_ranks()
    {
        TinyWorld.Write(_folder.File("store"), training: 8, validation: 4);
        string[] settings = ["training.epochs=2", "model.dropout=0", "machine.precision=float32"];
        Trainer.Run(Micro(_folder, "alone", settings));
        TrainingRequest request = Micro(_folder, "ranks", settings);

        // Stopped after the first step of two ranks; on with three; and to the end alone.
        Assert.ThrowsAny<OperationCanceledException>(() => TrainAs(2, request, stopAfter: 1));
        TrainingRequest rest = request with { Resume = true, Configuration = new ConfigurationLayers() };
        Assert.ThrowsAny<OperationCanceledException>(() => TrainAs(3, rest, stopAfter: 3));
        TrainingState between = CheckpointStore.ReadState(_folder.File("ranks/last.safetensors"));
        Trainer.Run(rest);

        Assert.Equal(3, between.TotalSteps);
        Assert.Equal(4, HistoryFiles.Read(_folder.File("ranks"))[^1].Steps);
        double difference = LargestDifference("alone", "ranks");
        Assert.True(difference < 0.02, $"{difference}");
    }

    /// <summary>
    /// Three batches an epoch, of 4, 4 and 2 clips, for three ranks 2, 1 and 1, and then 1, 1 and none.
    /// </summary>
    [Fact]
    public void Ranks_draw_their_shares_of_new_clips_and_stop_together_in_a_step_and_in_the_validation()
    {
        string[] settings =
        [
            "granularity=simplified-captions",
            "training.maskPadding=true",
            "training.epochs=2",
            "model.dropout=0",
            "machine.precision=float32",
        ];
        Trainer.Run(Drawn("alone"));

        // After the first epoch's second step; on with three ranks, of which one is stopped while they validate; and to
        // the end with two.
        Assert.ThrowsAny<OperationCanceledException>(() => TrainAs(2, Drawn("ranks"), stopAfter: 2));
        TrainingRequest rest = Drawn("ranks") with { Resume = true, Configuration = new ConfigurationLayers() };
        Assert.ThrowsAny<OperationCanceledException>(() => TrainAs(3, rest, stopWhere: "validating"));
        TrainingState between = CheckpointStore.ReadState(_folder.File("ranks/last.safetensors"));
        TrainAs(2, rest with { Store = null });

        Assert.Equal((0, 3, 3), (between.Epoch, between.Step, (int)between.TotalSteps));
        EpochReport alone = HistoryFiles.Read(_folder.File("alone"))[^1];
        EpochReport ranks = HistoryFiles.Read(_folder.File("ranks"))[^1];
        Assert.Equal((6, 4), (ranks.Steps, ranks.Validation.Clips));
        Assert.Equal(alone.Loss, ranks.Loss, 1e-3);
        Assert.Equal(alone.Validation.CaptionLoss!.Value, ranks.Validation.CaptionLoss!.Value, 1e-2);

        // Six steps of Adam at 0.003, as above.
        double difference = LargestDifference("alone", "ranks");
        Assert.True(difference < 0.02, $"{difference}");

        TrainingRequest Drawn(string output) =>
            Micro(_folder, output, settings) with
            {
                Store = "synth:3,clips=10,validation=4,contrasts",
                Generators = DrawnClips.Find,
            };
    }

    [Fact]
    public void Gradients_are_added_in_buckets_of_which_some_begin_before_the_backward_pass_has_ended()
    {
        using VideoModel alone = TinyModels.Create();
        float[] expected = Gradients(alone, 0, 4, null);
        int early = 0;
        float[][] found = new float[2][];
        ThreadRanks.Run(
            2,
            ranks =>
            {
                using VideoModel model = TinyModels.Create();
                using var reduction = new GradientReduction(model, ranks, bucketNumbers: 500);
                Assert.True(reduction.Buckets > 3);
                Gradients(model, 0, 1, reduction); // learns what is reached
                Assert.Equal(0, reduction.BegunEarly);
                found[ranks.Place.Rank] = Gradients(model, 2 * ranks.Place.Rank, 2, reduction);
                Assert.Equal(2 * reduction.Buckets, ranks.Sums.Count);
                Interlocked.Add(ref early, reduction.BegunEarly);
            }
        );

        Assert.True(early >= 2, $"{early} buckets began early");
        Assert.Equal(found[0], found[1]);
        Assert.All(expected.Zip(found[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public void The_marks_leave_with_the_reduction_and_no_tensor_stays()
    {
        using VideoModel model = TinyModels.Create();
        ThreadRanks.Run(
            1,
            ranks =>
            {
                using (var steps = new RankSteps(model, ranks, synchronise: true))
                {
                    Gradients(model, 0, 2, null);
                }

                long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
                for (int i = 0; i < 3; i++)
                {
                    using var steps = new RankSteps(model, ranks, synchronise: false);
                    using var reduction = new GradientReduction(model, ranks, bucketNumbers: 500);
                    Gradients(model, 0, 2, reduction);
                }

                Assert.InRange(DisposeScopeManager.Statistics.ThreadTotalLiveCount, 0, before);
            }
        );
    }

    [Fact]
    public void More_ranks_than_clips_of_a_batch_are_refused()
    {
        TinyWorld.Write(_folder.File("store"), training: 4);
        var fault = Assert.Throws<TaskGrainException>(() => TrainAs(3, Micro(_folder, "run", "training.batchSize=2")));
        Assert.Contains("does not give each of 3 ranks one", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>All parameters' gradients for some of four clips, without a batch's statistics.</summary>
    private static float[] Gradients(VideoModel model, int first, int count, GradientReduction? reduction)
    {
        using DisposeScope scope = NewDisposeScope();
        model.SetTraining(false);
        float[] numbers = new float[4 * 3 * 4 * 56 * 56];
        var random = new Random(1); // of its own: libtorch's is shared by the threads
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.NextSingle() - 0.5f;
        }

        Tensor clips = tensor(numbers, [4, 3, 4, 56, 56]).narrow(0, first, count);
        foreach ((_, TorchSharp.Modules.Parameter parameter) in model.Parameters())
        {
            parameter.grad = null;
        }

        reduction?.Begin(classes: true, captions: false);
        model.Classifier!.call(model.Encoder.call(clips)).pow(2).sum().backward();
        reduction?.Finish();
        return
        [
            .. model
                .Parameters()
                .Where(p => p.Parameter.grad is not null)
                .SelectMany(p => p.Parameter.grad!.detach().contiguous().data<float>().ToArray()),
        ];
    }

    private static void TrainAs(int size, TrainingRequest request, int? stopAfter = null, string? stopWhere = null)
    {
        using var stop = new CancellationTokenSource();
        var observer = new TrainingObserver
        {
            Steps = new Immediate<StepReport>(step =>
            {
                if (step.Number == stopAfter)
                {
                    stop.Cancel();
                }
            }),
            Progress = new Immediate<WorkProgress>(progress =>
            {
                if (stopWhere is not null && progress.ToString().Contains(stopWhere, StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            }),
        };
        ThreadRanks.Run(
            size,
            ranks => Trainer.Run(request, observer, ranks, ranks.Place.IsFirst ? stop.Token : CancellationToken.None)
        );
    }

    /// <summary>
    /// The largest difference of a tensor's norm, relative to it. Convolutions' biases are left out, and the running
    /// means with them: in front of a batch norm a bias changes nothing, its gradient is zero but for rounding, and
    /// Adam makes steps of full length of whatever is left.
    /// </summary>
    private double LargestDifference(string one, string other)
    {
        using SafetensorsFile a = Safetensors.Read(_folder.File($"{one}/last.safetensors"));
        using SafetensorsFile b = Safetensors.Read(_folder.File($"{other}/last.safetensors"));
        using DisposeScope scope = NewDisposeScope();
        return a
            .Tensors.Where(pair =>
                pair.Value.is_floating_point()
                && !pair.Key.StartsWith("optimizer", StringComparison.Ordinal)
                && !pair.Key.EndsWith("conv.bias", StringComparison.Ordinal)
                && !pair.Key.EndsWith("running_mean", StringComparison.Ordinal)
            )
            .Max(pair => ((pair.Value - b.Tensors[pair.Key]).norm() / (pair.Value.norm() + 1e-3)).item<float>());
    }
}
