namespace TaskGrain.Synthesis;

/// <summary>What a surface is made of, as far as its shading shows.</summary>
internal enum Finish
{
    Matte,
    Glossy,
    Metal,
    Glass,
    Soft,
}

/// <summary>A colour with the word that people use for it; null when they would not name it.</summary>
internal readonly record struct NamedColor(string? Word, Rgb Color);

/// <summary>How one object of a kind looks.</summary>
internal sealed record Appearance(
    NamedColor Color,
    Rgb Accent,
    Rgb Detail,
    Finish Finish,
    string? MaterialWord,
    int Variant
)
{
    public Rgb Main => Color.Color;
}
