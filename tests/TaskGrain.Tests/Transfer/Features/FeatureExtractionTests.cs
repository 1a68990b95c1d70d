using TaskGrain.Inference.Features;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Tests.Training;
using TaskGrain.Tests.Video;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Tests.Transfer.Features;

public sealed class FeatureExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_interrupted_extraction_ends_as_an_uninterrupted_one()
    {
        TinyWorld.Write(_folder.File("world"), training: 6, validation: 3);
        using var target = TransferTarget.Open(_folder.File("world"));
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);
        FeatureExtraction.Run(source, target, _folder.File("whole"));

        using var stop = new CancellationTokenSource();
        var stopper = new Immediate<WorkProgress>(report =>
        {
            if (report.Done == 4)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            FeatureExtraction.Run(source, target, _folder.File("parts"), progress: stopper, cancel: stop.Token)
        );
        ExtractionReport rest = FeatureExtraction.Run(source, target, _folder.File("parts"));

        Assert.Equal((5, 4, 0), (rest.Extracted, rest.Present, rest.Faults.Count));
        Assert.True(rest.ClipsPerSecond > 0);
        Assert.Equal(
            File.ReadAllBytes(_folder.File("whole/vectors.bin")),
            File.ReadAllBytes(_folder.File("parts/vectors.bin"))
        );
        Assert.Equal(
            File.ReadAllText(_folder.File("whole/index.jsonl")),
            File.ReadAllText(_folder.File("parts/index.jsonl"))
        );
    }

    [Fact]
    public void Only_the_wanted_splits_are_extracted_and_labels_go_along()
    {
        TinyWorld.Write(_folder.File("world"), training: 3, validation: 3);
        using var target = TransferTarget.Open(_folder.File("world"));
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);

        FeatureExtraction.Run(source, target, _folder.File("features"), new HashSet<Split> { Split.Validation });

        using var store = FeatureStore.Open(_folder.File("features"));
        Assert.Equal(TinyWorld.Taxonomy.Categories, store.Entries.Select(entry => entry.Label));
        Assert.All(store.Entries, entry => Assert.Equal(Split.Validation, entry.Split));
    }

    [Fact]
    public void A_clip_that_cannot_be_read_is_named_and_the_others_are_done()
    {
        foreach (string label in new[] { "a", "b" })
        {
            Directory.CreateDirectory(_folder.File($"clips/train/{label}"));
            FfmpegProgram.Clip(_folder.File($"clips/train/{label}/good.mp4"));
        }

        File.WriteAllText(_folder.File("clips/train/a/bad.mp4"), "this is no video");
        using var target = TransferTarget.Open(_folder.File("clips"));
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);

        ExtractionReport report = FeatureExtraction.Run(source, target, _folder.File("features"));

        Assert.Equal(2, report.Extracted);
        Assert.Contains("bad", Assert.Single(report.Faults).Id, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_packed_in_another_format_is_refused()
    {
        using (SomeFrames.Store(_folder.File("store"), 2))
        {
            new DataSet(
                "noise",
                Taxonomy.Flat(["a", "b"]),
                [
                    new Annotation
                    {
                        Id = "clip0",
                        Split = Split.Train,
                        Category = 0,
                    },
                ]
            ).Save(_folder.File("store/dataset.json"));
        }

        using var target = TransferTarget.Open(_folder.File("store"));
        using VideoModel model = TinyModels.Create();
        using var source = EncoderFeatureSource.Of(model);

        Assert.Contains(
            "64×64",
            Assert
                .Throws<TaskGrainException>(() => FeatureExtraction.Run(source, target, _folder.File("features")))
                .Message,
            StringComparison.Ordinal
        );
    }
}
