using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TaskGrain.Models.Weights;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>Files made to do harm: each ends in an error, soon and in little memory.</summary>
public sealed class HostilePickleTests : IDisposable
{
    private const byte Stop = (byte)'.';
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch.nn.modules.linear", "Linear")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch", "load")]
    public void A_call_is_refused_by_name_and_nothing_is_executed(string module, string name)
    {
        string mark = _folder.File("executed");
        string pickle = $"\u0080\u0002c{module}\n{name}\nX";
        byte[] argument = Encoding.UTF8.GetBytes($"touch {mark}");

        string fault = Refused([.. Latin(pickle), .. Int(argument.Length), .. argument, 0x85, (byte)'R', Stop]);

        Assert.Contains($"{module}.{name}", fault, StringComparison.Ordinal);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void A_class_named_from_the_stack_is_refused_too() =>
        Assert.Contains(
            "os.system",
            Refused([0x80, 4, 0x8c, 2, .. "os"u8, 0x8c, 6, .. "system"u8, 0x93, Stop]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("(ios\nsystem\n.")]
    [InlineData("(cos\nsystem\no.")]
    [InlineData("\u0082\u0001.")]
    [InlineData("Pid\n.")]
    public void Every_other_way_to_an_object_is_refused(string steps) =>
        Assert.Contains("refused", Refused([0x80, 2, .. Latin(steps)]), StringComparison.Ordinal);

    [Fact]
    public void A_new_object_of_an_allowed_class_is_refused() =>
        Assert.Contains(
            "refused",
            Refused([0x80, 2, .. "ccollections\nOrderedDict\n)"u8, 0x81, Stop]),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_state_of_an_allowed_function_cannot_be_set() =>
        Assert.Contains(
            "refused",
            Refused([0x80, 2, .. "ctorch._utils\n_rebuild_tensor_v2\n}b."u8]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(new byte[] { (byte)'X', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x8e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x8b, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { (byte)'B', 0xff, 0xff, 0xff, 0xff })]
    public void A_huge_length_is_no_allocation(byte[] step) => Refused([0x80, 2, .. step, 0, 0, Stop]);

    [Fact]
    public void Deep_nesting_is_an_error_and_no_stack_overflow()
    {
        // [[[[…]]]] half a million deep.
        byte[] open = [.. Enumerable.Repeat((byte)']', 500_000)];
        byte[] close = [.. Enumerable.Repeat((byte)'a', 499_999)];

        Refused([0x80, 2, .. open, .. close, Stop]);
    }

    [Fact]
    public void A_list_that_holds_itself_is_an_error() =>
        Assert.Contains(
            "nested",
            Refused([0x80, 2, (byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a', Stop]),
            StringComparison.Ordinal
        );

    [Fact]
    public void Lists_of_lists_that_double_fifteen_levels_deep_end_soon()
    {
        // Each level holds the one below ten times: 10¹⁵ values in a few hundred bytes.
        List<byte> steps = [0x80, 2, (byte)']', (byte)'q', 0];
        for (byte level = 1; level < 16; level++)
        {
            steps.AddRange([(byte)']', (byte)'(']);
            for (int i = 0; i < 10; i++)
            {
                steps.AddRange([(byte)'h', (byte)(level - 1)]);
            }

            steps.AddRange([(byte)'e', (byte)'q', level]);
        }

        Assert.Contains("values", Refused([.. steps, Stop]), StringComparison.Ordinal);
    }

    [Fact]
    public void Copying_a_long_text_again_and_again_ends_soon()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'a', 100_000)];
        List<byte> steps =
        [
            0x80,
            2,
            (byte)'X',
            .. Int(text.Length),
            .. text,
            (byte)'q',
            0,
            .. "c_codecs\nencode\n"u8,
            (byte)'q',
            1,
        ];
        for (int i = 0; i < 100_000; i++)
        {
            steps.AddRange([(byte)'h', 1, (byte)'h', 0, 0x85, (byte)'R']);
        }

        Assert.Contains("steps", Refused([.. steps, Stop]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 40, 1L, 4L)]
    [InlineData(1_000_000_000L, 0L, 4L)]
    [InlineData(4L, 1L << 31, 4L)]
    [InlineData(5L, 1L, 4L)]
    [InlineData(4L, 1L, 1L << 30)]
    public void A_tensor_larger_than_its_file_is_no_allocation(long size, long stride, long elements)
    {
        string fault = Refused(Tensor(size, stride, elements), ("data/0", new byte[16]));

        Assert.DoesNotContain("steps", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_tensor_well_described_is_read()
    {
        using WeightSet set = WeightFile.Read(
            Zip(CompressionLevel.NoCompression, Tensor(4, 1, 4), ("data/0", new byte[16]))
        );

        Assert.Equal([4L], Assert.Single(set.Tensors).Value.shape);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        string path = Zip(CompressionLevel.SmallestSize, Tensor(4, 1, 4), ("data/0", new byte[100_000_000]));

        Assert.InRange(new FileInfo(path).Length, 1, 1_000_000);
        Assert.Contains("compressed", Fault(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0005\u0006\0\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0\0")]
    [InlineData("hello, world: no weights")]
    [InlineData("")]
    public void Other_files_are_named_for_what_they_are_not(string content)
    {
        string path = _folder.File("other.pth");
        File.WriteAllBytes(path, Latin(content));

        Assert.Contains(path, Fault(path), StringComparison.Ordinal);
    }

    /// <summary>{'a': _rebuild_tensor_v2(storage '0' of float32, 0, (size,), (stride,), False, None)}.</summary>
    private static byte[] Tensor(long size, long stride, long elements) =>
        [
            0x80,
            2,
            .. "}X"u8,
            .. Int(1),
            .. "actorch._utils\n_rebuild_tensor_v2\n((X"u8,
            .. Int(7),
            .. "storagectorch\nFloatStorage\nX"u8,
            .. Int(1),
            .. "0X"u8,
            .. Int(3),
            .. "cpu"u8,
            .. Long(elements),
            .. "tQK\0"u8,
            .. Long(size),
            0x85,
            .. Long(stride),
            0x85,
            0x89,
            .. "NtRs."u8,
        ];

    /// <summary>
    /// The message of a checkpoint with this pickle, in the zip form; the older form must refuse it too.
    /// </summary>
    [Fact]
    public void A_place_before_the_file_is_refused()
    {
        byte[] locator = [.. "PK\x06\x07"u8, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 8), 1, 0, 0, 0];
        byte[] end = [.. "PK\x05\x06"u8, .. new byte[18]];
        string path = _folder.File("wide.pth");
        File.WriteAllBytes(path, [.. "PK\x03\x04"u8, .. new byte[60], .. locator, .. end]);

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => WeightFile.Read(path));

        Assert.Contains("it names byte -1, which it does not have", fault.Message, StringComparison.Ordinal);
    }

    private string Refused(byte[] pickle, params (string Name, byte[] Content)[] files)
    {
        string older = _folder.File("older.pth");
        File.WriteAllBytes(
            older,
            [
                0x80,
                2,
                0x8a,
                10,
                0x6c,
                0xfc,
                0x9c,
                0x46,
                0xf9,
                0x20,
                0x6a,
                0xa8,
                0x50,
                0x19,
                Stop,
                0x80,
                2,
                (byte)'M',
                0xe9,
                3,
                Stop,
                .. Sizes,
                .. pickle,
            ]
        );
        Fault(older);
        return Fault(Zip(CompressionLevel.NoCompression, pickle, files));
    }

    private static byte[] Sizes => [0x80, 2, .. "}X"u8, .. Int(13), .. "little_endian"u8, 0x88, .. "s."u8];

    private string Zip(CompressionLevel level, byte[] pickle, params (string Name, byte[] Content)[] files)
    {
        string path = _folder.File("checkpoint.pth");
        File.Delete(path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in files.Prepend(("data.pkl", pickle)))
        {
            using Stream entry = zip.CreateEntry($"archive/{name}", level).Open();
            entry.Write(content);
        }

        return path;
    }

    private static string Fault(string path)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => WeightFile.Read(path).Dispose());

        // What a file makes the reader do is bounded: a step of a pickle is a byte or more and makes an object of under
        // a hundred bytes, a million values at most are looked at, and whatever is done takes memory. More than a
        // second's work would stand far out: processors write gigabytes a second.
        long most = 100 * (new FileInfo(path).Length + 1_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, most);
        return fault.Message;
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return [0x8a, 8, .. bytes];
    }
}
