using System.Globalization;
using System.Text.Json.Serialization;

namespace TaskGrain.Training;

/// <summary>How λ goes from its start to its end.</summary>
public enum LossScheduleShape
{
    /// <summary>The start value throughout.</summary>
    Constant,

    /// <summary>A straight line, a little at every step.</summary>
    Linear,

    /// <summary>Half a cosine, a little at every step.</summary>
    Cosine,

    /// <summary>Equal drops at the beginnings of epochs.</summary>
    Steps,
}

/// <summary>
/// λ over a run, in loss = λ · classification + (1 − λ) · captioning (paper, Section 4.4: from 1, lowered gradually
/// to 0.1; 1 is classification alone, 0 captioning alone).
/// </summary>
public sealed record LossSchedule
{
    /// <summary>How λ goes from start to end.</summary>
    public LossScheduleShape Shape { get; init; } = LossScheduleShape.Linear;

    /// <summary>λ at the beginning. Paper: 1.</summary>
    public double Start { get; init; } = 1;

    /// <summary>λ at the end. Paper: 0.1. Not used by <see cref="LossScheduleShape.Constant"/>.</summary>
    public double End { get; init; } = 0.1;

    /// <summary>Epochs at the start value; null for a fifth of the run.</summary>
    public double? FromEpoch { get; init; }

    /// <summary>Epochs from start to end value; null for two fifths of the run. 0 jumps.</summary>
    public double? Length { get; init; }

    /// <summary>λ that the run ends with.</summary>
    [JsonIgnore]
    public double Final => Shape == LossScheduleShape.Constant ? Start : End;

    /// <summary>Whether the classifier is trained at any time.</summary>
    [JsonIgnore]
    public bool UsesClasses => Start > 0 || Final > 0;

    /// <summary>Whether the caption decoder is trained at any time.</summary>
    [JsonIgnore]
    public bool UsesCaptions => Start < 1 || Final < 1;

    /// <summary>The same λ throughout.</summary>
    /// <param name="lambda">λ, 0 to 1.</param>
    /// <returns>The schedule.</returns>
    public static LossSchedule Constant(double lambda) =>
        new()
        {
            Shape = LossScheduleShape.Constant,
            Start = lambda,
            End = lambda,
            FromEpoch = 0,
            Length = 0,
        };

    /// <summary>Reads the form used on the command line.</summary>
    /// <param name="text">
    /// <c>0.1</c> (constant) or <c>START:END[:SHAPE[:FROM[:LENGTH]]]</c>, such as <c>1:0.1:cosine:2:8</c>; FROM and
    /// LENGTH in epochs.
    /// </param>
    /// <returns>The schedule.</returns>
    /// <exception cref="TaskGrainException">The text has another form.</exception>
    public static LossSchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length == 1 && TryNumber(parts[0], out double lambda))
        {
            return Constant(lambda);
        }

        double from = 0;
        double length = 0;
        LossScheduleShape shape = LossScheduleShape.Linear;
        if (
            parts.Length is < 2 or > 5
            || !TryNumber(parts[0], out double start)
            || !TryNumber(parts[1], out double end)
            || (parts.Length > 2 && !TryShape(parts[2], out shape))
            || (parts.Length > 3 && !TryNumber(parts[3], out from))
            || (parts.Length > 4 && !TryNumber(parts[4], out length))
        )
        {
            throw new TaskGrainException(
                $"'{text}' is no lambda; write a number such as 0.1, or START:END[:SHAPE[:FROM[:LENGTH]]] such as "
                    + $"1:0.1:linear:2:8 "
                    + "(shapes: linear, cosine, steps; FROM and LENGTH in epochs)."
            );
        }

        return new LossSchedule
        {
            Shape = shape,
            Start = start,
            End = end,
            FromEpoch = parts.Length > 3 ? from : null,
            Length = parts.Length > 4 ? length : null,
        };
    }

    /// <summary>Fills in what depends on the length of the run.</summary>
    /// <param name="epochs">Epochs of the run.</param>
    /// <returns>The schedule with every value set.</returns>
    public LossSchedule For(int epochs) =>
        Shape == LossScheduleShape.Constant
            ? Constant(Start)
            : this with
            {
                FromEpoch = FromEpoch ?? epochs / 5.0,
                Length = Length ?? epochs * 2 / 5.0,
            };

    /// <summary>λ at a moment of the run.</summary>
    /// <param name="epoch">Epochs done, with the fraction of the present one.</param>
    /// <returns>λ.</returns>
    public double At(double epoch)
    {
        double from = FromEpoch ?? 0;
        double length = Length ?? 0;
        double at = Shape == LossScheduleShape.Steps ? Math.Floor(epoch) : epoch;
        double done =
            length > 0 ? Math.Clamp((at - from) / length, 0, 1)
            : at < from ? 0
            : 1;
        return Shape switch
        {
            LossScheduleShape.Constant => Start,
            LossScheduleShape.Linear or LossScheduleShape.Steps => Between(done),
            LossScheduleShape.Cosine => Between((1 - Math.Cos(Math.PI * done)) / 2),
            _ => throw new InvalidOperationException($"Unknown shape {Shape}."),
        };
    }

    /// <summary>The schedule in words.</summary>
    /// <returns>Such as <c>1 → 0.1 (linear, epochs 2 to 6)</c>.</returns>
    public override string ToString() =>
        Shape == LossScheduleShape.Constant
            ? $"{Start:0.###}"
            : $"{Start:0.###} → {End:0.###} ({Shape.ToString().ToLowerInvariant()}, epochs {FromEpoch:0.##} to "
                + $"{FromEpoch + Length:0.##})";

    /// <summary>What is wrong with the values.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Start is not (>= 0 and <= 1) || Final is not (>= 0 and <= 1))
        {
            yield return $"lambda goes from {Start} to {Final}; both must be between 0 and 1";
        }

        if (FromEpoch is { } from && !(from >= 0 && double.IsFinite(from)))
        {
            yield return $"lambda's fromEpoch is {from}; it must be at least 0";
        }

        if (Length is { } length && !(length >= 0 && double.IsFinite(length)))
        {
            yield return $"lambda's length is {length}; it must be at least 0";
        }
    }

    // Exact at both ends: λ = 1 and λ = 0 leave a head out of the computation.
    private double Between(double done) =>
        done <= 0 ? Start
        : done >= 1 ? End
        : Start + ((End - Start) * done);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool TryShape(string text, out LossScheduleShape shape)
    {
        (bool known, shape) = text.ToLowerInvariant() switch
        {
            "linear" => (true, LossScheduleShape.Linear),
            "cosine" => (true, LossScheduleShape.Cosine),
            "steps" => (true, LossScheduleShape.Steps),
            _ => (false, default),
        };
        return known;
    }
}
