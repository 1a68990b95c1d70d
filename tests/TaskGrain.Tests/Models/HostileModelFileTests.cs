using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using TaskGrain.Models;
using TaskGrain.Tests.Transfer;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>
/// Model files that ask for more than they are worth, or are none: each is refused in one line that names the file,
/// before anything of the size it names is made.
/// </summary>
public sealed class HostileModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Sizes in a description that the few tensors of its file do not have.</summary>
    [Theory]
    [InlineData("encoder/lstmHidden", "8000", "'encoder.lstm.weight_ih_l0' has shape (64, 16) where (32000, 16)")]
    [InlineData("encoder/lstmHidden", "2147483647", "LstmHidden is 2147483647; it must be 1 to 65536")]
    [InlineData("encoder/lstmLayers", "64", "'encoder.lstm.weight_ih_l1' is missing")]
    [InlineData("encoder/lstmLayers", "1000000", "LstmLayers is 1000000; it must be 1 to 64")]
    [InlineData("encoder/featureSize", "65536", "'encoder.projection.weight' has shape")]
    [InlineData("encoder/featureSize", "-2147483648", "FeatureSize is -2147483648")]
    [InlineData("encoder/finalPool", "2147483647", "FinalPool is 2147483647; it must be 1 to 4096")]
    [InlineData("encoder/architecture", "\"M(16384-16384)\"", "'encoder.channel2d.block1.conv.weight' has shape")]
    [InlineData("encoder/architecture", "\"M(2147483640-2147483640)\"", "at most 65536")]
    [InlineData("preprocessing/clip/frames", "100000", "frames is 100000, not 1 to 4096")]
    [InlineData("preprocessing/clip/frames", "2147483647", "frames is 2147483647")]
    [InlineData("preprocessing/clip/frameStride", "2147483647", "frame stride is 2147483647")]
    [InlineData("preprocessing/frames/width", "2147483647", "frame size")]
    [InlineData("preprocessing/frames/framesPerSecond", "\"NaN\"", "")]
    [InlineData("preprocessing/pixelScale", "\"Infinity\"", "pixel scale")]
    [InlineData("captionLength", "2147483647", "captions have 2147483647 words, not 1 to 1024")]
    [InlineData("captionLength", "100000", "captions have 100000 words")]
    [InlineData("format", "\"1\"", "it names no format")]
    [InlineData("format", "null", "it names no format")]
    [InlineData("format", "[1]", "it names no format")]
    [InlineData("format", "true", "it names no format")]
    [InlineData("format", "1.5", "it names no format")]
    [InlineData("encoder", "null", "cannot be read")]
    [InlineData("taxonomy", "{\"categories\":[null,null],\"groups\":[\"g\"],\"categoryGroups\":[0,0]}", "")]
    [InlineData("decoder", DecoderOf, "a caption decoder and a vocabulary go together")]
    [InlineData("taught", TaughtOf + "[null]}", "tensor without name or size")]
    [InlineData("taught", TaughtOf + "[{\"name\":\"a\",\"shape\":null}]}", "")]
    [InlineData(
        "taught",
        TaughtOf + "[{\"name\":\"a\",\"shape\":[9223372036854775807,9223372036854775807]}]}",
        "'taught.a' is missing"
    )]
    [InlineData(
        "taught",
        TaughtOf + "[{\"name\":\"a\",\"shape\":[1]},{\"name\":\"a\",\"shape\":[1]}]}",
        "two tensors of one name"
    )]
    public void A_description_is_compared_with_its_tensors_before_anything_is_made(
        string key,
        string value,
        string reason
    )
    {
        string path = Write(description => Replace(description, key, value));
        using Process self = Process.GetCurrentProcess();
        long before = Peak();

        string refusal = Refusal(path);

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.True(Peak() - before < 256 << 20, "a file of 20 kB took 256 MB or more");
        Assert.StartsWith(path, Assert.Throws<TaskGrainException>(() => ModelFile.LoadDescription(path)).Message);

        long Peak()
        {
            self.Refresh();
            return self.PeakWorkingSet64;
        }
    }

    [Theory]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904,4611686018427387904],\"data_offsets\":[0,0]}}",
        "impossible shape"
    )]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
        "impossible shape"
    )]
    [InlineData("{\"a\":null}", "lacks a dtype")]
    [InlineData("{\"a\":{\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]}}", "lacks a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "lacks a dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":{},\"data_offsets\":[0,4]}}", "lacks a dtype")]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775807,9223372036854775807]}}",
        "needs 4 bytes"
    )]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "begins at byte 0 of the data where 4 is expected"
    )]
    [InlineData("{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", "half a character")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\ud800\"}}", "half a character")]
    [InlineData("{\"a\":{\"dtype\":\"\\ud800\",\"shape\":[1],\"data_offsets\":[0,1]}}", "half a character")]
    [InlineData("{\"__metadata__\":null}", "no JSON object")]
    [InlineData("null", "no JSON object")]
    public void A_header_with_impossible_values_is_refused(string header, string reason)
    {
        string path = WriteRaw(Encoding.UTF8.GetBytes(header), new byte[4]);

        Assert.Contains(reason, Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_no_text_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("{\"__metadata__\":{\"a\":\"?\"}}");
        header[^4] = 0xFF;

        Assert.Contains("its header is not UTF-8 text", Refusal(WriteRaw(header, [])));
    }

    [Fact]
    public void A_huge_header_is_refused_unread()
    {
        string path = _folder.File("m.safetensors");
        using (FileStream stream = File.Create(path))
        {
            byte[] length = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, 90_000_000);
            stream.Write(length);
            stream.SetLength(90_000_008); // takes no room on the disk
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Contains("announce a header of 90000000 bytes, and 16777216 are the most", Refusal(path));
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 1 << 20);
    }

    [Fact]
    public void A_folder_is_answered_with_the_model_in_it()
    {
        string run = _folder.File("run");
        Directory.CreateDirectory(run);
        Assert.Equal($"{run} is a folder without a model; name a .safetensors file.", Refusal(run));

        File.WriteAllText(Path.Combine(run, "last.safetensors"), "");
        File.WriteAllText(Path.Combine(run, "best.safetensors"), "");
        Assert.Equal($"{run} is a folder; the model in it is {run}/best.safetensors", Refusal(run));
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_refused_with_the_tensors_name()
    {
        string path = _folder.File("m.safetensors");
        using (NewDisposeScope())
        using (no_grad())
        using (VideoModel model = TinyModels.Create())
        {
            model.Tensors()["encoder.projection.bias"][3] = float.NaN;
            ModelFile.Save(path, model);
        }

        Assert.StartsWith(
            $"{path}: the model's weights are broken: 'encoder.projection.bias' holds values that are not numbers",
            Refusal(path)
        );
    }

    /// <summary>
    /// Each value of the description in turn becomes something else: it is read, or refused with its name.
    /// </summary>
    [Fact]
    public void Whatever_stands_in_a_description_is_read_or_refused()
    {
        var whole = (JsonObject)JsonNode.Parse(Description())!;
        string[] values =
        [
            "null",
            "true",
            "-1",
            "0",
            "1e300",
            "2147483648",
            "9223372036854775807",
            "\"\"",
            "\"\\ud800\"",
            "[]",
            "[null]",
            "{}",
        ];
        int refused = 0;
        int tried = 0;
        foreach (string key in Keys(whole, ""))
        {
            foreach (string value in values)
            {
                string json = Replace(whole.ToJsonString(), key, value);
                tried++;
                try
                {
                    ModelFile.LoadDescription(Write(_ => json));
                }
                catch (TaskGrainException fault)
                {
                    refused++;
                    Assert.StartsWith(_folder.Path, fault.Message);
                    Assert.DoesNotContain("System.", fault.Message);
                }
            }
        }

        Assert.True(tried > 300 && refused > tried / 2, $"{refused} of {tried} were refused");
    }

    private const string DecoderOf =
        "{\"words\":5,\"featureSize\":24,\"embedding\":4,\"hidden\":8,\"layers\":1,\"go\":0,\"end\":1}";

    private const string TaughtOf =
        "{\"classifier\":\"logistic\",\"hidden\":0,\"classes\":[\"a\",\"b\"],\"vectorsPerSecond\":12,\"overlap\":0.5,"
        + "\"clips\":2,\"tensors\":";

    private static string Description()
    {
        using VideoModel model = TinyModels.Create();
        return model.Description.ToJson();
    }

    private static IEnumerable<string> Keys(JsonObject at, string prefix)
    {
        foreach ((string name, JsonNode? value) in at)
        {
            yield return prefix + name;
            if (value is JsonObject inner)
            {
                foreach (string key in Keys(inner, $"{prefix}{name}/"))
                {
                    yield return key;
                }
            }
        }
    }

    /// <summary>The description with the text of one value replaced.</summary>
    private static string Replace(string description, string key, string value)
    {
        const string Mark = "the value goes here";
        JsonNode root = JsonNode.Parse(description)!;
        string[] path = key.Split('/');
        JsonNode at = root;
        foreach (string name in path[..^1])
        {
            at = at[name]!;
        }

        at[path[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    private static string Refusal(TaskGrainException fault)
    {
        Assert.DoesNotContain('\n', fault.Message);
        return fault.Message;
    }

    /// <summary>Why a file is refused, in one line that begins with its name.</summary>
    private static string Refusal(string path)
    {
        string message = Refusal(Assert.Throws<TaskGrainException>(() => ModelFile.Load(path).Dispose()));
        Assert.StartsWith(path, message);
        return message;
    }

    /// <summary>A tiny model's file with another description.</summary>
    private string Write(Func<string, string> change)
    {
        string path = _folder.File("m.safetensors");
        using var scope = NewDisposeScope();
        using VideoModel model = TinyModels.Create();
        Safetensors.Write(
            path,
            model.Tensors(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ModelFile.DescriptionKey] = change(model.Description.ToJson()),
            }
        );
        return path;
    }

    private string WriteRaw(byte[] header, byte[] data)
    {
        string path = _folder.File("m.safetensors");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        File.WriteAllBytes(path, [.. length, .. header, .. data]);
        return path;
    }
}
