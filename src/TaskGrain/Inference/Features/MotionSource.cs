using MathNet.Numerics.Statistics;
using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Where something moves, and when: a source without weights that sees nothing but what changes between frames, so
/// that it knows neither the room nor the clothes. A vector is a grid of 16×12 cells; a cell's number is the square
/// root of how much its pixels change from the frame before to the frame after, beyond what is usual in this video.
/// </summary>
/// <remarks>
/// "Usual" is the median over all cells and frames of the video: the camera's noise. What is left is divided by its
/// mean over the video, so that a hand before a dark wall counts as much as one before a bright one. It supposes a
/// camera that stands still or nearly so: where the whole picture moves, so does every cell.
/// </remarks>
internal sealed class MotionSource : IFeatureSource
{
    /// <summary>Its name wherever a source is named.</summary>
    public const string Name = "motion";

    private const int Columns = 16;
    private const int Rows = 12;
    private const int CellSide = 4;
    private const int Cells = Columns * Rows;

    /// <summary>
    /// Raised when the numbers change, so that what was learned on the old ones is not used on the new.
    /// </summary>
    private const int Version = 1;

    /// <summary>A video in which nothing moves: half a grey level of mean change is nothing.</summary>
    private const float Still = 0.5f;

    public MotionSource(FeatureOptions? options = null)
    {
        options ??= new FeatureOptions();
        options.Validate();
        string text = FormattableString.Invariant(
            $"{Name} {Version} {Columns}×{Rows} cells of {CellSide} pixels, {options.VectorsPerSecond}"
        );
        string hash = SourceIdentity.Of(text);
        Info = new FeatureSourceInfo
        {
            Kind = FeatureSourceKind.Motion,
            Description = $"where and when something moves, {Columns}×{Rows} cells, no weights",
            Identity = hash,
            Checksum = hash,
            Dimension = Cells,
            VectorsPerSecond = options.VectorsPerSecond,
            Frames = new FrameFormat(Columns * CellSide, Rows * CellSide, FrameRate.Of(options.VectorsPerSecond)),
        };
    }

    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; }

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        BackboneFrames.RequireFormat(frames, Info);
        float[] changes = new float[frames.Count * Cells];
        for (int t = 0; t < frames.Count; t++)
        {
            cancel.ThrowIfCancellationRequested();
            Change(
                frames.Frame(Math.Max(t - 1, 0)),
                frames.Frame(Math.Min(t + 1, frames.Count - 1)),
                changes.AsSpan(t * Cells, Cells)
            );
        }

        Normalise(changes);
        return new FeatureSequence(changes, frames.Count, Cells);
    }

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>Mean absolute difference of the pixels of every cell, in grey levels.</summary>
    private static void Change(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<float> cells)
    {
        const int RowBytes = Columns * CellSide * 3;
        for (int row = 0; row < Rows * CellSide; row++)
        {
            for (int cell = 0; cell < Columns; cell++)
            {
                int from = (row * RowBytes) + (cell * CellSide * 3);
                int sum = 0;
                for (int i = from; i < from + (CellSide * 3); i++)
                {
                    sum += Math.Abs(before[i] - after[i]);
                }

                cells[(row / CellSide * Columns) + cell] += sum / (float)(CellSide * CellSide * 3);
            }
        }
    }

    private static void Normalise(float[] changes)
    {
        float usual = (float)changes.Median();
        double sum = 0;
        foreach (ref float change in changes.AsSpan())
        {
            change = Math.Max(0, change - usual);
            sum += change;
        }

        float mean = Math.Max((float)(sum / changes.Length), Still / Cells);
        foreach (ref float change in changes.AsSpan())
        {
            change = MathF.Sqrt(change / mean);
        }
    }
}
