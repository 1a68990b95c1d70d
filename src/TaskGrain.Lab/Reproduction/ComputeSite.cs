using TaskGrain.Runtime;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// What a measurement was made on. Measurements are compared only within one site: another processor rounds otherwise.
/// </summary>
/// <param name="Device">The processor's or the graphics card's name.</param>
/// <param name="Precision">The number format of the heavy layers.</param>
internal sealed record ComputeSite(string Device, string Precision)
{
    /// <summary>This machine.</summary>
    /// <param name="device">Where models compute.</param>
    /// <param name="precision">Their number format.</param>
    public static ComputeSite Here(TorchSharp.torch.Device device, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(device);
        bool cuda = device.type == TorchSharp.DeviceType.CUDA;
        return new ComputeSite(
            cuda ? Card(device.index) : Processor(),
            precision.TypeOn(device).ToString().ToLowerInvariant()
        );
    }

    /// <summary>The site in words.</summary>
    public override string ToString() => $"{Device}, {Precision}";

    private static string Processor() =>
        Line("/proc/cpuinfo", "model name")
        ?? $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}";

    private static string Card(int index)
    {
        const string Cards = "/proc/driver/nvidia/gpus";
        string[] cards = Directory.Exists(Cards)
            ? [.. Directory.GetDirectories(Cards).Order(StringComparer.Ordinal)]
            : [];
        int wanted = Math.Max(index, 0);
        return wanted < cards.Length && Line(Path.Combine(cards[wanted], "information"), "Model") is { } model
            ? model
            : "a CUDA device";
    }

    private static string? Line(string file, string key) =>
        File.Exists(file)
            ? File.ReadLines(file)
                .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
                ?.Split(':', 2)[^1]
                .Trim()
            : null;
}
