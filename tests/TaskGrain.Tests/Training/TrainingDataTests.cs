using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Training;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

public sealed class TrainingDataTests
{
    private static readonly RunConfiguration Captions = RunPresets.Create(RunPreset.Micro) with
    {
        Granularity = Granularity.Captions,
    };

    [Fact]
    public void Clips_that_cannot_be_used_are_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.Path, training: 8, validation: 4);
        DataSet data = LabelledStore.ReadAnnotations(folder.Path);
        Annotation[] annotations = [.. data.Annotations];
        annotations[0] = annotations[0] with { Category = -1, Placeholders = [] };
        annotations[1] = annotations[1] with { Placeholders = [] };
        annotations[2] = annotations[2] with { Id = "elsewhere" };
        annotations[9] = annotations[9] with { Id = "nowhere" };
        new DataSet("odd", data.Taxonomy, annotations).Save(folder.File("dataset.json"));

        using TrainingData captions = TrainingData.Open(folder.Path, Captions);
        using TrainingData actions = TrainingData.Open(
            folder.Path,
            Captions with
            {
                Granularity = Granularity.ActionGroups,
            }
        );

        Assert.Equal((5, 3), (captions.TrainingClips, captions.ValidationClips));
        Assert.Equal(
            [("not in the store", 2), ("without a caption", 1), ("without a label", 1)],
            captions.LeftOut.Select(r => (r.Key, r.Value)).Order()
        );
        Assert.Equal((6, 3), (actions.TrainingClips, actions.ValidationClips));
        Assert.Null(actions.Vocabulary);
        Assert.NotEqual(captions.Fingerprint, actions.Fingerprint);
    }

    [Fact]
    public void Nothing_to_train_on_is_said_with_the_reasons()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.Path, training: 3);
        DataSet data = LabelledStore.ReadAnnotations(folder.Path);
        new DataSet(
            "odd",
            data.Taxonomy,
            [.. data.Annotations.Select(a => a with { Category = -1, Placeholders = [] })]
        ).Save(folder.File("dataset.json"));

        var fault = Assert.Throws<TaskGrainException>(() =>
            TrainingData.Open(folder.Path, RunPresets.Create(RunPreset.Micro))
        );

        Assert.Contains(
            "there is not one clip to train action-categories on: 3 without a label",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Targets_are_groups_categories_or_words_as_the_granularity_says()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.Path, training: 8);
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0], Classes(Granularity.ActionGroups));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1], Classes(Granularity.ActionCategories));
        using TrainingData data = TrainingData.Open(folder.Path, Captions);
        int[] caption = data.Training[0].Target!.Caption!;
        Assert.Equal(14, caption.Length);
        Assert.Equal("moving a red square right", data.Vocabulary!.Decode(caption));
        using TrainingData simplified = TrainingData.Open(
            folder.Path,
            Captions with
            {
                Granularity = Granularity.SimplifiedCaptions,
            }
        );
        Assert.Equal("growing square", simplified.Vocabulary!.Decode(simplified.Training[2].Target!.Caption!));

        long[] Classes(Granularity granularity)
        {
            using TrainingData opened = TrainingData.Open(folder.Path, Captions with { Granularity = granularity });
            return [.. opened.Training.Select(example => (long)example.Target!.Class)];
        }
    }

    [Fact]
    public void Mirrored_clips_get_the_label_of_the_other_direction()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.Path, training: 8);
        using TrainingData data = TrainingData.Open(
            folder.Path,
            Captions with
            {
                Clip = Captions.Clip with { Flip = true },
            }
        );

        Assert.Equal([1, 0, 2, 1], data.Training.Take(4).Select(example => example.Mirrored!.Class));
        Assert.Equal("moving a red square left", data.Vocabulary!.Decode(data.Training[0].Mirrored!.Caption!));
        using TrainingData plain = TrainingData.Open(folder.Path, Captions);
        Assert.All(plain.Training, example => Assert.Null(example.Mirrored));
    }

    [Fact]
    public void An_epoch_loaded_from_the_middle_has_the_batches_of_the_whole_one()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.Path, training: 11);
        using FrameStore store = FrameStore.Open(folder.Path);
        using var loader = new ClipLoader(
            store,
            new ClipSamplerOptions
            {
                Frames = 6,
                CropSize = 40,
                Flip = true,
            },
            batchSize: 3,
            workers: 2
        );
        ClipExample[] order = [.. new[] { 4, 1, 9, 0, 2, 10, 3, 8, 7, 6, 5 }.Select(index => new ClipExample(index))];

        byte[][] whole = Batches(0);

        Assert.Equal(4, whole.Length);
        Assert.Equal(whole[2..], Batches(2));
        Assert.Empty(Batches(4));

        byte[][] Batches(int first) =>
            [
                .. loader
                    .Load(order, training: true, seed: 5, firstBatch: first)
                    .Select(batch =>
                    {
                        using (batch)
                        {
                            return batch.Pixels.ToArray();
                        }
                    }),
            ];
    }
}
