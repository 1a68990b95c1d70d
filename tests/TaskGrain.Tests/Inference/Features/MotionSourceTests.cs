using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Tests.Inference.Features;

public sealed class MotionSourceTests
{
    private const int Cells = 16 * 12;
    private static readonly FrameFormat Format = new(64, 48, 12);
    private readonly MotionSource _source = new();

    [Fact]
    public void Nothing_moves_in_a_still_video_whatever_is_in_it()
    {
        FeatureSequence features = _source.Extract(Video(5, (_, x, y) => (byte)((7 * x) + y)));

        Assert.Equal((5, Cells), (features.Steps, features.Dimension));
        Assert.All(features.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_cell_that_changes_stands_out_in_its_place()
    {
        // Cell (2, 1), pixels 8 to 11 by 4 to 7, is 100 brighter in the second of three frames. Frames 0 and 1 differ
        // from their neighbours before and after together: (0, 1) and (0, 2) and (1, 2).
        FeatureSequence features = _source.Extract(
            Video(3, (t, x, y) => (byte)(t == 1 && x / 4 == 2 && y / 4 == 1 ? 150 : 50))
        );

        // The mean over 3 × 192 cells is 2 × 100 / 576, so a cell of 100 becomes √(576 / 2).
        float expected = MathF.Sqrt(288);
        Assert.Equal(expected, features[0][16 + 2], 1e-3f);
        Assert.Equal(0, features[1][16 + 2]);
        Assert.Equal(expected, features[2][16 + 2], 1e-3f);
        Assert.Equal(2 * expected, features.Values.ToArray().Sum(), 1e-2f);
    }

    [Fact]
    public void The_strength_of_the_light_makes_no_difference()
    {
        float[] Of(int strength) =>
            _source.Extract(Video(6, (t, x, _) => (byte)(x / 8 == t ? strength : 0))).Values.ToArray();

        Assert.Equal(Of(50), Of(200), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void What_changes_everywhere_alike_stands_out_nowhere_in_the_picture()
    {
        FeatureSequence features = _source.Extract(Video(4, (t, _, _) => (byte)(10 * t)));

        // The frames in the middle change twice as much as those at the ends, and in no place more than in another.
        Assert.Equal(0, features[0][5]);
        Assert.Equal(features[1][5], features[1][100]);
    }

    private static VideoFrames Video(int frames, Func<int, int, int, byte> pixel)
    {
        byte[] pixels = new byte[frames * Format.BytesPerFrame];
        for (int i = 0; i < pixels.Length; i++)
        {
            int place = i % Format.BytesPerFrame / 3;
            pixels[i] = pixel(i / Format.BytesPerFrame, place % Format.Width, place / Format.Width);
        }

        return new VideoFrames(Format, pixels);
    }
}
