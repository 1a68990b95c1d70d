using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Video;
using static TaskGrain.Tests.Training.TrainingRuns;

namespace TaskGrain.Tests.Training;

/// <summary>Training on clips that the generator draws while the model trains.</summary>
[Collection(nameof(TrainingCollection))]
public sealed class DrawnTrainingTests
{
    private const string Clips = "synth:3,clips=10,validation=3,contrasts";

    private static readonly string[] Settings =
    [
        "granularity=simplified-captions",
        "training.epochs=2",
        "clip.flip=true",
        "training.checkpointSteps=1",
    ];

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_and_a_stopped_run_goes_on_with_its_clips()
    {
        using var folder = new TemporaryFolder();
        Trainer.Run(Drawn(folder, "one", [.. Settings, "training.loaderThreads=1"]));
        TrainingResult several = Trainer.Run(Drawn(folder, "several", [.. Settings, "training.loaderThreads=3"]));
        AssertSame(folder.File("one"), folder.File("several"));
        Assert.Equal((10, 6), (several.TrainingClips, (int)several.Steps));
        Assert.InRange(several.WaitShare, 0, 1);
        TrainingOrigin origin = TrainingOrigin.Of(ModelFile.LoadDescription(several.LastModel))!;
        Assert.Equal(
            ("synth:3,clips=10,validation=3,contrasts,size=64,fps=12", 20, 3),
            (origin.DataSet, origin.TrainingClips, origin.ValidationClips)
        );

        // In the middle of the first epoch and of the second.
        foreach (int stopAfter in new[] { 2, 5 })
        {
            string run = $"stopped{stopAfter}";
            using var stop = new CancellationTokenSource();
            int steps = 0;
            var observer = new TrainingObserver
            {
                Steps = new Immediate<StepReport>(_ =>
                {
                    if (++steps == stopAfter)
                    {
                        stop.Cancel();
                    }
                }),
            };
            Assert.ThrowsAny<OperationCanceledException>(() =>
                Trainer.Run(Drawn(folder, run, Settings), observer, stop.Token)
            );
            Trainer.Run(
                new TrainingRequest
                {
                    Out = folder.File(run),
                    Resume = true,
                    Generators = DrawnClips.Find,
                }
            );
            AssertSame(folder.File("one"), folder.File(run));
        }
    }

    [Fact]
    public void Every_epoch_draws_clips_that_no_other_has_and_all_validate_on_the_same()
    {
        using TrainingData data = Open(Clips);
        int[][] epochs =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(epoch => data.Epoch(epoch, new(1)).Select(clip => clip.StoreIndex).ToArray()),
        ];
        int[] validation = [.. data.Validation.Select(clip => clip.StoreIndex)];
        Assert.All(epochs, epoch => Assert.Equal(10, epoch.Length));
        int[] all = [.. epochs.SelectMany(epoch => epoch), .. validation];
        Assert.Equal(43, all.Distinct().Count());

        // The same again, in any order: nothing but the epoch decides.
        Assert.Equal(epochs[1], data.Epoch(1, new(2)).Select(clip => clip.StoreIndex));
        using TrainingData again = Open(Clips);
        Assert.Equal(epochs[3], again.Epoch(3, new(1)).Select(clip => clip.StoreIndex));
        Assert.Equal(data.Fingerprint, again.Fingerprint);
        using TrainingData other = Open(Clips.Replace("synth:3", "synth:4", StringComparison.Ordinal));
        Assert.NotEqual(data.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Batches_are_those_that_a_store_of_the_same_clips_gives()
    {
        using var folder = new TemporaryFolder();
        var format = new FrameFormat(64, 64, 12);
        SyntheticSet.WriteStore(
            new SynthesisOptions
            {
                Clips = 20,
                Seed = 3,
                Categories = Contrasts.Categories,
            },
            folder.Path,
            format
        );
        RunConfiguration configuration = RunPresets.Create(RunPreset.Micro);
        using TrainingData packed = TrainingData.Open(folder.Path, configuration);
        using TrainingData drawn = Open(Clips);
        IReadOnlyList<ClipExample> order = drawn.Epoch(0, new(1));
        ClipExample[] same =
        [
            .. order.Select(clip => packed.Training.Single(other => other.StoreIndex == clip.StoreIndex)),
        ];

        Assert.Equal(Batches(packed, same), Batches(drawn, order));

        string[] Batches(TrainingData data, IReadOnlyList<ClipExample> examples)
        {
            using var loader = new ClipLoader(data.Frames, configuration.Clip, batchSize: 4, workers: 2);
            return
            [
                .. loader
                    .LoadAsAsked(examples, training: true, seed: 9, CancellationToken.None, firstBatch: 1)
                    .Select(batch =>
                    {
                        using (batch)
                        {
                            return string.Join(',', batch.Targets.Select(target => target.Class))
                                + Convert.ToHexString(batch.Pixels.Span);
                        }
                    }),
            ];
        }
    }

    [Fact]
    public void What_drawn_clips_cannot_do_is_said()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "machine.dataOnDevice is on, but the clips of synth:3",
            Message(Drawn(folder, "device", ["machine.dataOnDevice=on"])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a crop of 56×56 pixels (clip.cropSize) does not fit",
            Message(Drawn(folder, "small", []) with { Store = $"{Clips},size=48" }),
            StringComparison.Ordinal
        );
        Trainer.Run(Drawn(folder, "run", ["training.epochs=1"]));
        Assert.Contains(
            "its clips or their labels are not those",
            Message(Drawn(folder, "run", []) with { Resume = true, Store = "synth:4,clips=10,validation=3,contrasts" }),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(folder.File("device")));

        static string Message(TrainingRequest request) =>
            Assert.Throws<TaskGrainException>(() => Trainer.Run(request)).Message;
    }

    private static TrainingRequest Drawn(TemporaryFolder folder, string output, string[] settings) =>
        Micro(folder, output, settings) with
        {
            Store = Clips,
            Generators = DrawnClips.Find,
        };

    private static TrainingData Open(string name) =>
        TrainingData.Open(
            name,
            RunPresets.Create(RunPreset.Micro),
            DrawnClips.Find,
            RunPresets.Frames(RunPreset.Micro)
        );
}
