namespace TaskGrain.Synthesis;

/// <summary>Sets of colours that objects come in.</summary>
internal static class Palette
{
    public static IReadOnlyList<NamedColor> Bright { get; } =
    [
        new("red", Rgb.Hex(0xC8372D)),
        new("blue", Rgb.Hex(0x2F62B8)),
        new("green", Rgb.Hex(0x3B9150)),
        new("yellow", Rgb.Hex(0xE5BE35)),
        new("orange", Rgb.Hex(0xE07B2C)),
        new("white", Rgb.Hex(0xEDEBE4)),
        new("black", Rgb.Hex(0x2B2B30)),
        new("pink", Rgb.Hex(0xDD7F9D)),
        new("purple", Rgb.Hex(0x7A4E9E)),
        new("grey", Rgb.Hex(0x8C8F92)),
        new("brown", Rgb.Hex(0x80563A)),
        new("light blue", Rgb.Hex(0x7FB4D9)),
        new("dark green", Rgb.Hex(0x2C5A3E)),
        new("maroon", Rgb.Hex(0x7A2733)),
        new("turquoise", Rgb.Hex(0x3AA7A3)),
    ];

    public static IReadOnlyList<NamedColor> Dark { get; } =
    [
        new("black", Rgb.Hex(0x26272B)),
        new("black", Rgb.Hex(0x34363B)),
        new("grey", Rgb.Hex(0x6D7175)),
        new("silver", Rgb.Hex(0xA9AEB3)),
        new("white", Rgb.Hex(0xE6E6E3)),
        new("dark blue", Rgb.Hex(0x27355C)),
        new("red", Rgb.Hex(0xA6302C)),
    ];

    public static IReadOnlyList<NamedColor> Pale { get; } =
    [
        new("white", Rgb.Hex(0xF2F0EA)),
        new("white", Rgb.Hex(0xE8E6E0)),
        new("yellow", Rgb.Hex(0xEFE08A)),
        new("blue", Rgb.Hex(0xA9CBE8)),
        new("pink", Rgb.Hex(0xF0BFCB)),
        new("green", Rgb.Hex(0xB9DDB0)),
    ];

    public static IReadOnlyList<NamedColor> Cloths { get; } =
    [
        new("blue", Rgb.Hex(0x3F6FA8)),
        new("white", Rgb.Hex(0xE9E6DF)),
        new("green", Rgb.Hex(0x5E9477)),
        new("red", Rgb.Hex(0xB4413F)),
        new("grey", Rgb.Hex(0x7C7E84)),
        new("pink", Rgb.Hex(0xD992A5)),
        new("yellow", Rgb.Hex(0xE0C25B)),
        new("black", Rgb.Hex(0x33333A)),
        new("purple", Rgb.Hex(0x6C5590)),
    ];

    public static IReadOnlyList<NamedColor> Woods { get; } =
    [
        new("brown", Rgb.Hex(0x9B6B3F)),
        new(null, Rgb.Hex(0xC39A64)),
        new("dark brown", Rgb.Hex(0x6B452A)),
        new(null, Rgb.Hex(0xB5834F)),
    ];

    public static IReadOnlyList<NamedColor> Metals { get; } =
    [
        new("silver", Rgb.Hex(0xB4B9BE)),
        new(null, Rgb.Hex(0x9AA0A6)),
        new("golden", Rgb.Hex(0xC7A353)),
        new(null, Rgb.Hex(0xC3C7CB)),
    ];

    public static IReadOnlyList<NamedColor> Glasses { get; } =
    [
        new(null, Rgb.Hex(0xBBD3DA)),
        new("clear", Rgb.Hex(0xC7DADF)),
        new("green", Rgb.Hex(0x7FB08A)),
        new("blue", Rgb.Hex(0x86AED0)),
    ];

    /// <summary>Makes a set of one's own.</summary>
    public static IReadOnlyList<NamedColor> Of(params (string? Word, int Code)[] colors) =>
        [.. colors.Select(c => new NamedColor(c.Word, Rgb.Hex(c.Code)))];
}
