using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using TaskGrain.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_written_is_read_back_for_every_type_and_layout()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        Tensor values = arange(24, ScalarType.Float32).reshape(2, 3, 4).mul(0.37).sub(3);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["transposed"] = values.transpose(0, 2),
            ["scalar"] = tensor(7L),
            ["empty"] = empty(0, 5),
            ["flag"] = tensor(new[] { true, false, true }),
        };
        foreach (
            ScalarType type in new[]
            {
                ScalarType.Float64,
                ScalarType.Float32,
                ScalarType.Float16,
                ScalarType.BFloat16,
                ScalarType.Int64,
                ScalarType.Int32,
                ScalarType.Int16,
                ScalarType.Int8,
                ScalarType.Byte,
            }
        )
        {
            tensors[$"as.{type}"] = values.abs().to_type(type);
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["taskgrain"] = "{\"label\":\"größer [something] \\\"x\\\"\"}",
        };
        Safetensors.Write(folder.File("a.safetensors"), tensors, metadata);
        using SafetensorsFile read = Safetensors.Read(folder.File("a.safetensors"));

        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), read.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, Tensor expected) in tensors)
        {
            Assert.Equal(expected.dtype, read.Tensors[name].dtype);
            Assert.Equal(expected.shape, read.Tensors[name].shape);
            Assert.Equal(expected.contiguous().bytes.ToArray(), read.Tensors[name].bytes.ToArray());
        }

        Assert.Equal(metadata["taskgrain"], read.Metadata["taskgrain"]);
        Assert.Equal(metadata["taskgrain"], Safetensors.ReadMetadata(folder.File("a.safetensors"))["taskgrain"]);
    }

    /// <summary>Reads the bytes as the published format says, without the code under test.</summary>
    [Fact]
    public void The_bytes_follow_the_published_format()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        Safetensors.Write(
            folder.File("a.safetensors"),
            new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["b"] = tensor(new byte[] { 1, 2, 3 }),
                ["a"] = tensor(new[] { 1.5f, -2f }),
                ["c"] = tensor(new[] { 5L }),
            }
        );
        byte[] bytes = File.ReadAllBytes(folder.File("a.safetensors"));

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal((byte)'{', bytes[8]);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, length));
        byte[] data = bytes[(8 + length)..];
        Assert.Equal(8 + 8 + 3, data.Length);
        Assert.All(
            header.RootElement.GetProperty("__metadata__").EnumerateObject(),
            text => Assert.Equal(JsonValueKind.String, text.Value.ValueKind)
        );
        Assert.Equal(("I64", 0, 8), Place(header, "c"));
        Assert.Equal(("F32", 8, 16), Place(header, "a"));
        Assert.Equal(("U8", 16, 19), Place(header, "b"));
        Assert.Equal(5, BitConverter.ToInt64(data, 0));
        Assert.Equal(1.5f, BitConverter.ToSingle(data, 8));
        Assert.Equal(-2f, BitConverter.ToSingle(data, 12));
        Assert.Equal<byte>([1, 2, 3], data[16..]);
    }

    /// <summary>A file as Python writes it: other key order, no checksum, padded with spaces.</summary>
    [Fact]
    public void A_file_of_another_writer_is_read()
    {
        using var folder = new TemporaryFolder();
        WriteRaw(
            folder.File("a"),
            """{"w":{"shape":[2],"data_offsets":[0,8],"dtype":"F32"},"__metadata__":{"format":"pt"}}     """,
            new byte[8]
        );

        using SafetensorsFile read = Safetensors.Read(folder.File("a"));

        Assert.Equal(new long[] { 2 }, read.Tensors["w"].shape);
        Assert.Equal("pt", read.Metadata["format"]);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "need 8 bytes and 7 are there")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "need 8 bytes and 9 are there")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""",
        8,
        "'w' of shape (3) and dtype F32 needs 12 bytes"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        12,
        "begins at byte 4 of the data where 0 is expected"
    )]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "'w' lacks a dtype, a shape")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""",
        8,
        "impossible shape"
    )]
    [InlineData("""{"w":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype 'Q4'; readable are F64")]
    [InlineData(
        """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "names 'w' twice"
    )]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "metadata 'a' is no text")]
    [InlineData("""{"w":{"dtype" """, 0, "its header is no JSON")]
    [InlineData("""[1,2]""", 0, "no JSON object")]
    public void A_wrong_header_is_refused_with_the_reason(string header, int dataBytes, string reason)
    {
        using var folder = new TemporaryFolder();
        WriteRaw(folder.File("bad.safetensors"), header, new byte[dataBytes]);

        var fault = Assert.Throws<TaskGrainException>(() => Safetensors.Read(folder.File("bad.safetensors")));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains("bad.safetensors", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_byte_is_noticed()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        string path = folder.File("a.safetensors");
        Safetensors.Write(
            path,
            new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["w"] = arange(10, ScalarType.Float32) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["taskgrain"] = "text" }
        );
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            File.WriteAllBytes(path, whole[..i]);
            Assert.Throws<TaskGrainException>(() => Safetensors.Read(path));

            byte[] flipped = [.. whole];
            flipped[i] ^= 0x04;
            File.WriteAllBytes(path, flipped);
            bool namesAnotherKey =
                flipped.AsSpan().IndexOf(Encoding.ASCII.GetBytes("\"" + Safetensors.ChecksumKey + "\"")) < 0;
            if (!namesAnotherKey)
            {
                Assert.Throws<TaskGrainException>(() => Safetensors.Read(path));
            }
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var fault = Assert.Throws<TaskGrainException>(() => Safetensors.Read("/nowhere/m.safetensors"));

        Assert.Equal("/nowhere/m.safetensors cannot be read: there is no such file.", fault.Message);
    }

    private static (string? Type, int Begin, int End) Place(JsonDocument header, string name)
    {
        JsonElement entry = header.RootElement.GetProperty(name);
        JsonElement offsets = entry.GetProperty("data_offsets");
        return (entry.GetProperty("dtype").GetString(), offsets[0].GetInt32(), offsets[1].GetInt32());
    }

    private static void WriteRaw(string path, string header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(path, [.. length, .. Encoding.UTF8.GetBytes(header), .. data]);
    }
}
