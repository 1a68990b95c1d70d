using System.IO.Hashing;
using TaskGrain.Models.Networks;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Sources of other people's networks in ONNX files, of frames (N, 3, H, W) or clips (N, 3, T, H, W), computed by ONNX
/// Runtime on the processor. Nothing of ONNX Runtime is loaded before the first such file is opened.
/// </summary>
internal static class OnnxSource
{
    private const int FrameBatch = 16;
    private const int ClipBatch = 2;

    /// <summary>Whether a file is called an ONNX network.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether its name ends with <c>.onnx</c>.</returns>
    public static bool IsOnnx(string path) =>
        string.Equals(Path.GetExtension(path), ".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a network and runs it once on black frames, so that what does not fit is said at once.</summary>
    /// <param name="path">The ONNX file; its <see cref="OnnxDescription"/> is in it or beside it.</param>
    /// <param name="options">Rate; null for the paper's.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TaskGrainException">
    /// The file or its description cannot be read, or its shapes or types are not those of a network of frames or
    /// clips.
    /// </exception>
    public static IFeatureSource Open(string path, FeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new FeatureOptions();
        options.Validate();
        var network = OnnxNetwork.Open(path);
        try
        {
            OnnxShape shape = network.Shape;
            bool clips = shape.Frames is not null;
            int batch = shape.Batch ?? (clips ? ClipBatch : FrameBatch);
            var normaliser = new PixelNormaliser(network.Description.Pixels);
            int dimension;
            try
            {
                dimension = network.TryOut(normaliser, shape.Batch ?? 2);
            }
            catch
            {
                normaliser.Dispose();
                throw;
            }

            double rate = clips ? network.Description.FramesPerSecond : options.VectorsPerSecond;
            string sees = clips ? $"clips of {shape.Frames} frames" : "one frame";
            string identity = Identity(
                path,
                FormattableString.Invariant(
                    $"{network.OutputName} {shape} {normaliser.Settings()} {rate} {options.VectorsPerSecond}"
                )
            );
            var info = new FeatureSourceInfo
            {
                Kind = clips ? FeatureSourceKind.ClipBackbone : FeatureSourceKind.FrameBackbone,
                Description =
                    $"{Path.GetFileName(path)}, '{network.OutputName}', {sees}, ONNX Runtime on the processor",
                Identity = identity,
                Checksum = identity,
                Dimension = dimension,
                VectorsPerSecond = options.VectorsPerSecond,
                Frames = new FrameFormat(shape.Width, shape.Height, FrameRate.Of(rate)),
            };
            float[] Compute(ReadOnlyMemory<byte> pixels, int count) => network.Run(normaliser, pixels, count);
            var owned = new Owned(network, normaliser);
            return clips
                ? new ClipBackboneSource(info, Compute, shape.Frames!.Value, shape.Frames.Value, batch, owned)
                : new FrameBackboneSource(info, Compute, batch, owned);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static string Identity(string path, string settings)
    {
        var hash = new XxHash128();
        using (FileStream file = File.OpenRead(path))
        {
            hash.Append(file);
        }

        hash.Append(System.Text.Encoding.UTF8.GetBytes(settings));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private sealed class Owned(OnnxNetwork network, PixelNormaliser normaliser) : IDisposable
    {
        public void Dispose()
        {
            network.Dispose();
            normaliser.Dispose();
        }
    }
}
