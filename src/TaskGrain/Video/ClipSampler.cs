using TaskGrain.Runtime;

namespace TaskGrain.Video;

/// <summary>
/// Chooses the frames and the crop of a clip as the paper does (section 4.1): consecutive frames from a random start
/// and a random crop in training, the middle of both in a test; a video that is too short gets its first frame
/// repeated before and its last frame after, half each.
/// </summary>
internal sealed class ClipSampler
{
    private const double HalfRange = 127.5;

    private readonly ClipSamplerOptions _options;

    /// <summary>Makes a sampler.</summary>
    /// <param name="options">Length, stride and crop.</param>
    /// <exception cref="TaskGrainException">An option is out of range.</exception>
    public ClipSampler(ClipSamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>
    /// A random clip. Speed, start, column, row, flip and colours are drawn in this order, and only what is on.
    /// </summary>
    /// <param name="frameCount">Frames in the video, at least 1.</param>
    /// <param name="width">The frames' width in pixels.</param>
    /// <param name="height">The frames' height in pixels.</param>
    /// <param name="random">Decides; its state moves on.</param>
    /// <param name="mayFlip">Whether this video may be flipped where flipping is on.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="TaskGrainException">The crop is larger than the frame.</exception>
    public ClipPlan Training(int frameCount, int width, int height, SeededRandom random, bool mayFlip = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        double speed = _options.SpeedJitter > 0 ? Factor(_options.SpeedJitter, random) : 1;
        int spare = SpareFrames(frameCount, speed);
        CheckCrop(width, height);
        int start = spare > 0 ? random.NextInt(spare + 1) : CentreStart(spare);
        int x = random.NextInt(width - _options.CropSize + 1);
        int y = random.NextInt(height - _options.CropSize + 1);
        bool flipped = _options.Flip && random.NextBool() && mayFlip;
        ClipPlan plan = Plan(start, frameCount, x, y, flipped, speed);
        return _options.ColourJitter > 0 ? plan with { Colour = RandomColour(random) } : plan;
    }

    /// <summary>The clip in the middle of the video, cut from the middle of the frame; never flipped.</summary>
    /// <param name="frameCount">Frames in the video, at least 1.</param>
    /// <param name="width">The frames' width in pixels.</param>
    /// <param name="height">The frames' height in pixels.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="TaskGrainException">The crop is larger than the frame.</exception>
    public ClipPlan Centre(int frameCount, int width, int height)
    {
        int spare = SpareFrames(frameCount);
        CheckCrop(width, height);
        return Plan(
            CentreStart(spare),
            frameCount,
            (width - _options.CropSize) / 2,
            (height - _options.CropSize) / 2,
            flipped: false
        );
    }

    /// <summary>
    /// Clips spread evenly over the video, from its first frame to its last, all cut from the middle of the frame.
    /// </summary>
    /// <param name="frameCount">Frames in the video, at least 1.</param>
    /// <param name="width">The frames' width in pixels.</param>
    /// <param name="height">The frames' height in pixels.</param>
    /// <param name="clips">How many, at least 1; 1 gives <see cref="Centre"/>.</param>
    /// <returns>
    /// As many different clips as the video has, at most <paramref name="clips"/>, in the order of time.
    /// </returns>
    /// <exception cref="TaskGrainException">The crop is larger than the frame.</exception>
    public IReadOnlyList<ClipPlan> Evenly(int frameCount, int width, int height, int clips)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clips, 1);
        int spare = SpareFrames(frameCount);
        int count = Math.Min(clips, spare + 1);
        if (count <= 1)
        {
            return [Centre(frameCount, width, height)];
        }

        CheckCrop(width, height);
        int x = (width - _options.CropSize) / 2;
        int y = (height - _options.CropSize) / 2;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Plan((int)((long)spare * i / (count - 1)), frameCount, x, y, flipped: false)),
        ];
    }

    /// <summary>Frames the video has beyond the clip's span; negative when it is too short.</summary>
    private int SpareFrames(int frameCount, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        return frameCount - (Offset(_options.Frames - 1, speed) + 1);
    }

    /// <summary>
    /// The middle start; for a short video a negative one, so that the repeats before never outnumber those after.
    /// </summary>
    private static int CentreStart(int spare) => spare / 2;

    /// <summary>Frames of the video from a clip's first frame to its <paramref name="i"/>th.</summary>
    private int Offset(int i, double speed) => (int)Math.Round(i * _options.FrameStride * speed);

    /// <summary>A factor between 1/(1 + jitter) and 1 + jitter.</summary>
    private static double Factor(double jitter, SeededRandom random) =>
        Math.Exp(random.NextDouble(-1, 1) * Math.Log(1 + jitter));

    private ClipColour RandomColour(SeededRandom random)
    {
        double contrast = Factor(_options.ColourJitter, random);
        double shift = random.NextDouble(-1, 1) * _options.ColourJitter * HalfRange / 2;
        double red = contrast * Factor(_options.ColourJitter / 2, random);
        double green = contrast * Factor(_options.ColourJitter / 2, random);
        double blue = contrast * Factor(_options.ColourJitter / 2, random);

        // Contrast is about the middle of the range, which stays where it is.
        return new ClipColour((float)red, (float)green, (float)blue, (float)(shift + (HalfRange * (1 - contrast))));
    }

    private void CheckCrop(int width, int height)
    {
        if (_options.CropSize > width || _options.CropSize > height)
        {
            throw new TaskGrainException(
                $"A crop of {_options.CropSize}×{_options.CropSize} does not fit into frames of {width}×{height}; "
                    + $"choose a smaller crop or pack the videos with a larger size."
            );
        }
    }

    private ClipPlan Plan(int start, int frameCount, int x, int y, bool flipped, double speed = 1)
    {
        int[] frames = new int[_options.Frames];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = Math.Clamp(start + Offset(i, speed), 0, frameCount - 1);
        }

        return new ClipPlan(frames, new PixelRectangle(x, y, _options.CropSize, _options.CropSize), flipped);
    }
}
