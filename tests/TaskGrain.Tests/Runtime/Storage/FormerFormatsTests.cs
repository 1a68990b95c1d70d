using TaskGrain.Data;
using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;
using TaskGrain.Video;

namespace TaskGrain.Tests.Runtime.Storage;

/// <summary>
/// Files that version 0.1 wrote (References/formats-1: two generated stores, a run of two epochs on one of them, its
/// features, a benchmark's cells, a taught model) open, hold what they held, and are gone on with. The expected numbers
/// were read out of the files by another program.
/// </summary>
public sealed class FormerFormatsTests
{
    [Fact]
    public void A_frame_store_of_raw_frames_opens()
    {
        using FrameStore store = FrameStore.Open(Former("raw-store"));

        Assert.Equal(["1", "2"], store.Ids);
        Assert.Equal(new FrameFormat(16, 16, 2), store.Format);
        Assert.Equal([12, 11], Enumerable.Range(0, 2).Select(store.FrameCount));
        Assert.Equal([924242, 1084266], Enumerable.Range(0, 2).Select(i => Sum(store.Read(i).Pixels.Span)));
        Assert.Equal<byte>([167, 186, 162, 169, 186, 160], store.Read(1).Pixels.Span[..6]);
        Assert.Empty(store.Verify());
    }

