namespace TaskGrain.Explain.Networks;

/// <summary>
/// Where the cells of a map lie in the picture that the network reads: cell (i, j) stands for what is around the pixel
/// (<paramref name="Offset"/> + <paramref name="Stride"/> × i, the same with j).
/// </summary>
/// <param name="Offset">Where the middle of the first cell is, in pixels from the picture's border.</param>
/// <param name="Stride">Pixels from cell to cell.</param>
/// <param name="Side">Side of the picture in pixels.</param>
internal readonly record struct MapPlacement(double Offset, double Stride, int Side)
{
    /// <summary>A map that covers the picture from border to border.</summary>
    /// <param name="cells">Cells in a row.</param>
    /// <param name="side">Side of the picture in pixels.</param>
    public static MapPlacement Stretched(int cells, int side) =>
        new((double)side / cells / 2, (double)side / cells, side);

    /// <summary>The middle of a cell, in pixels.</summary>
    public double Centre(int cell) => Offset + (Stride * cell);

    /// <summary>
    /// A map at the picture's size, linear between the middles of cells and even beyond the outermost.
    /// </summary>
    /// <param name="cells">(h, w), row-major.</param>
    /// <param name="height">h.</param>
    /// <param name="width">w.</param>
    /// <param name="picture">(Side, Side), filled.</param>
    public void Enlarge(ReadOnlySpan<float> cells, int height, int width, Span<float> picture)
    {
        Span<(int Low, int High, float Share)> across = new (int, int, float)[Side];
        for (int x = 0; x < Side; x++)
        {
            across[x] = Between(x, width);
        }

        for (int y = 0; y < Side; y++)
        {
            (int low, int high, float share) = Between(y, height);
            ReadOnlySpan<float> upper = cells.Slice(low * width, width);
            ReadOnlySpan<float> lower = cells.Slice(high * width, width);
            for (int x = 0; x < Side; x++)
            {
                (int left, int right, float way) = across[x];
                float top = upper[left] + ((upper[right] - upper[left]) * way);
                float bottom = lower[left] + ((lower[right] - lower[left]) * way);
                picture[(y * Side) + x] = top + ((bottom - top) * share);
            }
        }
    }

    private (int Low, int High, float Share) Between(int pixel, int cells)
    {
        double at = Math.Clamp((pixel + 0.5 - Offset) / Stride, 0, cells - 1);
        int low = (int)at;
        return (low, Math.Min(low + 1, cells - 1), (float)(at - low));
    }
}
