using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Models;
using TaskGrain.Models.Weights;

namespace TaskGrain.Cli.Commands;

internal static class WeightsExport
{
    public static Command Create()
    {
        Argument<FileInfo> file = Words.Argument(
            "FILE",
            "A model or weights in any form that import reads.",
            Read.File
        );
        Option<FileInfo> target = Words.One(
            "--out",
            "FILE",
            "FILE.pth (or .pt) for torch.load, or FILE.safetensors for safetensors.torch.load_file.",
            Target
        );
        target.Required = true;
        var command = new Command(
            "export",
            "Write the weights of a model for Python: a dictionary of tensors by name.\n"
                + "Example: taskgrain weights export run/best.safetensors --out encoder.pth"
        )
        {
            file,
            target,
        };
        return command.Runs(
            (parsed, output, _) =>
            {
                string path = parsed.GetRequiredValue(target).FullName;
                using WeightSet set = WeightFile.Read(parsed.GetRequiredValue(file).FullName);
                if (Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
                {
                    Safetensors.Write(path, set.Tensors, set.Metadata);
                }
                else
                {
                    TorchCheckpointWriter.Write(path, set.Tensors);
                }

                output.Result(
                    new { File = path, Tensors = set.Tensors.Count },
                    $"{path}: {set.Tensors.Count} tensors"
                );
                return 0;
            }
        );
    }

    private static FileInfo Target(string word) =>
        Path.GetExtension(word).ToLowerInvariant() is ".pth" or ".pt" or ".safetensors"
            ? Read.File(word)
            : throw new TaskGrainException("the name must end with .pth, .pt or .safetensors.");
}