    [Fact]
    public void A_frame_store_of_JPEG_frames_opens_with_its_labels()
    {
        using FrameStore store = FrameStore.Open(Former("store"));
        DataSet data = LabelledStore.ReadAnnotations(Former("store"));

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], store.Ids);
        Assert.Equal([11, 13, 10, 15, 7, 14, 16, 8], Enumerable.Range(0, 8).Select(store.FrameCount));
        Assert.Empty(store.Verify());
        Assert.Equal(["Moving [something] down", "Moving [something] up"], data.Taxonomy.Categories);
        Assert.Equal(["2", "4", "5", "8"], data.Of(Split.Train).Select(clip => clip.Id));
        Assert.Equal([0, 1, 1, 0], data.Of(Split.Train).Select(clip => clip.Category));
        Assert.Equal("moving the white ring box up", data.Of(Split.Train).ElementAt(2).Label);
    }

    [Fact]
    public void A_generated_store_grows()
    {
        using var folder = new TemporaryFolder();
        Copy(Former("raw-store"), folder.File("store"));
        byte[] before = File.ReadAllBytes(folder.File("store/frames-00000.bin"));
        SynthesisOptions options = new()
        {
            Clips = 3,
            Seed = 2,
            Categories = ["Moving something up", "Moving something down"],
            ValidationShare = 0,
            TestShare = 0,
        };

        SyntheticSet.WriteStore(options, folder.File("store"), new FrameFormat(16, 16, 2));

        using FrameStore store = FrameStore.Open(folder.File("store"));
        Assert.Equal(["1", "2", "3"], store.Ids);
        Assert.Equal(before, File.ReadAllBytes(folder.File("store/frames-00000.bin"))[..before.Length]);
        Assert.Throws<TaskGrainException>(() =>
            SyntheticSet.WriteStore(options with { Seed = 3 }, folder.File("store"), new FrameFormat(16, 16, 2))
        );
    }

    [Fact]
    public void A_model_opens_and_its_encoder_gives_the_features_it_gave()
    {
        using VideoModel model = ModelFile.Load(Former("run/best.safetensors"), precision: Precision.Float32);
        using FrameStore store = FrameStore.Open(Former("store"));
        using FeatureStore features = FeatureStore.Open(Former("features"));
        using var source = EncoderFeatureSource.Of(model, new FeatureOptions { VectorsPerSecond = 3 });

        Assert.Equal(FeatureSourceKind.Encoder, features.Source.Kind);
        Assert.Equal(FeatureType.Float32, features.Type);
        Assert.Equal(["2", "4", "5", "8", "6", "7", "1", "3"], features.Entries.Select(entry => entry.Id));
        Assert.Equal(
            [Split.Train, Split.Validation, Split.Test],
            features.Entries.Select(e => e.Split!.Value).Distinct()
        );
        for (int i = 0; i < features.Entries.Count; i++)
        {
            FeatureEntry entry = features.Entries[i];
            Assert.True(store.TryIndexOf(entry.Id, out int clip));
            float[] then = features.Read(i).Values.ToArray();
            float[] now = source.Extract(store.Read(clip), default).Values.ToArray();

            // Rounding differs between processors; JPEG decoders differ by a step of a pixel.
            Assert.Equal(then.Length, now.Length);
            Assert.All(then.Zip(now), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
        }
    }

    [Fact]
    public void A_feature_store_is_gone_on_with()
    {
        using var folder = new TemporaryFolder();
        Copy(Former("features"), folder.File("features"));
        FeatureSourceInfo source;
        using (FeatureStore before = FeatureStore.Open(folder.File("features")))
        {
            source = before.Source;
            Assert.Equal(
                44.90843106433749,
                before.Entries.Select((_, i) => before.Read(i).Values.ToArray().Sum(v => (double)v)).Sum(),
                1e-9
            );
        }

        using (var writer = FeatureStoreWriter.OpenOrCreate(folder.File("features"), source))
        {
            Assert.True(writer.Contains("8"));
            writer.Append(new FeatureEntry { Id = "9" }, new FeatureSequence(new float[16], 2, 8));
        }

        using FeatureStore store = FeatureStore.Open(folder.File("features"));
        Assert.Equal(9, store.Entries.Count);
        Assert.Equal(new float[16], store.Read(8).Values.ToArray());
        Assert.Equal(80, store.Read(7).Values.Length);
    }

    [Fact]
    public void The_cells_of_a_benchmark_are_read()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Former("cells.jsonl"), folder.File("cells.jsonl"));
        byte[] before = File.ReadAllBytes(folder.File("cells.jsonl"));

        using (var log = new CellLog(folder.File("cells.jsonl")))
        {
            Assert.Equal(8, log.Count);
            Assert.True(log.TryGet("f317837c202404573c791630aa83862a", out TransferCell? cell));
            Assert.Equal(
                ("base", ClassifierKind.LogisticRegression, 0, 4, 2, 1),
                (cell!.Source, cell.Classifier, cell.Run, cell.TrainClips, cell.TestClips, cell.Correct)
            );
            Assert.Equal(
                (new ShotCount(2), 0.01, 0.25, 100),
                (cell.Shots, cell.Setting.WeightDecay, cell.Setting.Dropout, cell.Updates)
            );
            Assert.Equal(1.0, cell.HeldOutAccuracy);
        }

        Assert.Equal(before, File.ReadAllBytes(folder.File("cells.jsonl")));
    }

    [Fact]
    public void A_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        Copy(Former("run"), folder.File("run"));

        TrainingResult result = Trainer.Run(
            new TrainingRequest
            {
                Out = folder.File("run"),
                Store = Former("store"),
                Resume = true,
                Configuration = new ConfigurationLayers().WithSetting("training.epochs=3"),
            }
        );

        IReadOnlyList<EpochReport> history = HistoryFiles.Read(folder.File("run"));
        Assert.Equal([1, 2, 3], history.Select(epoch => epoch.Epoch));
        Assert.Equal(0.7146590948104858, history[0].Loss);
        Assert.Equal(2.3763434886932373, history[1].Validation.CaptionLoss);
        Assert.Equal(3, result.Steps);
    }

    [Fact]
    public void A_taught_model_opens()
    {
        using VideoModel model = ModelFile.Load(Former("taught.safetensors"));

        TaughtHead head = model.Description.Taught!;
        Assert.Equal(("logistic", 6), (head.Classifier, head.Clips));
        Assert.Equal(["down", "up"], head.Classes);
        Assert.Equal(0.3333333333333333, head.ExpectedAccuracy);
        float[] bias = [.. model.Tensors()["taught.out_bias"].data<float>()];
        Assert.Equal([0.021712657064199448f, -0.02171262539923191f], bias);
    }

    private static string Former(string name) => TestData.File($"formats-1/{name}");

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
        }

        return sum;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
