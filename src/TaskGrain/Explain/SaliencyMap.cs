using TaskGrain.Explain.Networks;

namespace TaskGrain.Explain;

/// <summary>What a map explains.</summary>
public enum SaliencyKind
{
    /// <summary>Why this class.</summary>
    Class,

    /// <summary>Why this class and not that one.</summary>
    Contrast,

    /// <summary>Why this word of the caption.</summary>
    Word,
}

/// <summary>Where and when a video speaks for a class or a word: a map a frame, 0 to 1.</summary>
/// <remarks>
/// The largest value of all frames is 1, so frames can be compared with each other; <see cref="Strength"/> compares
/// the maps of one explanation. What speaks against the class or word is cut off. A map is 0 everywhere where nothing
/// speaks for it.
/// </remarks>
public sealed class SaliencyMap
{
    private readonly float[] _cells;
    private readonly MapPlacement _placement;

    /// <param name="target">What it explains.</param>
    /// <param name="cells">(T, h, w), as the layer's map is; what is below 0 is cut off.</param>
    /// <param name="height">h.</param>
    /// <param name="width">w.</param>
    /// <param name="placement">Where its cells lie.</param>
    internal SaliencyMap(SaliencyTarget target, float[] cells, int height, int width, MapPlacement placement)
    {
        (Kind, Label, Probability) = (target.Kind, target.Label, target.Probability);
        _placement = placement;
        (CellRows, CellColumns) = (height, width);
        Frames = cells.Length / (height * width);
        Strength = cells.Max();
        _cells = [.. cells.Select(cell => Strength > 0 ? Math.Max(0, cell) / Strength : 0)];
        float[] sums = [.. _cells.Chunk(height * width).Select(frame => frame.Sum())];
        float most = Math.Max(sums.Max(), float.Epsilon);
        Profile = [.. sums.Select(sum => sum / most)];
    }

    /// <summary>What it explains.</summary>
    public SaliencyKind Kind { get; }

    /// <summary>The class's name, the word, or for a contrast <c>this, not that</c>.</summary>
    public string Label { get; }

    /// <summary>
    /// How likely the model holds the class, or the word after the words before it; for a contrast how likely it holds
    /// the class when it has to choose between the two.
    /// </summary>
    public double Probability { get; }

    /// <summary>The largest value before the map was brought to 0 … 1; 0 or less where nothing speaks for it.</summary>
    public float Strength { get; }

    /// <summary>T: frames of the explanation.</summary>
    public int Frames { get; }

    /// <summary>H, rows of the part of a frame that the network sees.</summary>
    public int Height => _placement.Side;

    /// <summary>W, its columns.</summary>
    public int Width => _placement.Side;

    /// <summary>How much each frame mattered: the sum of its map; the largest is 1.</summary>
    public IReadOnlyList<float> Profile { get; }

    /// <summary>Rows of the layer's map, of which <see cref="Frame"/> is an enlargement.</summary>
    internal int CellRows { get; }

    /// <summary>Columns of the layer's map.</summary>
    internal int CellColumns { get; }

    /// <summary>Where the layer's cells lie.</summary>
    internal MapPlacement Placement => _placement;

    /// <summary>The layer's own map: (T, <see cref="CellRows"/>, <see cref="CellColumns"/>), row-major.</summary>
    internal ReadOnlySpan<float> Cells => _cells;

    /// <summary>The map of one frame.</summary>
    /// <param name="frame">0 to <see cref="Frames"/> − 1.</param>
    /// <returns>(H, W), row-major, 0 to 1, over the part of the frame that the network sees.</returns>
    public float[] Frame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Frames);
        float[] picture = new float[Height * Width];
        int size = CellRows * CellColumns;
        _placement.Enlarge(_cells.AsSpan(frame * size, size), CellRows, CellColumns, picture);
        return picture;
    }

    /// <summary>The maps of all frames.</summary>
    /// <returns>(T, H, W), row-major.</returns>
    public float[] ToArray() => [.. Enumerable.Range(0, Frames).SelectMany(Frame)];
}

/// <summary>What a map explains.</summary>
/// <param name="Kind">Class, contrast or word.</param>
/// <param name="Label">Its name.</param>
/// <param name="Probability">How likely the model holds it.</param>
internal sealed record SaliencyTarget(SaliencyKind Kind, string Label, double Probability);
