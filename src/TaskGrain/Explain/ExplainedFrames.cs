using TaskGrain.Video;

namespace TaskGrain.Explain;

/// <summary>The frames that maps lie over.</summary>
/// <param name="Pictures">The video as it is shown, in any size and rate, from its start.</param>
/// <param name="Times">When each frame of the maps is, in seconds; ascending.</param>
/// <param name="Seen">The part of the picture that the network sees, each from 0 to 1.</param>
internal sealed record ExplainedFrames(
    VideoFrames Pictures,
    IReadOnlyList<double> Times,
    (double Left, double Top, double Right, double Bottom) Seen
)
{
    /// <summary>Number of the picture at a time.</summary>
    public int PictureAt(double seconds) =>
        Math.Clamp((int)Math.Round(seconds * Pictures.Format.FramesPerSecond), 0, Pictures.Count - 1);

    /// <summary>
    /// Numbers of the pictures from the first frame of the maps to the last, and what lies over each: the maps of two
    /// frames, the second with the share.
    /// </summary>
    public IEnumerable<(int Picture, int Left, int Right, float Share)> Through()
    {
        double rate = Pictures.Format.FramesPerSecond;
        int left = 0;
        for (int picture = PictureAt(Times[0]); picture <= PictureAt(Times[^1]); picture++)
        {
            double at = picture / rate;
            while (left + 1 < Times.Count && Times[left + 1] <= at)
            {
                left++;
            }

            int right = Math.Min(left + 1, Times.Count - 1);
            double share = right == left ? 0 : (at - Times[left]) / (Times[right] - Times[left]);
            yield return (picture, left, right, (float)Math.Clamp(share, 0, 1));
        }
    }
}
