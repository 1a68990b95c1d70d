using Microsoft.ML.OnnxRuntime;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Inference.Features;

/// <summary>Our ResNet-18 with the package's weights, against ONNX Runtime on the package's own files.</summary>
public sealed class ImageNetResNet18Tests
{
    private static readonly FrameFormat Format = new(224, 224, 12);

    [Fact]
    public void A_build_puts_the_packages_files_beside_the_program()
    {
        (string network, string preprocessing) = Assert.NotNull(ImageNetResNet18.Find());

        Assert.StartsWith(AppContext.BaseDirectory, network, StringComparison.Ordinal);
        Assert.True(File.Exists(preprocessing));
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-4)]
    [InlineData(Precision.BFloat16, 5e-2)]
    public void Features_of_generated_frames_are_those_of_ONNX_Runtime(Precision precision, double tolerance) =>
        AssertAgreement(SomeFrames(3), precision, tolerance);

    [Fact]
    public void Features_of_real_frames_are_those_of_ONNX_Runtime() =>
        AssertAgreement(VideoReader.Read(TestData.Clip("166766.webm"), Format), Precision.Float32, 1e-4);

    private static void AssertAgreement(VideoFrames frames, Precision precision, double tolerance)
    {
        using IFeatureSource source = ImageNetResNet18.Open(CPU, precision);
        Assert.Equal(Format, source.Info.Frames);

        FeatureSequence ours = source.Extract(frames);

        (string network, string preprocessing) = ImageNetResNet18.Find()!.Value;
        using var prepare = new InferenceSession(preprocessing);
        using var features = new InferenceSession(network);
        for (int frame = 0; frame < frames.Count; frame += Math.Max(1, frames.Count / 6))
        {
            float[] expected = Run(
                features,
                Run(prepare, Planes(frames.Frame(frame)), [1, 3, 224, 224]),
                [1, 3, 224, 224]
            );
            double difference = expected.Zip(ours[frame].ToArray(), (a, b) => (double)(a - b) * (a - b)).Sum();
            double relative = Math.Sqrt(difference / expected.Sum(value => (double)value * value));
            Assert.True(relative < tolerance, $"frame {frame}: {relative:e2} of the vector's length");
        }
    }

    private static float[] Run(InferenceSession session, float[] input, long[] shape)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(
            options,
            [session.InputMetadata.Keys.Single()],
            [value],
            [session.OutputMetadata.Keys.Single()]
        );
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>(H, W, 3) bytes as (3, H, W) numbers.</summary>
    private static float[] Planes(ReadOnlySpan<byte> pixels)
    {
        float[] planes = new float[pixels.Length];
        int plane = pixels.Length / 3;
        for (int i = 0; i < pixels.Length; i++)
        {
            planes[(i % 3 * plane) + (i / 3)] = pixels[i];
        }

        return planes;
    }

    /// <summary>Soft coloured waves, another in each frame.</summary>
    private static VideoFrames SomeFrames(int count)
    {
        byte[] pixels = new byte[count * Format.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = i / 3;
            double wave = Math.Sin((pixel % 224 * 0.07) + (pixel / 224 * 0.05 * (1 + (i % 3))));
            pixels[i] = (byte)(127 + (120 * wave));
        }

        return new VideoFrames(Format, pixels);
    }
}
