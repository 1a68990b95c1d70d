using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>The shapes worked out from a description are those of the model that is made from it.</summary>
public sealed class ModelTensorsTests
{
    [Theory]
    [InlineData(8, 16, 1)]
    [InlineData(24, 0, 2)]
    [InlineData(0, 8, 3)]
    public void Names_and_shapes_are_those_of_the_model(int features3D, int features2D, int layers)
    {
        ModelDescription description = new()
        {
            Encoder = TinyModels.Encoder with
            {
                Architecture = new EncoderArchitecture(features3D, features2D),
                LstmLayers = layers,
            },
            Preprocessing = TinyModels.Preprocessing(),
            Granularity = Granularity.Captions,
            Taxonomy = Taxonomy.Flat(["one", "two", "three"]),
            Classifier = layers == 2 ? null : ClassifierPooling.MeanFeatures,
            Decoder = new CaptionDecoderOptions
            {
                Words = 5,
                FeatureSize = TinyModels.FeatureSize,
                Embedding = 4,
                Hidden = 7,
                Layers = layers,
            },
            Vocabulary = new Vocabulary(["<GO>", "<END>", "[Something]", "cup", "box"]),
        };
        using var model = new VideoModel(description);
        using var scope = NewDisposeScope();

        Assert.Equal(
            model.Tensors().Select(pair => (pair.Key, string.Join(',', pair.Value.shape))).Order(),
            ModelTensors.Of(description).Select(part => (part.Name, string.Join(',', part.Shape))).Order()
        );
        Assert.All(model.Tensors().Values, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
    }

    [Fact]
    public void A_taught_head_has_the_tensors_it_names()
    {
        ModelDescription description = ModelFile.LoadDescription(TestData.File("formats-1/taught.safetensors"));

        Assert.Equal(
            ["taught.out_bias 2", "taught.out_weight 8,2", "taught.projection_matrix 8,8", "taught.projection_mean 8"],
            ModelTensors
                .Of(description)
                .Where(part => part.Name.StartsWith("taught.", StringComparison.Ordinal))
                .Select(part => $"{part.Name} {string.Join(',', part.Shape)}")
                .Order()
        );
    }
}
