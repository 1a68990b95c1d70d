namespace TaskGrain.Synthesis;

/// <summary>The colour of a table at a place on it (cm, already turned by the grain).</summary>
internal static class TableTextures
{
    public static Rgb At(Stage stage, double x, double z)
    {
        double k = 1 / stage.GrainScale;
        x *= k;
        z *= k;
        ulong seed = stage.Seed;
        Rgb a = stage.Table,
            b = stage.TableSecond;
        switch (stage.Texture)
        {
            case TableTexture.Wood:
            case TableTexture.DarkWood:
                {
                    double plank = Math.Floor(z / 9);
                    double warp = 3 * Lattice.Noise(x * 0.07, (z * 0.3) + (13 * plank), seed);
                    double rings = (z * 0.8) + warp + (2 * Lattice.Noise(x * 0.02, z * 0.2, seed + 1));
                    double line = rings - Math.Floor(rings);
                    double fine = Lattice.Noise(x * 0.5, z * 7, seed + 2);
                    double tone = (0.55 * line) + (0.35 * fine) + (0.25 * Lattice.Hash((int)plank, 7, seed));
                    double joint = z - (plank * 9) < 0.25 ? 0.72 : 1;
                    return a.Mix(b, Num.Clamp01(tone)).Shade(joint);
                }

            case TableTexture.Marble:
                {
                    double n =
                        Lattice.Noise(x * 0.12, z * 0.12, seed) + (0.5 * Lattice.Noise(x * 0.35, z * 0.35, seed + 1));
                    double vein = Math.Abs(Num.Sin((x * 0.18) + (z * 0.1) + (5 * n)));
                    return a.Mix(b, vein < 0.12 ? 0.8 * (1 - (vein / 0.12)) : 0.15 * n);
                }

            case TableTexture.Checks:
            case TableTexture.Mosaic:
                {
                    double size = stage.Texture == TableTexture.Mosaic ? 2.6 : 4.5;
                    double cx = Math.Floor(x / size),
                        cz = Math.Floor(z / size);
                    bool grout =
                        stage.Texture == TableTexture.Mosaic && ((x / size) - cx < 0.09 || (z / size) - cz < 0.09);
                    if (grout)
                    {
                        return Rgb.Hex(0xD5D2CA);
                    }

                    double odd =
                        stage.Texture == TableTexture.Mosaic
                            ? Lattice.Hash((int)cx, (int)cz, seed)
                            : 0.5 * ((((int)cx & 1) == 0 ? 0 : 1) + (((int)cz & 1) == 0 ? 0 : 1));
                    return a.Mix(b, odd).Shade(0.94 + (0.12 * Lattice.Noise(x * 2.5, z * 2.5, seed)));
                }

            case TableTexture.Stripes:
                {
                    double s = (x / 5) - Math.Floor(x / 5);
                    return (
                        s < 0.36 ? b
                        : s is > 0.56 and < 0.62 ? b.Shade(0.8)
                        : a
                    ).Shade(0.93 + (0.13 * Lattice.Noise(x * 3, z * 3, seed)));
                }

            case TableTexture.Carpet:
                {
                    double coarse = Lattice.Noise(x * 1.6, z * 1.6, seed);
                    double n = (0.6 * coarse) + (0.4 * Lattice.Noise(x * 4.3, z * 4.3, seed + 3));
                    double large = Lattice.Noise(x * 0.09, z * 0.09, seed + 1);
                    return a.Mix(b, Num.Clamp01((0.8 * large) + (0.25 * n))).Shade(0.72 + (0.5 * n));
                }

            case TableTexture.Tiles:
                {
                    double size = 15,
                        cx = Math.Floor(x / size),
                        cz = Math.Floor(z / size);
                    double ux = (x / size) - cx,
                        uz = (z / size) - cz;
                    if (ux < 0.03 || uz < 0.03)
                    {
                        return b;
                    }

                    return a.Shade(
                        0.94
                            + (0.08 * Lattice.Hash((int)cx, (int)cz, seed))
                            + (0.07 * Lattice.Noise(x * 0.4, z * 0.4, seed))
                    );
                }

            case TableTexture.Linen:
                {
                    double fold = Num.Sin((x * 0.16) + (4 * Lattice.Noise(x * 0.05, z * 0.06, seed)));
                    double across = Lattice.Noise(x * 5, z * 1.2, seed + 1);
                    double weave = (across + Lattice.Noise(x * 1.2, z * 5, seed + 2)) / 2;
                    return a.Mix(b, 0.3 * weave).Shade(0.9 + (0.1 * fold));
                }

            case TableTexture.Granite:
            case TableTexture.Terrazzo:
                {
                    double f = stage.Texture == TableTexture.Terrazzo ? 0.75 : 2.4;
                    double n = Lattice.Noise(x * f, z * f, seed),
                        m = Lattice.Noise(x * f * 2.3, z * f * 2.3, seed + 5);
                    return n > 0.72 ? b
                        : m > 0.76 ? b.Mix(Rgb.White, 0.5)
                        : m < 0.2 ? a.Shade(0.7)
                        : a.Shade(0.95 + (0.1 * m));
                }

            case TableTexture.Steel:
                {
                    double brush = Lattice.Noise(x * 0.25, z * 9, seed);
                    return a.Mix(b, Num.Clamp01((0.5 * Lattice.Noise(x * 0.05, z * 0.08, seed + 1)) + (0.5 * brush)));
                }

            case TableTexture.Block:
                {
                    double row = Math.Floor(z / 3.2),
                        cell = Math.Floor((x / 9) + (0.5 * row));
                    double n = Lattice.Noise(x * 0.7, z * 5, seed);
                    return a.Mix(b, (0.7 * Lattice.Hash((int)cell, (int)row, seed)) + (0.3 * n));
                }

            default:
                return a.Shade(
                    0.96
                        + (0.06 * Lattice.Noise(x * 0.25, z * 0.25, seed))
                        + (0.03 * Lattice.Noise(x * 4, z * 4, seed + 1))
                );
        }
    }
}
