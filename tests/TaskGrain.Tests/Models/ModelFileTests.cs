using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class ModelFileTests
{
    [Fact]
    public void A_model_comes_back_with_its_description_and_gives_the_same_outputs()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        using var model = new VideoModel(Joint(), new SeededRandom(5));
        model.SetTraining(false);
        model.Encoder.Compute = Precision.Float32;
        ModelFile.Save(folder.File("m.safetensors"), model);

        using VideoModel loaded = ModelFile.Load(folder.File("m.safetensors"), CPU, Precision.Float32);

        Assert.Equal(model.Description.ToJson(), loaded.Description.ToJson());
        Assert.Equal(["Holding [something]", "Dropping [something]"], loaded.Description.Classes);
        byte[] pixels = [.. Enumerable.Range(0, 2 * 8 * 56 * 56 * 3).Select(i => (byte)(i * 7))];
        Tensor features = model.Encoder.call(model.Clips(pixels, 2));
        Tensor again = loaded.Encoder.call(loaded.Clips(pixels, 2));
        Assert.True(features.equal(again).all().item<bool>());
        Assert.True(model.Classifier!.call(features).equal(loaded.Classifier!.call(again)).all().item<bool>());
        Assert.Equal(
            model.Decoder!.Greedy(features).data<long>().ToArray(),
            loaded.Decoder!.Greedy(again).data<long>().ToArray()
        );
    }

    [Fact]
    public void Weights_kept_in_bfloat16_take_half_the_room_and_are_read_exactly()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        using var model = new VideoModel(Joint(), new SeededRandom(5));
        ModelFile.Save(folder.File("whole.safetensors"), model);
        ModelFile.Save(folder.File("half.safetensors"), model, ScalarType.BFloat16);

        using VideoModel loaded = ModelFile.Load(folder.File("half.safetensors"), CPU, Precision.Float32);

        foreach ((string name, Tensor tensor) in model.Tensors())
        {
            Tensor kept = tensor.Dimensions > 1 ? tensor.to_type(ScalarType.BFloat16).to_type(tensor.dtype) : tensor;
            Assert.Equal(tensor.dtype, loaded.Tensors()[name].dtype);
            Assert.True(loaded.Tensors()[name].equal(kept).all().item<bool>(), name);
        }

        double share =
            (double)new FileInfo(folder.File("half.safetensors")).Length
            / new FileInfo(folder.File("whole.safetensors")).Length;
        Assert.InRange(share, 0.5, 0.7);
    }

    [Fact]
    public void A_model_loaded_inside_a_dispose_scope_outlives_it()
    {
        using var folder = new TemporaryFolder();
        using (var model = new VideoModel(Joint()))
        {
            ModelFile.Save(folder.File("m.safetensors"), model);
        }

        VideoModel loaded;
        using (NewDisposeScope())
        {
            loaded = ModelFile.Load(folder.File("m.safetensors"), CPU, Precision.Float32);
        }

        using (loaded)
        using (NewDisposeScope())
        {
            Assert.All(loaded.Tensors().Values, tensor => Assert.False(tensor.IsInvalid));
            loaded.Encoder.call(zeros([1, 3, 2, 56, 56]));
        }
    }

    [Fact]
    public void A_model_that_is_loaded_and_let_go_leaves_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        using (var model = new VideoModel(Joint()))
        {
            ModelFile.Save(folder.File("m.safetensors"), model);
        }

        LoadOnce();
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 5; i++)
        {
            LoadOnce();
        }

        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void LoadOnce() => ModelFile.Load(folder.File("m.safetensors")).Dispose();
    }

    [Fact]
    public void The_tensor_names_of_a_model_file_stay_as_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = new VideoModel(Joint());
        string[] names = [.. model.Tensors().Keys];

        Assert.Contains("encoder.lstm.weight_ih_l0", names);
        Assert.Contains("encoder.projection.weight", names);
        Assert.Contains("classifier.output.bias", names);
        Assert.Contains("decoder.embedding.weight", names);
        Assert.Contains("decoder.lstm.weight_hh_l0", names);
        Assert.Contains(
            names,
            name =>
                name.StartsWith("encoder.channel3d.", StringComparison.Ordinal)
                && name.EndsWith("running_mean", StringComparison.Ordinal)
        );
        Assert.All(model.Parameters(), parameter => Assert.Contains(parameter.Name, names));
    }

    [Fact]
    public void Tensors_that_differ_from_the_description_are_named()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        using var model = new VideoModel(Joint());
        Dictionary<string, Tensor> tensors = new(model.Tensors(), StringComparer.Ordinal)
        {
            ["classifier.output.weight"] = zeros(3, 16),
            ["encoder.extra"] = zeros(1),
            ["optimizer.mean.x"] = zeros(1),
        };
        tensors.Remove("decoder.mapping.bias");
        Safetensors.Write(
            folder.File("m.safetensors"),
            tensors,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ModelFile.DescriptionKey] = model.Description.ToJson(),
            }
        );

        var fault = Assert.Throws<TaskGrainException>(() =>
            ModelFile.Load(folder.File("m.safetensors"), CPU, Precision.Auto)
        );

        Assert.Contains(
            "'classifier.output.weight' has shape (3, 16) where (2, 16) is expected",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("'decoder.mapping.bias' is missing", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'encoder.extra' is not part of it", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("optimizer", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = zeros(1) };
        Safetensors.Write(folder.File("other.safetensors"), tensors);
        Safetensors.Write(
            folder.File("newer.safetensors"),
            tensors,
            Metadata(Joint().ToJson().Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal))
        );
        Safetensors.Write(
            folder.File("odd.safetensors"),
            tensors,
            Metadata(Joint().ToJson().Replace("\"lstmHidden\"", "\"lstmHiden\"", StringComparison.Ordinal))
        );
        Safetensors.Write(
            folder.File("contradiction.safetensors"),
            tensors,
            Metadata((Joint() with { Vocabulary = null }).ToJson())
        );

        Assert.Contains("no TaskGrain model", Message("other"), StringComparison.Ordinal);
        Assert.Contains(
            "of format 2; this version of TaskGrain reads up to 1",
            Message("newer"),
            StringComparison.Ordinal
        );
        Assert.Contains("lstmHiden", Message("odd"), StringComparison.Ordinal);
        Assert.Contains(
            "a caption decoder and a vocabulary go together",
            Message("contradiction"),
            StringComparison.Ordinal
        );

        string Message(string name) =>
            Assert
                .Throws<TaskGrainException>(() => ModelFile.LoadDescription(folder.File($"{name}.safetensors")))
                .Message;

        static Dictionary<string, string> Metadata(string json) =>
            new(StringComparer.Ordinal) { [ModelFile.DescriptionKey] = json };
    }

    private static ModelDescription Joint() =>
        new()
        {
            Encoder = new EncoderOptions
            {
                Architecture = new EncoderArchitecture(8, 16),
                LstmHidden = 8,
                FeatureSize = 16,
                CropSize = 56,
                FinalPool = 1,
            },
            Preprocessing = new Preprocessing
            {
                Frames = new FrameFormat(64, 60, 12),
                Clip = new ClipSamplerOptions { Frames = 8, CropSize = 56 },
            },
            Granularity = Granularity.Captions,
            Taxonomy = new Taxonomy(["Holding [something]", "Dropping [something]"], ["Hands"], [0, 0]),
            Classifier = ClassifierPooling.MeanFeatures,
            Decoder = new CaptionDecoderOptions
            {
                Words = 5,
                FeatureSize = 16,
                Embedding = 4,
                Hidden = 8,
            },
            Vocabulary = new Vocabulary(["<GO>", "<END>", "[Something]", "cup", "größer"]),
        };
}
