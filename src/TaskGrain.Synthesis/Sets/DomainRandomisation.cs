using System.Globalization;

namespace TaskGrain.Synthesis;

/// <summary>
/// How far the generator's pictures and motions are varied beyond its own world, so that an encoder trained on them
/// carries over further (Tobin et al. 2017, "Domain randomization"). Every strength is from 0, the generator's own, to
/// 1; each clip draws how much of it it gets. Labels do not change, and a clip's action and objects are those of the
/// same seed without it.
/// </summary>
public sealed record DomainRandomisation
{
    /// <summary>Nothing is varied.</summary>
    public static DomainRandomisation None { get; } = new();

    /// <summary>Colours of the picture: white balance, exposure, contrast, saturation, hue, grey.</summary>
    public double Colours { get; init; }

    /// <summary>Tables and walls of any colours and patterns, clutter, instead of those of a living room.</summary>
    public double Backgrounds { get; init; }

    /// <summary>Motion of the camera on its own account: stronger shake, drift, roll and sway.</summary>
    public double Camera { get; init; }

    /// <summary>Lens, sensor and recording: softness, motion blur, noise, few pixels, compression.</summary>
    public double Sensor { get; init; }

    /// <summary>Hands of any size in the picture, any skin and sleeve.</summary>
    public double Hands { get; init; }

    /// <summary>
    /// The part of clips, at strength 1 half of them, whose hand points with bare fingers where it would hold an
    /// object, which is not drawn.
    /// </summary>
    public double BareHands { get; init; }

    /// <summary>Speed: clips of the same action from a third as fast to three times.</summary>
    public double Speed { get; init; }

    private static IReadOnlyList<Kind> Kinds { get; } =
    [
        new("colours", all => all.Colours, (all, value) => all with { Colours = value }),
        new("backgrounds", all => all.Backgrounds, (all, value) => all with { Backgrounds = value }),
        new("camera", all => all.Camera, (all, value) => all with { Camera = value }),
        new("sensor", all => all.Sensor, (all, value) => all with { Sensor = value }),
        new("hands", all => all.Hands, (all, value) => all with { Hands = value }),
        new("barehands", all => all.BareHands, (all, value) => all with { BareHands = value }),
        new("speed", all => all.Speed, (all, value) => all with { Speed = value }),
    ];

    /// <summary>The words of what can be varied.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>Reads strengths.</summary>
    /// <param name="text">
    /// Such as <c>colours+camera</c> or <c>colours:0.5+speed</c>; a word alone is strength 1, <c>all</c> is all of
    /// them, <c>none</c> nothing.
    /// </param>
    /// <exception cref="TaskGrainException">A word is not known or a strength is not from 0 to 1.</exception>
    public static DomainRandomisation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        DomainRandomisation all = None;
        foreach (string part in text == "none" ? [] : text.Split('+'))
        {
            string[] sides = part.Split(':', 2);
            double strength = 1;
            if (
                sides.Length > 1
                && !(
                    double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out strength)
                    && strength is >= 0 and <= 1
                )
            )
            {
                throw new TaskGrainException($"'{part}' varies nothing: {sides[1]} is no strength from 0 to 1.");
            }

            var named = Kinds.Where(kind => sides[0] is "all" || kind.Name == sides[0]).ToArray();
            if (named.Length == 0)
            {
                throw new TaskGrainException(
                    $"'{part}' varies nothing: there are {string.Join(", ", Words)} and all, joined by +, each with a "
                        + "strength after a colon if it is not 1, such as colours:0.5+camera; or none."
                );
            }

            all = named.Aggregate(all, (so, kind) => kind.Set(so, strength));
        }

        return all;
    }

    /// <summary>The words that <see cref="Parse"/> reads; <c>none</c> for nothing.</summary>
    public override string ToString()
    {
        string[] words =
        [
            .. Kinds
                .Where(kind => kind.Get(this) > 0)
                .Select(kind =>
                    kind.Get(this) == 1
                        ? kind.Name
                        : string.Create(CultureInfo.InvariantCulture, $"{kind.Name}:{kind.Get(this)}")
                ),
        ];
        return words.Length == 0 ? "none" : string.Join('+', words);
    }

    /// <summary>One thing that is varied: its word, and how its strength is read and set.</summary>
    private sealed record Kind(
        string Name,
        Func<DomainRandomisation, double> Get,
        Func<DomainRandomisation, double, DomainRandomisation> Set
    );

    /// <summary>What is wrong with it; null for nothing.</summary>
    internal string? Fault() =>
        Kinds
            .Where(kind => kind.Get(this) is not (>= 0 and <= 1))
            .Select(kind => $"the strength of {kind.Name} is {kind.Get(this)}; it must be from 0 to 1")
            .FirstOrDefault();
}
