namespace TaskGrain.Models;

/// <summary>How much arithmetic an encoder is: the yardstick of its share of the processor's peak.</summary>
internal static class EncoderWork
{
    /// <summary>
    /// Multiply-adds of the convolutions for one clip, forward. 35 thousand million for the paper's M(256-256).
    /// </summary>
    /// <param name="options">The encoder's sizes.</param>
    /// <param name="frames">Frames of the clip.</param>
    public static double Forward(EncoderOptions options, int frames) => Layers(options, frames).Sum();

    /// <summary>
    /// Multiply-adds of a training step for one clip: forward, gradients of the weights and gradients of the inputs,
    /// which
    /// the first layers do not need.
    /// </summary>
    /// <param name="options">The encoder's sizes.</param>
    /// <param name="frames">Frames of the clip.</param>
    public static double Training(EncoderOptions options, int frames)
    {
        double[] layers = [.. Layers(options, frames)];
        double first = layers.Where((_, i) => i % 6 == 0).Sum();
        return (3 * layers.Sum()) - first;
    }

    /// <summary>Multiply-adds of each block for one clip, forward: the 2D channel's, then the 3D's.</summary>
    /// <param name="options">The encoder's sizes.</param>
    /// <param name="frames">Frames of the clip.</param>
    public static IEnumerable<double> Blocks(EncoderOptions options, int frames) => Layers(options, frames);

    private static IEnumerable<double> Layers(EncoderOptions options, int frames)
    {
        foreach (
            (int features, int depth) in new[]
            {
                (options.Architecture.Features2D, 1),
                (options.Architecture.Features3D, 3),
            }
        )
        {
            if (features == 0)
            {
                continue;
            }

            double width = features / (double)EncoderArchitecture.WidthOfBase;
            int side = options.CropSize;
            int last = side / 8;
            foreach (
                (double inputs, double outputs, int output) in new[]
                {
                    (PixelTensor.Channels, width, side),
                    (width, 2 * width, side / 2),
                    (2 * width, 4 * width, side / 4),
                    (4 * width, 8 * width, last - 2),
                    (8 * width, 8 * width, last - 4),
                    (8 * width, 8 * width, last - 6),
                }
            )
            {
                yield return inputs * outputs * depth * 9 * frames * output * output;
            }
        }
    }
}
