namespace TaskGrain.Synthesis;

/// <summary>A map of the plane: x' = Xx·x + Xy·y + X0, y' = Yx·x + Yy·y + Y0.</summary>
internal readonly record struct Affine(double Xx, double Yx, double Xy, double Yy, double X0, double Y0)
{
    public static Affine Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>Square root of the change of area: the scale of lengths when both directions are alike.</summary>
    public double MeanScale => Math.Sqrt(Math.Abs((Xx * Yy) - (Xy * Yx)));

    public static Affine Translate(double x, double y) => new(1, 0, 0, 1, x, y);

    public static Affine Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    public static Affine Rotate(double angle)
    {
        double c = Num.Cos(angle),
            s = Num.Sin(angle);
        return new(c, s, -s, c, 0, 0);
    }

    /// <summary>First <paramref name="inner"/>, then <paramref name="outer"/>.</summary>
    public static Affine operator *(Affine outer, Affine inner) =>
        new(
            (outer.Xx * inner.Xx) + (outer.Xy * inner.Yx),
            (outer.Yx * inner.Xx) + (outer.Yy * inner.Yx),
            (outer.Xx * inner.Xy) + (outer.Xy * inner.Yy),
            (outer.Yx * inner.Xy) + (outer.Yy * inner.Yy),
            (outer.Xx * inner.X0) + (outer.Xy * inner.Y0) + outer.X0,
            (outer.Yx * inner.X0) + (outer.Yy * inner.Y0) + outer.Y0
        );

    public (double X, double Y) Map(double x, double y) => ((Xx * x) + (Xy * y) + X0, (Yx * x) + (Yy * y) + Y0);
}
