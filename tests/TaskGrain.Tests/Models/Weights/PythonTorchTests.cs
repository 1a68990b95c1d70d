using System.ComponentModel;
using System.Diagnostics;
using TaskGrain.Models;
using TaskGrain.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>Against a Python with PyTorch, where there is one.</summary>
public sealed class PythonTorchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("True")]
    [InlineData("False")]
    public void A_file_that_PyTorch_writes_comes_back_bit_for_bit(string zip)
    {
        Python(
            $$"""
            import torch, collections
            torch.manual_seed(5)
            tensors = collections.OrderedDict()
            kinds = {'f32': torch.float32, 'f16': torch.float16, 'bf16': torch.bfloat16, 'i64': torch.int64}
            for name, kind in kinds.items():
                if kind == torch.int64:
                    base = torch.randint(-2**62, 2**62, (7, 5, 3))
                else:
                    base = torch.randn(7, 5, 3).to(kind)
                tensors[name] = base
                tensors[name + '.permuted'] = base.permute(2, 0, 1)
                tensors[name + '.part'] = base[2:6, ::2, 1]
                tensors[name + '.copy'] = base.clone()
            torch.save(tensors, 'weights.pth', _use_new_zipfile_serialization={{zip}})
            with open('expected.bin', 'wb') as file:
                for tensor in tensors.values():
                    for value in tensor.contiguous().view(-1).tolist() if tensor.dtype == torch.int64 else []:
                        file.write(value.to_bytes(8, 'little', signed=True))
                    if tensor.dtype != torch.int64:
                        wide = {torch.float32: torch.int32, torch.float16: torch.int16, torch.bfloat16: torch.int16}
                        bits = tensor.contiguous().view(wide[tensor.dtype])
                        size = bits.element_size()
                        for value in bits.view(-1).tolist():
                            file.write(value.to_bytes(size, 'little', signed=True))
            """
        );

        using WeightSet set = WeightFile.Read(_folder.File("weights.pth"));

        Assert.Equal(16, set.Tensors.Count);
        Assert.Equal([3L, 7, 5], set.Tensors["bf16.permuted"].shape);
        Assert.Equal(
            File.ReadAllBytes(_folder.File("expected.bin")),
            set.Tensors.Values.SelectMany(tensor => tensor.bytes.ToArray()).ToArray()
        );

        // And once more through our own file.
        Safetensors.Write(_folder.File("again.safetensors"), set.Tensors);
        using WeightSet again = WeightFile.Read(_folder.File("again.safetensors"));
        Assert.All(set.Tensors, pair => Assert.True(pair.Value.bytes.SequenceEqual(again.Tensors[pair.Key].bytes)));
    }

    [Fact]
    public void PyTorch_reads_what_is_exported()
    {
        using var scope = NewDisposeScope();
        TorchCheckpointWriter.Write(
            _folder.File("ours.pth"),
            new Dictionary<string, Tensor>
            {
                ["a.weight"] = arange(6, ScalarType.Float32).reshape(2, 3).t(),
                ["half"] = tensor(new[] { 1.5f, -2 }).to(ScalarType.BFloat16),
                ["count"] = tensor(1L << 40),
                ["empty"] = zeros(0, 2),
            }
        );

        string printed = Python(
            """
            import torch
            t = torch.load('ours.pth', weights_only=True)
            h = t['half']
            print(list(t), t['a.weight'].tolist(), h.dtype, h.tolist(), t['count'].item(), t['empty'].shape)
            """
        );

        Assert.Equal(
            "['a.weight', 'half', 'count', 'empty'] [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]] torch.bfloat16 [1.5, -2.0] "
                + "1099511627776 torch.Size([0, 2])",
            printed
        );
    }

    /// <summary>Runs a script in the folder; skips the test where there is no PyTorch.</summary>
    private string Python(string script)
    {
        // Debian's python3-torch belongs to the system's Python, which need not be the first on the path.
        const string OfTheSystem = "/usr/bin/python3";
        var start = new ProcessStartInfo(File.Exists(OfTheSystem) ? OfTheSystem : "python3")
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.SkipWhen(
                errors.Result.Contains("No module named 'torch'", StringComparison.Ordinal),
                "there is no Python with PyTorch here"
            );
            Assert.True(process.ExitCode == 0, errors.Result);
            return output.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no Python here");
            return "";
        }
    }
}
