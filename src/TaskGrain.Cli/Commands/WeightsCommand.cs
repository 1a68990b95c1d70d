using System.CommandLine;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain weights</c>: other people's weights in, ours out.</summary>
internal static class WeightsCommand
{
    public static Command Create() =>
        new(
            "weights",
            "Weights of networks trained elsewhere into a .safetensors file, and ours into a file for Python.\n"
                + "Example: taskgrain weights import resnet50.pth --as resnet50 --out resnet50.safetensors"
        )
        {
            WeightsImport.Create(),
            WeightsExport.Create(),
        };
}
