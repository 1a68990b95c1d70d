using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

internal static class FrameAssert
{
    /// <summary>Same number of frames, mean absolute difference below the limit (levels of 255).</summary>
    public static void Alike(byte[] expected, VideoFrames actual, double limit = 1)
    {
        Assert.Equal(expected.Length / actual.Format.BytesPerFrame, actual.Count);
        Assert.InRange(Difference(expected, actual.Pixels.Span), 0, limit);
    }

    public static double Difference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        long sum = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            sum += Math.Abs(expected[i] - actual[i]);
        }

        return (double)sum / Math.Max(1, expected.Length);
    }
}
