using TaskGrain.Inference.Features;
using TaskGrain.Lab.Baselines;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Baselines;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Lab.Baselines;

/// <summary>
/// Baselines trained on made features: a dot that goes to the right or to the left over twelve steps, from a random
/// place to a random place, so that no single step tells which.
/// </summary>
public sealed class BaselineTrainingTests : IDisposable
{
    private const int Steps = 12;
    private const int Places = 16;
    private readonly TemporaryFolder _folder = new();

    private static readonly BaselineOptions Options = new()
    {
        Frames = Steps,
        Units = 24,
        RelationFrames = 4,
        RelationUnits = 24,
        Dropout = 0,
        Epochs = 30,
        Patience = 0,
        BatchSize = 16,
        LearningRate = 0.01,
    };

    private static readonly Vocabulary Words = new([
        Vocabulary.GoWord,
        Vocabulary.EndWord,
        Vocabulary.UnknownWord,
        "moving",
        "left",
        "right",
        "dot",
    ]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_sees_the_order_of_the_steps_learns_the_direction(bool relations)
    {
        using FeatureStore store = Store(96);
        SeededRandom random = new(3);
        using Baseline baseline = relations
            ? new RelationBaseline(new TemporalRelations(Places, 4, 24, 2, 0, random), 3)
            : new SequenceBaseline(new SequenceClassifier(Places, 24, 2, 0, random));

        BaselineFit fit = Train(baseline, store, 96);

        Assert.True(fit.Score > 0.9, $"validation accuracy {fit.Score}");
        Assert.InRange(fit.Epoch, 1, fit.Epochs);
    }

    [Fact]
    public void The_middle_step_alone_does_not_tell_the_direction()
    {
        using FeatureStore store = Store(96);
        using Baseline baseline = new FrameBaseline(new FrameClassifier(Places, 24, 2, 0, new SeededRandom(3)), false);

        BaselineFit fit = Train(baseline, store, 96);

        // 32 clips, the best of 30 epochs: chance 0.5, and far below what watching gives.
        Assert.True(fit.Score < 0.85, $"validation accuracy {fit.Score}");
    }

    [Fact]
    public void The_captioner_learns_to_write_the_exact_captions()
    {
        using FeatureStore store = Store(64);
        var sizes = new CaptionDecoderOptions
        {
            Words = Words.Count,
            FeatureSize = 24,
            Embedding = 8,
            Hidden = 24,
            Layers = 1,
        };
        using Baseline baseline = new CaptionBaseline(
            new SequenceCaptioner(Places, sizes, dropout: 0, new SeededRandom(5))
        );

        Train(baseline, store, 64);

        FeatureClips clips = Clips(store, 0, 64);
        IReadOnlyList<string> written = BaselineMeasurement.Captions(
            baseline,
            clips,
            Words,
            length: 5,
            batchSize: 16,
            CancellationToken.None
        );
        int exact = written.Zip(clips.Clips).Count(pair => pair.First == pair.Second.Caption);
        Assert.True(exact >= 58, $"{exact} of 64 captions are exact");
    }

    [Fact]
    public void The_same_seed_trains_the_same_weights()
    {
        using FeatureStore store = Store(32);
        BaselineOptions dropped = Options with { Dropout = 0.5, Epochs = 2 };
        float[] Trained(ulong seed)
        {
            using var scope = NewDisposeScope();
            using Baseline baseline = new SequenceBaseline(
                new SequenceClassifier(Places, 8, 2, 0.5, new SeededRandom(1))
            );
            Train(baseline, store, 32, dropped, seed);
            return [.. baseline.Network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
        }

        Assert.Equal(Trained(7), Trained(7));
        Assert.NotEqual(Trained(7), Trained(8));
    }

    [Fact]
    public void Features_are_standardised_and_short_clips_padded_by_their_ends()
    {
        using FeatureStore store = Written(
            "short",
            [
                [0, 10, 2, 10],
                [4, 10, 6, 10],
            ],
            dimension: 2
        );
        using var scope = NewDisposeScope();
        FeatureScale scale = FeatureScale.Of(store, [0, 1]);
        BaselineClip[] clips = [new(0, 0, null, null), new(1, 1, null, null)];

        FeatureBatch batch = new FeatureClips(store, clips, scale, 4, CPU).Batch([0, 1], null, captions: false);

        // First entries 0, 2, 4, 6: mean 3, variance 5. Second entries are all 10 and become 0.
        float[] expected =
        [
            .. new float[] { 0, 0, 2, 2, 4, 4, 6, 6 }.SelectMany(value => new[] { (value - 3) / MathF.Sqrt(5), 0 }),
        ];
        Assert.Equal([2L, 4, 2], batch.Features.shape);
        Assert.All(
            batch.Features.data<float>().ToArray().Zip(expected),
            pair => Assert.Equal(pair.Second, pair.First, 1e-5)
        );
    }

    private static BaselineFit Train(
        Baseline baseline,
        FeatureStore store,
        int training,
        BaselineOptions? options = null,
        ulong seed = 1
    ) =>
        new BaselineTraining(options ?? Options).Run(
            baseline,
            Clips(store, 0, training),
            Clips(store, training, training + 32),
            seed,
            "test",
            progress: null,
            CancellationToken.None
        );

    private static FeatureClips Clips(FeatureStore store, int from, int to)
    {
        BaselineClip[] clips =
        [
            .. Enumerable
                .Range(from, to - from)
                .Select(entry =>
                {
                    string caption = entry % 2 == 0 ? "moving dot right" : "moving dot left";
                    return new BaselineClip(entry, entry % 2, caption, Words.Encode(caption.Split(' '), 5));
                }),
        ];
        return new FeatureClips(store, clips, FeatureScale.Of(store, Enumerable.Range(0, to)), Steps, CPU);
    }

    /// <summary>Even clips go to the right, odd ones to the left; 32 more than asked for, to validate on.</summary>
    private FeatureStore Store(int training)
    {
        var random = new SeededRandom(11);
        return Written(
            "features",
            [
                .. Enumerable
                    .Range(0, training + 32)
                    .Select(clip =>
                    {
                        double low = random.NextDouble(0, 5);
                        double high = random.NextDouble(10, 15);
                        float[] values = new float[Steps * Places];
                        for (int step = 0; step < Steps; step++)
                        {
                            double way = (double)step / (Steps - 1);
                            double place = clip % 2 == 0 ? low + (way * (high - low)) : high - (way * (high - low));
                            for (int p = 0; p < Places; p++)
                            {
                                values[(step * Places) + p] = (float)Math.Exp(-Math.Pow(p - place, 2) / 2);
                            }
                        }

                        return values;
                    }),
            ],
            Places
        );
    }

    private FeatureStore Written(string name, IReadOnlyList<float[]> clips, int dimension)
    {
        string folder = _folder.File(name);
        var info = new FeatureSourceInfo
        {
            Kind = FeatureSourceKind.FrameBackbone,
            Description = "made",
            Identity = "made",
            Dimension = dimension,
            VectorsPerSecond = 12,
            Frames = new FrameFormat(8, 8, 12),
        };
        using (FeatureStoreWriter writer = FeatureStoreWriter.OpenOrCreate(folder, info))
        {
            for (int i = 0; i < clips.Count; i++)
            {
                var entry = new FeatureEntry { Id = $"{i}", Split = Split.Train };
                writer.Append(entry, new FeatureSequence(clips[i], clips[i].Length / dimension, dimension));
            }
        }

        return FeatureStore.Open(folder);
    }
}
