using System.Diagnostics;
using System.Text;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Tests.Transfer.Features;

public sealed class FeatureExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_npy_file_has_the_published_form()
    {
        NpyFile.Write(_folder.File("a.npy"), "<f4", [2, 3], [new byte[24]]);

        byte[] bytes = File.ReadAllBytes(_folder.File("a.npy"));
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        int header = bytes[8] + (bytes[9] << 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Equal(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            Encoding.ASCII.GetString(bytes, 10, header).TrimEnd()
        );
        Assert.Equal((byte)'\n', bytes[10 + header - 1]);
        Assert.Equal(10 + header + 24, bytes.Length);
    }

    [Theory]
    [InlineData(nameof(FeatureType.Float32), "float32")]
    [InlineData(nameof(FeatureType.Float16), "float16")]
    public void NumPy_reads_what_was_exported(string type, string name)
    {
        using FeatureStore store = Store(Enum.Parse<FeatureType>(type));
        FeatureExport.ToNumPy(store, _folder.Path);

        string? printed = Python(
            """
            import numpy as n, json
            f, o, l = n.load('features.npy'), n.load('offsets.npy'), n.load('labels.npy')
            c = json.load(open('clips.json'))
            print(f.dtype, f.shape, f[o[1]:o[2]].tolist(), l.tolist(), c['classes'], c['ids'])
            """
        );
        Assert.SkipWhen(printed is null, "there is no Python with NumPy here");
        Assert.Equal(
            $"{name} (5, 2) [[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]] [1, 0, -1] ['cut', 'pour'] ['a', 'b', 'c']",
            printed
        );
    }

    [Fact]
    public void The_safetensors_file_holds_the_same()
    {
        using FeatureStore store = Store(FeatureType.Float32);
        FeatureExport.ToSafetensors(store, _folder.File("features.safetensors"));

        using SafetensorsFile file = Safetensors.Read(_folder.File("features.safetensors"));
        Assert.Equal([5L, 2], file.Tensors["features"].shape);
        Assert.Equal(
            [.. Enumerable.Range(0, 10).Select(i => (float)i)],
            file.Tensors["features"].data<float>().ToArray()
        );
        Assert.Equal([0L, 1, 4, 5], file.Tensors["offsets"].data<long>().ToArray());
        Assert.Equal([1L, 0, -1], file.Tensors["labels"].data<long>().ToArray());
        Assert.Contains("\"ids\":[\"a\",\"b\",\"c\"]", file.Metadata["clips"], StringComparison.Ordinal);
    }

    /// <summary>Three clips of one, three and one vectors, numbered through; the last has no label.</summary>
    private FeatureStore Store(FeatureType type)
    {
        string folder = _folder.File("store");
        using (var writer = FeatureStoreWriter.OpenOrCreate(folder, FeatureStoreTests.Info(dimension: 2), type))
        {
            // Offsets 0, 1, 4, 5: the second clip starts at the number 2.
            writer.Append(new FeatureEntry { Id = "a", Label = "pour" }, new FeatureSequence([0, 1], 1, 2));
            writer.Append(new FeatureEntry { Id = "b", Label = "cut" }, new FeatureSequence([2, 3, 4, 5, 6, 7], 3, 2));
            writer.Append(new FeatureEntry { Id = "c" }, new FeatureSequence([8, 9], 1, 2));
        }

        return FeatureStore.Open(folder);
    }

    private string? Python(string program)
    {
        foreach (string name in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                var start = new ProcessStartInfo(name)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                    WorkingDirectory = _folder.Path,
                };
                start.ArgumentList.Add("-c");
                start.ArgumentList.Add(program);
                using Process process = Process.Start(start)!;
                Task<string> errors = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd().Trim();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return output;
                }

                Assert.Contains("No module named", errors.Result, StringComparison.Ordinal);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program; the next one may be there.
            }
        }

        return null;
    }
}
