using TaskGrain.Explain;
using TaskGrain.Synthesis;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>Where and when a generated clip's action truly is, on the grid of an explanation's maps.</summary>
internal sealed class TrueRegions
{
    /// <summary>Seconds around a clip's first and last event that still belong to what happens.</summary>
    private const double Around = 0.25;

    private readonly bool[] _acting;

    private TrueRegions(bool[] acting, bool[] during, int side)
    {
        _acting = acting;
        During = during;
        Side = side;
    }

    /// <summary>Side of the maps in pixels.</summary>
    public int Side { get; }

    /// <summary>Number of frames of the maps.</summary>
    public int Frames => During.Length;

    /// <summary>Whether each frame lies between the clip's first and last event; all false without events.</summary>
    public bool[] During { get; }

    /// <summary>Share of all places that lie in the boxes of acting objects and hands.</summary>
    public double ActingShare => _acting.Count(inside => inside) / (double)_acting.Length;

    /// <summary>Whether something that acts is anywhere to be seen.</summary>
    public bool HasActing => _acting.Contains(true);

    /// <summary>Whether events and other moments are both to be seen.</summary>
    public bool HasEvent => During.Contains(true) && During.Contains(false);

    /// <summary>Reads them from the generator.</summary>
    /// <param name="truth">Boxes and events of the clip.</param>
    /// <param name="times">When the maps' frames are, in seconds.</param>
    /// <param name="seen">The part of the picture that the maps cover, each from 0 to 1.</param>
    /// <param name="side">Side of the maps in pixels.</param>
    public static TrueRegions Of(
        GroundTruth truth,
        IReadOnlyList<double> times,
        (double Left, double Top, double Right, double Bottom) seen,
        int side
    )
    {
        bool[] acting = new bool[times.Count * side * side];
        IReadOnlyList<IReadOnlyList<IReadOnlyList<int>?>> actors =
        [
            .. truth.Objects.Where(thing => thing.Placeholder >= 0).Select(thing => thing.Boxes),
            .. truth.Hands.Select(hand => hand.Boxes),
        ];
        for (int i = 0; i < times.Count; i++)
        {
            int frame = Math.Clamp((int)Math.Round(times[i] * truth.FramesPerSecond), 0, truth.Frames - 1);
            foreach (IReadOnlyList<IReadOnlyList<int>?> boxes in actors)
            {
                if (boxes[frame] is [int left, int top, int right, int bottom])
                {
                    Mark(i, Column(left), Row(top), Column(right), Row(bottom));
                }
            }
        }

        double[] events = [.. truth.Events.Select(what => what.Frame / truth.FramesPerSecond)];
        bool[] during =
        [
            .. times.Select(time => events.Length > 0 && time >= events[0] - Around && time <= events[^1] + Around),
        ];
        return new TrueRegions(acting, during, side);

        double Column(int x) => ((double)x / truth.Width - seen.Left) / (seen.Right - seen.Left) * side;

        double Row(int y) => ((double)y / truth.Height - seen.Top) / (seen.Bottom - seen.Top) * side;

        void Mark(int at, double left, double top, double right, double bottom)
        {
            for (int y = Edge(top); y < Edge(bottom); y++)
            {
                for (int x = Edge(left); x < Edge(right); x++)
                {
                    acting[(((at * side) + y) * side) + x] = true;
                }
            }
        }

        int Edge(double place) => (int)Math.Clamp(Math.Round(place), 0, side);
    }

    /// <summary>Whether a place lies in the box of something that acts.</summary>
    public bool IsActing(int frame, int x, int y) => _acting[(((frame * Side) + y) * Side) + x];

    /// <summary>How well a map meets them.</summary>
    public LocalisationScore Score(SaliencyMap map)
    {
        ReadOnlySpan<float> cells = map.Cells;
        int most = 0;
        for (int i = 1; i < cells.Length; i++)
        {
            most = cells[i] > cells[most] ? i : most;
        }

        int size = map.CellRows * map.CellColumns;
        int frame = most / size;
        int x = Pixel(map.Placement.Centre(most % map.CellColumns));
        int y = Pixel(map.Placement.Centre(most % size / map.CellColumns));
        return Shares((at, values) => map.Frame(at).CopyTo(values, 0)) with
        {
            // A map that is 0 everywhere points nowhere.
            Hit = map.Strength > 0 && IsActing(frame, x, y) ? 1 : 0,
        };
    }

    /// <summary>How well a map that favours no place meets them.</summary>
    public LocalisationScore ScoreUniform() => Shares((_, values) => Array.Fill(values, 1f)) with { Hit = ActingShare };

    /// <summary>How well a map that favours the middle of the picture, at any time, meets them.</summary>
    /// <remarks>
    /// A Gaussian with a quarter of the picture's side as deviation; it points at the middle of any frame.
    /// </remarks>
    public LocalisationScore ScoreCentre()
    {
        double deviation = Side / 4.0;
        double middle = (Side - 1) / 2.0;
        int hits = Enumerable.Range(0, Frames).Count(frame => IsActing(frame, Side / 2, Side / 2));
        return Shares(
            (_, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    double x = (i % Side) - middle;
                    double y = (i / Side) - middle;
                    values[i] = (float)Math.Exp(-((x * x) + (y * y)) / (2 * deviation * deviation));
                }
            }
        ) with
        {
            Hit = (double)hits / Frames,
        };
    }

    private int Pixel(double place) => Math.Clamp((int)place, 0, Side - 1);

    private LocalisationScore Shares(Action<int, float[]> fill)
    {
        float[] values = new float[Side * Side];
        double all = 0;
        double inside = 0;
        double during = 0;
        for (int frame = 0; frame < Frames; frame++)
        {
            fill(frame, values);
            for (int i = 0; i < values.Length; i++)
            {
                all += values[i];
                inside += _acting[(frame * values.Length) + i] ? values[i] : 0;
                during += During[frame] ? values[i] : 0;
            }
        }

        return all > 0 ? new LocalisationScore(0, inside / all, during / all) : default;
    }
}

/// <summary>How well a map meets where and when the action truly is.</summary>
/// <param name="Hit">1 when its highest place lies in a box of something that acts; for chance the probability.</param>
/// <param name="Inside">Share of the map's sum inside those boxes.</param>
/// <param name="During">Share of its sum between the first and the last event.</param>
internal readonly record struct LocalisationScore(double Hit, double Inside, double During);
