using System.Globalization;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>
/// Which clips a training is to have drawn, as one word: <c>synth:SEED</c>, and after commas <c>clips=N</c> (an
/// epoch), <c>validation=N</c>, <c>contrasts</c>, <c>kitchenware</c>, <c>size=PIXELS</c>, <c>fps=RATE</c>
/// and <c>vary=WORDS</c>.
/// </summary>
internal sealed record DrawnClipsName
{
    /// <summary>What such a word begins with.</summary>
    public const string Prefix = "synth:";

    private const int UsualClips = 10_000;
    private const int MostValidation = 1000;
    private const int MostClips = 10_000_000;

    /// <summary>Fixes every random choice of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Clips of an epoch.</summary>
    public int Clips { get; init; } = UsualClips;

    /// <summary>Clips to validate on; null for a tenth of an epoch, at most 1,000.</summary>
    public int? Validation { get; init; }

    /// <summary>Only the categories that share objects and layouts (<see cref="Synthesis.Contrasts"/>).</summary>
    public bool Contrasts { get; init; }

    /// <summary>The world.</summary>
    public SyntheticWorld World { get; init; }

    /// <summary>What is varied.</summary>
    public DomainRandomisation Variation { get; init; } = DomainRandomisation.None;

    /// <summary>Size of the frames; null for the usual.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Rate of the frames; null for the usual.</summary>
    public FrameRate? Rate { get; init; }

    /// <summary>Whether a word is meant as such a name.</summary>
    public static bool IsOne(string word) => word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a name.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="TaskGrainException">It is not such a word, or asks for what cannot be.</exception>
    public static DrawnClipsName Parse(string word)
    {
        string[] parts = IsOne(word) ? word[Prefix.Length..].Split(',') : [""];
        var name = new DrawnClipsName
        {
            Seed = ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
                ? seed
                : throw Fault(word, $"the seed is a whole number from 0 to {ulong.MaxValue}"),
        };
        foreach (string part in parts[1..])
        {
            string[] sides = part.Split('=', 2);
            string value = sides.Length > 1 ? sides[1] : "";
            name = sides[0] switch
            {
                "clips" => name with { Clips = Number(word, value) },
                "validation" => name with { Validation = Number(word, value) },
                "contrasts" when sides.Length == 1 => name with { Contrasts = true },
                "kitchenware" when sides.Length == 1 => name with { World = SyntheticWorld.Kitchenware },
                "size" => name with { Size = SizeOf(word, value) },
                "fps" => name with
                {
                    Rate = FrameRate.TryParse(value, out FrameRate rate)
                        ? rate
                        : throw Fault(word, $"fps={value} is no frame rate, such as 12 or 30000/1001"),
                },
                "vary" => name with { Variation = DomainRandomisation.Parse(value) },
                _ => throw Fault(
                    word,
                    $"'{part}' is not known; there are clips=N, validation=N, contrasts, kitchenware, size=PIXELS, "
                        + "fps=RATE and vary=WORDS"
                ),
            };
        }

        return name is { Contrasts: true, World: SyntheticWorld.Kitchenware }
            ? throw Fault(word, "contrasts are categories of everyday objects, which kitchenware does not have")
            : name;
    }

    /// <summary>The same with every value set.</summary>
    /// <param name="standard">Size and rate of the frames where the name says nothing about them.</param>
    public DrawnClipsName Complete(FrameFormat standard) =>
        this with
        {
            Validation = Validation ?? Math.Clamp(Clips / 10, 1, MostValidation),
            Size = Size ?? (standard.Width, standard.Height),
            Rate = Rate ?? standard.FramesPerSecond,
        };

    /// <summary>The word.</summary>
    public override string ToString()
    {
        string[] words =
        [
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Seed}"),
            string.Create(CultureInfo.InvariantCulture, $"clips={Clips}"),
            Validation is { } validation ? string.Create(CultureInfo.InvariantCulture, $"validation={validation}") : "",
            Contrasts ? "contrasts" : "",
            World == SyntheticWorld.Kitchenware ? "kitchenware" : "",
            Size is var (width, height)
                ? string.Create(CultureInfo.InvariantCulture, $"size={width}{(width == height ? "" : $"x{height}")}")
                : "",
            Rate is { } rate ? $"fps={rate}" : "",
            Variation == DomainRandomisation.None ? "" : $"vary={Variation}",
        ];
        return string.Join(',', words.Where(part => part.Length > 0));
    }

    private static int Number(string word, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number is >= 1 and <= MostClips
            ? number
            : throw Fault(word, $"'{text}' is no number of clips from 1 to {MostClips:N0}");

    private static (int Width, int Height) SizeOf(string word, string text)
    {
        string[] sides = text.Split('x', 2);
        return Side(sides[0]) is { } width && Side(sides[^1]) is { } height
            ? (width, height)
            : throw Fault(
                word,
                $"size={text} is no size from 1 to {FrameFormat.MostPixels} pixels, such as 84 or 128x96"
            );

        static int? Side(string side) =>
            int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels)
            && pixels is >= 1 and <= FrameFormat.MostPixels
                ? pixels
                : null;
    }

    private static TaskGrainException Fault(string word, string what) =>
        new($"'{word}' names no generated clips: {what}. Write {Prefix}SEED, such as {Prefix}1,clips=20000,contrasts.");
}
