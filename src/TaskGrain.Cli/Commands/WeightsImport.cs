using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using TorchSharp;

namespace TaskGrain.Cli.Commands;

internal static class WeightsImport
{
    public static Command Create()
    {
        Argument<FileInfo> file = Words.Argument(
            "FILE",
            "safetensors, a PyTorch checkpoint (.pth, .pt, .bin; both forms), or ONNX.",
            Read.File
        );
        Option<FileInfo> target = Words.One("--out", "FILE", "The .safetensors file to write.", Read.File);
        target.Required = true;
        Option<NetworkArchitecture> network = Words.One(
            "--as",
            "NETWORK",
            "The network whose weights these are: "
                + string.Join(", ", NetworkArchitecture.All.Select(one => one.Name))
                + ". Names are brought to torchvision's and every tensor is checked; the result is a source of "
                + "features. Without it all tensors are written as they are.",
            NetworkArchitecture.Parse
        );
        var command = new Command(
            "import",
            "Read weights that others have trained and write them as one safetensors file. Of a PyTorch checkpoint "
                + "tensors and plain containers are read and nothing is executed.\n"
                + "Example: taskgrain weights import vgg16.pth --as vgg16 --out vgg16.safetensors"
        )
        {
            file,
            target,
            network,
        };
        return command.Runs(
            (parsed, output, _) =>
            {
                string path = parsed.GetRequiredValue(target).FullName;
                NetworkArchitecture? architecture = parsed.GetValue(network);
                using WeightSet set = WeightFile.Read(parsed.GetRequiredValue(file).FullName);
                using DisposeScope scope = torch.NewDisposeScope();
                IReadOnlyDictionary<string, torch.Tensor> weights = architecture is null
                    ? set.Tensors
                    : NetworkFile.Match(set, architecture);
                if (architecture is null)
                {
                    Safetensors.Write(path, weights);
                }
                else
                {
                    NetworkFile.Save(
                        path,
                        weights,
                        new NetworkDescription(
                            architecture.Name,
                            NetworkInput.Of(architecture),
                            Path.GetFileName(set.Path)
                        )
                    );
                }

                long numbers = weights.Values.Sum(tensor => tensor.numel());
                string what = architecture is null ? "" : $" of {architecture}";
                output.Result(
                    new
                    {
                        File = path,
                        set.Form,
                        Network = architecture?.Name,
                        Tensors = weights.Count,
                        Numbers = numbers,
                        set.PassedOver,
                    },
                    $"{path}: {weights.Count} tensors{what} with {numbers:N0} numbers, from a {set.Form} file"
                );
                if (!output.Json && set.PassedOver.Count > 0)
                {
                    output.Line($"passed over: {Names(set.PassedOver)}");
                }

                return 0;
            }
        );
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(8)) + (names.Count > 8 ? $" and {names.Count - 8} more" : "");
}
