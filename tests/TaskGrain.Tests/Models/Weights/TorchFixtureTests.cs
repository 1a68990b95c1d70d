using TaskGrain.Models.Weights;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>
/// Two files that PyTorch 1.13 has written, of the same checkpoint in both forms:
/// <code>
/// base = torch.arange(24, dtype=torch.float32).reshape(4, 6) - 11.5
/// {'epoch': 3, 'arch': …, 'state_dict': {'module.…': base and views of it, …}, 'optimizer': {…}}
/// </code>
/// </summary>
public sealed class TorchFixtureTests
{
    public static TheoryData<string> Files => ["checkpoint-zip.pth", "checkpoint-legacy.pth"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_tensor_comes_back_with_its_type_shape_and_values(string file)
    {
        using var scope = NewDisposeScope();
        using WeightSet set = WeightFile.Read(TestData.File($"weights/{file}"));
        Tensor start = arange(24, ScalarType.Float32).reshape(4, 6) - 11.5;
        var expected = new Dictionary<string, Tensor>
        {
            ["float32"] = start,
            ["transposed"] = start.t(),
            ["slice"] = tensor(new[] { -3.5f, -2.5f, -1.5f, 2.5f, 3.5f, 4.5f }, [2, 3]),
            ["every_second"] = tensor(new[] { -11.5f, -8.5f, 0.5f, 3.5f }, [2, 2]),
            ["float16"] = start.to(ScalarType.Float16),
            ["bfloat16"] = (start * 1.7).to(ScalarType.BFloat16),
            ["int64"] = tensor(new[] { 0L, 1L << 40, 2L << 40, 3L << 40, 4L << 40 }),
            ["bool"] = tensor(new[] { true, false, true }),
            ["scalar"] = tensor(2.5f),
            ["empty"] = zeros(0, 3),
            ["parameter"] = ones(2),
        };

        Assert.Equal(expected.Keys.Select(name => $"module.{name}"), set.Tensors.Keys);
        foreach ((string name, Tensor wanted) in expected)
        {
            Tensor found = set.Tensors[$"module.{name}"];
            Assert.True(found.is_contiguous(), name);
            Assert.Equal(wanted.shape, found.shape);
            Assert.Equal(wanted.dtype, found.dtype);
            Assert.True(wanted.contiguous().bytes.SequenceEqual(found.bytes), name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_no_weight_is_passed_over_and_named(string file)
    {
        using WeightSet set = WeightFile.Read(TestData.File($"weights/{file}"));

        Assert.Equal(["epoch", "arch", "optimizer"], set.PassedOver);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_anywhere_is_an_error(string file)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TestData.File($"weights/{file}"));
        string cut = folder.File("cut.pth");
        for (int length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(cut, whole[..length]);

            TaskGrainException fault = Assert.Throws<TaskGrainException>(() => WeightFile.Read(cut).Dispose());
            Assert.Contains(cut, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_byte_gives_an_error_or_tensors_and_nothing_else(string file)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TestData.File($"weights/{file}"));
        string damaged = folder.File("damaged.pth");
        int errors = 0;
        for (int i = 0; i < whole.Length; i += 11)
        {
            byte[] bytes = [.. whole];
            bytes[i] ^= 0xff;
            File.WriteAllBytes(damaged, bytes);
            try
            {
                WeightFile.Read(damaged).Dispose();
            }
            catch (TaskGrainException)
            {
                errors++;
            }
        }

        Assert.InRange(errors, 1, whole.Length);
    }

    [Fact]
    public void A_flipped_byte_of_a_zip_checkpoints_weights_is_seen()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(TestData.File("weights/checkpoint-zip.pth"));

        // The float32 storage begins with −11.5, −10.5.
        int at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x00, 0x38, 0xc1, 0x00, 0x00, 0x28, 0xc1]);
        bytes[at + 2] ^= 1;
        File.WriteAllBytes(folder.File("damaged.pth"), bytes);

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            WeightFile.Read(folder.File("damaged.pth")).Dispose()
        );
        Assert.Contains("checksum", fault.Message, StringComparison.Ordinal);
    }
}
