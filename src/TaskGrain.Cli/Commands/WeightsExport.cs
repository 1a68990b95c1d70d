using System.CommandLine;
using TaskGrain.Models;
using TaskGrain.Models.Weights;

namespace TaskGrain.Cli.Commands;

internal static class WeightsExport
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("file") { Description = "A model or weights in any form that import reads." };
        Option<FileInfo> output = new("--out")
        {
            Description = "FILE.pth (or .pt) for torch.load, or FILE.safetensors for safetensors.torch.load_file.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command(
            "export",
            "Write the weights of a model for Python: a dictionary of tensors by name.\n"
                + "Example: taskgrain weights export run/best.safetensors --out encoder.pth"
        )
        {
            file,
            output,
        };
        command.SetAction(
            (parsed, _) =>
            {
                string target = parsed.GetRequiredValue(output).FullName;
                string form = Path.GetExtension(target).ToLowerInvariant();
                if (form is not (".pth" or ".pt" or ".safetensors"))
                {
                    throw new UsageException($"--out {target}: the name must end with .pth, .pt or .safetensors.");
                }

                using WeightSet set = WeightFile.Read(parsed.GetRequiredValue(file).FullName);
                if (form == ".safetensors")
                {
                    Safetensors.Write(target, set.Tensors, set.Metadata);
                }
                else
                {
                    TorchCheckpointWriter.Write(target, set.Tensors);
                }

                Console.Out.WriteLine($"{target}: {set.Tensors.Count} tensors");
                return Task.FromResult(0);
            }
        );
        return command;
    }
}
