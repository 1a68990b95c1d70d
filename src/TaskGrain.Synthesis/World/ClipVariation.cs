using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>What one clip got of the variation of its set (<see cref="DomainRandomisation"/>).</summary>
internal sealed record ClipVariation
{
    /// <summary>Nothing is varied.</summary>
    public static ClipVariation None { get; } = new();

    /// <summary>Colours of the picture; null for the generator's own.</summary>
    public PictureGrade? Grade { get; init; }

    /// <summary>Shapes and patterns that lie about, in front of table and wall; 0 for none.</summary>
    public int Clutter { get; init; }

    /// <summary>What lens, sensor and recording add.</summary>
    public RecordingFaults Recording { get; init; } = RecordingFaults.None;

    /// <summary>What the fingers do all the time in a clip whose objects are not drawn; null in all others.</summary>
    public HandPose? BarePose { get; init; }

    /// <summary>How many times as fast as without.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Draws what a clip gets.</summary>
    /// <param name="random">The clip's own stream for it.</param>
    /// <param name="set">What is varied in its set.</param>
    public static ClipVariation Draw(SeededRandom random, DomainRandomisation set)
    {
        if (set == DomainRandomisation.None)
        {
            return None;
        }

        // Each kind draws from a stream of its own, so that a set varied in one thing more is else the same.
        SeededRandom colours = random.Derive(1),
            backgrounds = random.Derive(2),
            sensor = random.Derive(3),
            bare = random.Derive(4),
            speed = random.Derive(5);
        return new ClipVariation
        {
            Grade = set.Colours > 0 ? PictureGrade.Draw(colours, set.Colours) : null,
            Clutter = backgrounds.NextBool(0.8) ? (int)(set.Backgrounds * backgrounds.NextDouble(0, 26)) : 0,
            Recording = RecordingFaults.Draw(sensor, set.Sensor),
            BarePose = bare.NextBool(0.5 * set.BareHands)
                ? bare.Pick<HandPose>([
                    HandPose.Point,
                    HandPose.Point,
                    HandPose.Point,
                    HandPose.Flat,
                    HandPose.Fist,
                    HandPose.Open,
                ])
                : null,
            Pace = Math.Exp(Math.Log(3) * set.Speed * speed.NextDouble(-1, 1)),
        };
    }
}
