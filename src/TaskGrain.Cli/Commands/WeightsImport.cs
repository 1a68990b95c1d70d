using System.CommandLine;
using System.Text.Json;
using TaskGrain.Models;
using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using TorchSharp;

namespace TaskGrain.Cli.Commands;

internal static class WeightsImport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        Argument<FileInfo> file = new("file")
        {
            Description = "safetensors, a PyTorch checkpoint (.pth, .pt, .bin; both forms), or ONNX.",
        };
        Option<FileInfo> output = new("--out")
        {
            Description = "The .safetensors file to write.",
            HelpName = "FILE",
            Required = true,
        };
        Option<string> network = new("--as")
        {
            Description =
                "The network whose weights these are: "
                + string.Join(", ", NetworkArchitecture.All.Select(one => one.Name))
                + ". Names are brought to torchvision's and every tensor is checked; the result is a source of "
                + "features. Without it all tensors are written as they are.",
            HelpName = "NETWORK",
        };
        Option<bool> json = Options.Json;
        var command = new Command(
            "import",
            "Read weights that others have trained and write them as one safetensors file. Of a PyTorch checkpoint "
                + "tensors and plain containers are read and nothing is executed.\n"
                + "Example: taskgrain weights import vgg16.pth --as vgg16 --out vgg16.safetensors"
        )
        {
            file,
            output,
            network,
            json,
        };
        command.SetAction(
            (parsed, _) =>
            {
                string target = parsed.GetRequiredValue(output).FullName;
                NetworkArchitecture? architecture = Architecture(parsed.GetValue(network));
                using WeightSet set = WeightFile.Read(parsed.GetRequiredValue(file).FullName);
                using DisposeScope scope = torch.NewDisposeScope();
                IReadOnlyDictionary<string, torch.Tensor> weights = architecture is null
                    ? set.Tensors
                    : NetworkFile.Match(set, architecture);
                if (architecture is null)
                {
                    Safetensors.Write(target, weights);
                }
                else
                {
                    NetworkFile.Save(
                        target,
                        weights,
                        new NetworkDescription(
                            architecture.Name,
                            NetworkInput.Of(architecture),
                            Path.GetFileName(set.Path)
                        )
                    );
                }

                long numbers = weights.Values.Sum(tensor => tensor.numel());
                Console.Out.WriteLine(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(
                            new
                            {
                                File = target,
                                set.Form,
                                Network = architecture?.Name,
                                Tensors = weights.Count,
                                Numbers = numbers,
                                set.PassedOver,
                            },
                            Json
                        )
                        : Text(target, set, architecture, weights.Count, numbers)
                );
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static NetworkArchitecture? Architecture(string? name)
    {
        try
        {
            return name is null ? null : NetworkArchitecture.Parse(name);
        }
        catch (TaskGrainException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static string Text(
        string target,
        WeightSet set,
        NetworkArchitecture? architecture,
        int tensors,
        long numbers
    )
    {
        string what = architecture is null ? "" : $" of {architecture}";
        string rest = set.PassedOver.Count == 0 ? "" : $"\npassed over: {Names(set.PassedOver)}";
        return FormattableString.Invariant(
            $"{target}: {tensors} tensors{what} with {numbers:N0} numbers, from a {set.Form} file{rest}"
        );
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(8)) + (names.Count > 8 ? $" and {names.Count - 8} more" : "");
}
