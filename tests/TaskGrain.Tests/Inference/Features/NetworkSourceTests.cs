using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using TaskGrain.Tests.Models.Weights;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference.Features;

public sealed class NetworkSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_networks_file_gives_the_networks_vector_of_each_normalised_frame()
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse("resnet18");
        Dictionary<string, Tensor> weights = SomeWeights.Of(architecture);
        using IFeatureSource source = FeatureSources.Open(Save(architecture, weights), CPU, Precision.Float32);
        Assert.Equal(new FrameFormat(224, 224, 12), source.Info.Frames);
        VideoFrames frames = Noise(source.Info.Frames, 3);

        FeatureSequence features = source.Extract(frames);

        // By hand: ((pixel / 255) − mean) / deviation of torchvision.
        using PretrainedNetwork network = PretrainedNetwork.Create(architecture, weights, CPU, Precision.Float32);
        Tensor pixels = tensor(frames.Pixels.ToArray(), [3, 224, 224, 3], ScalarType.Float32) / 255;
        Tensor mean = tensor(new[] { 0.485f, 0.456f, 0.406f });
        Tensor deviation = tensor(new[] { 0.229f, 0.224f, 0.225f });
        Tensor expected = network.Features(((pixels - mean) / deviation).permute(0, 3, 1, 2));
        Assert.Equal(3, features.Steps);
        AssertClose(expected.data<float>().ToArray(), features.Values.ToArray());
    }

    [Fact]
    public void The_clip_networks_vectors_do_not_depend_on_what_shares_a_batch()
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse("resnet34-3d");
        string file = Save(architecture, SomeWeights.Of(architecture));
        using IFeatureSource source = FeatureSources.Open(file, CPU, Precision.Float32);
        Assert.Equal(new FrameFormat(112, 112, 12), source.Info.Frames);
        VideoFrames frames = Noise(source.Info.Frames, 32);
        var first = new VideoFrames(frames.Format, frames.Pixels[..(16 * frames.Format.BytesPerFrame)]);

        FeatureSequence both = source.Extract(frames);

        Assert.Equal(32, both.Steps);
        AssertClose(source.Extract(first)[0].ToArray(), both[0].ToArray());
    }

    [Fact]
    public void Other_weights_have_another_identity()
    {
        using var scope = NewDisposeScope();
        NetworkArchitecture architecture = NetworkArchitecture.Parse("resnet18");
        string Identity(int seed, FeatureOptions? options = null)
        {
            using IFeatureSource source = FeatureSources.Open(
                Save(architecture, SomeWeights.Of(architecture, seed: seed)),
                CPU,
                Precision.Float32,
                options
            );
            return source.Info.Identity;
        }

        Assert.Equal(Identity(1), Identity(1));
        Assert.NotEqual(Identity(1), Identity(2));
        Assert.NotEqual(Identity(1), Identity(1, new FeatureOptions { VectorsPerSecond = 6 }));
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        double scale = expected.Max(Math.Abs);
        Assert.True(scale > 0);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / scale, 0, 1e-4));
    }

    private string Save(NetworkArchitecture architecture, Dictionary<string, Tensor> weights)
    {
        string path = _folder.File($"{architecture}.safetensors");
        NetworkFile.Save(
            path,
            weights,
            new NetworkDescription(architecture.Name, NetworkInput.Of(architecture), "a test")
        );
        return path;
    }

    private static VideoFrames Noise(FrameFormat format, int count)
    {
        byte[] pixels = new byte[count * format.BytesPerFrame];
        var random = new SeededRandom(3);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextInt(256);
        }

        return new VideoFrames(format, pixels);
    }
}
