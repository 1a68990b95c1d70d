using System.CommandLine;
using System.Globalization;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TorchSharp;

namespace TaskGrain.Cli.Usage;

/// <summary>Options of the commands that compute with a model: on what, how finely, with how many threads.</summary>
internal sealed class ComputeOptions
{
    /// <summary><c>--device</c>.</summary>
    public Option<string> Device { get; } = Options.Device;

    /// <summary><c>--precision</c>.</summary>
    public Option<Precision> Precision { get; } = Options.PrecisionMode;

    /// <summary><c>--threads</c>.</summary>
    public Option<int> Threads { get; } = Options.Threads;

    /// <summary>Sets the number of threads and opens the device; before anything is computed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The device.</returns>
    /// <exception cref="TaskGrainException">The machine has no such device.</exception>
    public torch.Device Begin(ParseResult parsed)
    {
        ComputeDevice.SetThreads(parsed.GetValue(Threads));
        return ComputeDevice.Parse(parsed.GetRequiredValue(Device));
    }

    /// <summary><see cref="Begin"/>, and loads a model there.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">The model's file.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="TaskGrainException">The file holds no model, or the machine has no such device.</exception>
    public VideoModel Load(ParseResult parsed, string file) =>
        ModelFile.Load(file, Begin(parsed), parsed.GetValue(Precision));

    /// <summary>Device and precision as settings of a training, for the models that a study trains.</summary>
    /// <param name="parsed">The command line.</param>
    public IReadOnlyList<string> DeviceSettings(ParseResult parsed) =>
        [
            $"machine.device={parsed.GetRequiredValue(Device)}",
            $"machine.precision={parsed.GetValue(Precision).ToString().ToLowerInvariant()}",
        ];

    /// <summary><see cref="DeviceSettings"/> and the number of threads.</summary>
    /// <param name="parsed">The command line.</param>
    public IReadOnlyList<string> Settings(ParseResult parsed) =>
        [
            .. DeviceSettings(parsed),
            $"machine.threads={parsed.GetValue(Threads).ToString(CultureInfo.InvariantCulture)}",
        ];
}
