using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Tests.Training;

public sealed class PretrainedWeightsTests
{
    [Fact]
    public void Classes_and_words_that_both_have_keep_their_weights_wherever_they_stand()
    {
        using VideoModel old = Make(seed: 1, ["pushing", "pulling", "tearing"], ["cup", "up", "box"]);
        using VideoModel made = Make(seed: 2, ["tearing", "folding", "pushing"], ["hat", "box", "up"]);
        using VideoModel fresh = Make(seed: 2, ["tearing", "folding", "pushing"], ["hat", "box", "up"]);
        var notes = new List<string>();

        Copy(old, made, notes);

        Assert.Equal(Row(old, "classifier.output.weight", 2), Row(made, "classifier.output.weight", 0));
        Assert.Equal(Row(fresh, "classifier.output.weight", 1), Row(made, "classifier.output.weight", 1));
        Assert.Equal(Row(old, "classifier.output.bias", 0), Row(made, "classifier.output.bias", 2));

        // Ids 0 to 2 are the marks; then 3 is hat, which is new, 4 box and 5 up, which were 5 and 4.
        foreach (string name in new[] { "embedding.weight", "output.weight", "output.bias" })
        {
            string tensor = $"decoder.{name}";
            Assert.Equal(Row(old, tensor, 1), Row(made, tensor, 1));
            Assert.Equal(Row(fresh, tensor, 3), Row(made, tensor, 3));
            Assert.Equal(Row(old, tensor, 5), Row(made, tensor, 4));
            Assert.Equal(Row(old, tensor, 4), Row(made, tensor, 5));
        }

        Assert.Equal(Row(old, "decoder.lstm.weight_hh_l0", 7), Row(made, "decoder.lstm.weight_hh_l0", 7));
        Assert.Equal(Row(old, "decoder.mapping.weight", 3), Row(made, "decoder.mapping.weight", 3));
        Assert.Equal(Row(old, "encoder.projection.weight", 3), Row(made, "encoder.projection.weight", 3));
        Assert.EndsWith(
            "encoder, classifier with 2 of its 3 classes, decoder with 2 of its 3 words",
            Assert.Single(notes)
        );
    }

    [Fact]
    public void Heads_that_have_nothing_in_common_or_other_sizes_are_made_anew()
    {
        using VideoModel old = Make(seed: 1, ["pushing"], ["cup"]);
        using VideoModel others = Make(seed: 2, ["folding"], ["hat"]);
        using VideoModel wider = Make(seed: 2, ["folding"], ["cup"], hidden: 10);
        using VideoModel fresh = Make(seed: 2, ["folding"], ["hat"]);
        var notes = new List<string>();

        Copy(old, others, notes);
        Copy(old, wider, notes);

        Assert.Equal(Row(fresh, "decoder.lstm.weight_hh_l0", 0), Row(others, "decoder.lstm.weight_hh_l0", 0));
        Assert.Equal(Row(fresh, "classifier.output.weight", 0), Row(others, "classifier.output.weight", 0));
        Assert.All(notes, note => Assert.EndsWith("encoder; classifier made anew; decoder made anew", note));
    }

    private static void Copy(VideoModel from, VideoModel to, List<string> notes)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("old.safetensors");
        ModelFile.Save(path, from);
        using SafetensorsFile file = Safetensors.Read(path);
        PretrainedWeights.Copy(to, file, from.Description, path, new Immediate<string>(notes.Add));
    }

    private static float[] Row(VideoModel model, string tensor, long row) =>
        [.. model.Tensors()[tensor][row].contiguous().data<float>()];

    private static VideoModel Make(ulong seed, string[] classes, string[] words, int hidden = 8)
    {
        var encoder = new EncoderOptions
        {
            Architecture = EncoderArchitecture.Parse("M(8-8)"),
            LstmHidden = 4,
            FeatureSize = 6,
            CropSize = 56,
            FinalPool = 1,
        };
        var vocabulary = new Vocabulary(["<GO>", "<END>", "[Something]", .. words]);
        return new VideoModel(
            new ModelDescription
            {
                Encoder = encoder,
                Preprocessing = new Preprocessing
                {
                    Frames = new FrameFormat(64, 64, 4),
                    Clip = new ClipSamplerOptions { Frames = 4, CropSize = 56 },
                },
                Granularity = Granularity.Captions,
                Taxonomy = Taxonomy.Flat(classes),
                Classifier = ClassifierPooling.MeanFeatures,
                Decoder = new CaptionDecoderOptions
                {
                    Words = vocabulary.Count,
                    FeatureSize = 6,
                    Embedding = 5,
                    Hidden = hidden,
                    Layers = 1,
                },
                Vocabulary = vocabulary,
            },
            new SeededRandom(seed)
        );
    }
}
