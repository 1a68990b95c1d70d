using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace TaskGrain.Models;

/// <summary>
/// How the encoder's features are divided between its two channels, written as in the paper: <c>M(256-0)</c> has
/// 256 features from the 3D channel and no 2D channel (Section 4.1, Table 1).
/// </summary>
/// <param name="Features3D">Features of the 3D channel: a multiple of 8; 0 leaves the channel out.</param>
/// <param name="Features2D">Features of the 2D channel: a multiple of 8; 0 leaves the channel out.</param>
[JsonConverter(typeof(EncoderArchitectureJson))]
public sealed partial record EncoderArchitecture(int Features3D, int Features2D)
{
    /// <summary>A channel's last three layers are this many times as wide as its first (Figure 2).</summary>
    public const int WidthOfBase = 8;

    /// <summary>256 times the paper's; more is a mistake, and sums of sizes would no longer fit into an int.</summary>
    private const int MostFeatures = 1 << 16;

    /// <summary>Features of both channels together: the length of the vector the LSTM reads at a time step.</summary>
    public int Features => Features3D + Features2D;

    /// <summary>Reads the paper's notation.</summary>
    /// <param name="text">Such as <c>M(256-256)</c>; case and spaces do not matter.</param>
    /// <returns>The architecture.</returns>
    /// <exception cref="TaskGrainException">The text has another form, or a width the encoder cannot have.</exception>
    public static EncoderArchitecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Notation().Match(text);
        if (
            !match.Success
            || !int.TryParse(
                match.Groups[1].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int features3D
            )
            || !int.TryParse(
                match.Groups[2].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int features2D
            )
        )
        {
            throw new TaskGrainException(
                $"'{text}' is no architecture; write M(3D features-2D features), such as M(256-256) or M(256-0)."
            );
        }

        var architecture = new EncoderArchitecture(features3D, features2D);
        if (architecture.Faults().FirstOrDefault() is { } fault)
        {
            throw new TaskGrainException(fault);
        }

        return architecture;
    }

    /// <summary>The paper's notation, which <see cref="Parse"/> reads.</summary>
    /// <returns>Such as <c>M(256-256)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"M({Features3D}-{Features2D})");

    /// <summary>What keeps this architecture from being built.</summary>
    /// <returns>One sentence a fault; nothing when it can be built.</returns>
    internal IEnumerable<string> Faults()
    {
        if (Features3D < 0 || Features2D < 0 || Features3D % WidthOfBase != 0 || Features2D % WidthOfBase != 0)
        {
            yield return $"Architecture {this}: each number of features must be 0 or a multiple of {WidthOfBase}.";
        }
        else if (Features3D > MostFeatures || Features2D > MostFeatures)
        {
            yield return $"Architecture {this}: a channel has at most {MostFeatures} features.";
        }
        else if (Features == 0)
        {
            yield return $"Architecture {this}: at least one channel needs features.";
        }
    }

    [GeneratedRegex(
        @"^\s*M\s*\(\s*(\d+)\s*-\s*(\d+)\s*\)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Notation();
}
